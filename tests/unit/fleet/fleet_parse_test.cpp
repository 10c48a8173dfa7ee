#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fleet/fleet.h"

namespace inodeck {
namespace {

using Words = std::vector<std::string>;
using Environment = std::map<std::string, std::string>;

Fleet parsed(const std::string& text, const Environment& environment = {}) {
    auto fleet = parseFleet(text, "inodeck.yaml", environment);
    EXPECT_TRUE(fleet) << fleet.error().message;
    return fleet ? *fleet : Fleet{};
}

std::string faultOf(const std::string& text, const Environment& environment = {}) {
    const auto fleet = parseFleet(text, "f", environment);
    return fleet ? std::string{} : fleet.error().message;
}

TEST(ParseFleet, AHostHasWhatTheFileSaysOfIt) {
    const Fleet fleet = parsed(R"(
hosts:
  - name: web1
    address: 10.0.0.1:2222
    user: deploy
    env: production
    groups: [web, eu]
    protected: true
    docker: sudo -n docker
    deadline: 2m
    hash_limit: 512KiB
  - {name: here, local: true, docker: [podman, --remote]}
)");
    ASSERT_EQ(fleet.hosts.size(), 2u);
    const Host& web = fleet.hosts[0];
    EXPECT_EQ(fleet.path, "inodeck.yaml");
    EXPECT_EQ(web.name, "web1");
    EXPECT_EQ(web.target(), "deploy@10.0.0.1:2222");
    EXPECT_EQ(web.env, "production");
    EXPECT_EQ(web.groups, (Words{"web", "eu"}));
    EXPECT_TRUE(web.isProtected);
    EXPECT_EQ(web.docker, (Words{"sudo", "-n", "docker"}));
    EXPECT_EQ(web.deadline, std::chrono::seconds{120});
    EXPECT_EQ(web.hashLimit, 512u << 10);
    EXPECT_TRUE(fleet.hosts[1].local);
    EXPECT_EQ(fleet.hosts[1].docker, (Words{"podman", "--remote"}));
}

TEST(ParseFleet, AHostMayBeAWordAndAUserIsPutBeforeTheAlias) {
    const Fleet fleet = parsed("hosts:\n  - web1\n  - {name: web2, user: deploy}\n  - \"[fe80::1]:22\"\n");
    ASSERT_EQ(fleet.hosts.size(), 3u);
    EXPECT_EQ(fleet.hosts[0].target(), "web1");
    EXPECT_EQ(fleet.hosts[1].target(), "deploy@web2");
    EXPECT_EQ(fleet.hosts[2].target(), "[fe80::1]:22");
}

TEST(ParseFleet, WithoutAWordOfItEachHostHasTheDefaultsOfTheProgram) {
    const Fleet fleet = parsed("hosts: [web1]");
    const Host plain;
    EXPECT_EQ(fleet.hosts[0].deadline, plain.deadline);
    EXPECT_EQ(fleet.hosts[0].hashLimit, plain.hashLimit);
    EXPECT_EQ(fleet.hosts[0].docker, plain.docker);
    EXPECT_FALSE(fleet.hosts[0].isProtected);
    EXPECT_EQ(fleet.maxRestarts, 5);
    EXPECT_FALSE(fleet.events.loki);
    EXPECT_EQ(fleet.audit, "");
}

TEST(ParseFleet, DefaultsHoldWhereAHostOrServiceSaysNothingWhateverTheirOrder) {
    const Fleet fleet = parsed(R"(
services:
  - {project: a, service: b}
  - {project: a, service: c, health_timeout: 5}
hosts:
  - one
  - {name: two, protected: false, env: test}
defaults: {env: production, protected: true, docker: podman, deadline: 30, hash_limit: 1MiB, health_timeout: 90}
)");
    EXPECT_TRUE(fleet.hosts[0].isProtected);
    EXPECT_EQ(fleet.hosts[0].env, "production");
    EXPECT_EQ(fleet.hosts[0].docker, Words{"podman"});
    EXPECT_EQ(fleet.hosts[0].deadline, std::chrono::seconds{30});
    EXPECT_EQ(fleet.hosts[0].hashLimit, 1u << 20);
    EXPECT_FALSE(fleet.hosts[1].isProtected);
    EXPECT_EQ(fleet.hosts[1].env, "test");
    EXPECT_EQ(fleet.services[0].healthTimeout, std::chrono::seconds{90});
    EXPECT_EQ(fleet.services[1].healthTimeout, std::chrono::seconds{5});
}

TEST(ParseFleet, AServiceHasWhatTheFileSaysOfItAndKeepsItsPlace) {
    const Fleet fleet = parsed(R"(
max_restarts: 3
services:
  - project: runtime
    service: alloy
    config_paths: [/etc/alloy, /srv/alloy/config.alloy]
    hash_file: /srv/alloy/.sha256
    restart: [docker, restart, -t, 5, alloy]
    validate: [sh, -c, "echo $${HOME} $$$$ $x"]
    reload: live
    health_timeout: 2m
    secret: true
    loaded: {preset: alloy, url: "http://127.0.0.1:9/metrics"}
  - project: edge
    service: caddy
    loaded: {command: [date, +%s]}
  - project: edge
    service: other
    loaded: {preset: caddy}
)");
    ASSERT_EQ(fleet.services.size(), 3u);
    const Service& alloy = fleet.services[0];
    EXPECT_EQ(fleet.maxRestarts, 3);
    EXPECT_EQ(alloy.label(), "runtime/alloy");
    EXPECT_EQ(alloy.configPaths, (Words{"/etc/alloy", "/srv/alloy/config.alloy"}));
    EXPECT_EQ(alloy.hashFile, "/srv/alloy/.sha256");
    EXPECT_EQ(alloy.restart, (Words{"docker", "restart", "-t", "5", "alloy"}));
    EXPECT_EQ(alloy.validate, (Words{"sh", "-c", "echo ${HOME} $$ $x"}));
    EXPECT_EQ(alloy.reload, ReloadPolicy::Live);
    EXPECT_EQ(alloy.healthTimeout, std::chrono::seconds{120});
    EXPECT_TRUE(alloy.secret);
    ASSERT_TRUE(alloy.loaded);
    EXPECT_EQ(alloy.loaded->url, "http://127.0.0.1:9/metrics");
    EXPECT_EQ(alloy.loaded->metric, "alloy_config_last_load_success_timestamp_seconds");
    EXPECT_EQ(alloy.loaded->success, "alloy_config_last_load_successful");
    EXPECT_EQ(fleet.services[1].label(), "edge/caddy");
    EXPECT_EQ(fleet.services[1].loaded->command, (Words{"date", "+%s"}));
    EXPECT_EQ(fleet.services[2].loaded->answer, LoadedCheck::Answer::Json);
    EXPECT_EQ(fleet.services[2].loaded->url, "http://127.0.0.1:2019/config/");
}

TEST(ParseFleet, AnEntryOfAServiceMayBeForSomeHostsAndAnotherForOthers) {
    const Fleet fleet = parsed(R"(
hosts: [{name: a, groups: [left]}, {name: b, groups: [right]}]
services:
  - {project: p, service: s, hosts: [left], health_timeout: 1}
  - {project: p, service: s, hosts: [b], health_timeout: 2, secret: true}
)");
    EXPECT_EQ(findService(fleet, fleet.hosts[0], "p", "s")->healthTimeout, std::chrono::seconds{1});
    EXPECT_EQ(findService(fleet, fleet.hosts[1], "p", "s")->healthTimeout, std::chrono::seconds{2});
    EXPECT_EQ(findService(fleet, fleet.hosts[1], "p", "t"), nullptr);
    EXPECT_EQ(findService(fleet, fleet.hostDefaults, "p", "s"), nullptr);
    EXPECT_EQ(fleet.hosts[0].secretServices, Words{});
    EXPECT_EQ(fleet.hosts[1].secretServices, Words{"p/s"});
}

const Environment Loki{{"GRAFANA_CLOUD_LOKI_URL", "https://loki.example.net"},
                       {"GRAFANA_CLOUD_LOKI_USER", "123"},
                       {"GRAFANA_CLOUD_LOKI_API_KEY", "glc_key"},
                       {"OTHER", "glc_other"}};

TEST(ParseFleet, LokiIsThatOfTheEnvironmentUnlessTheFileNamesAnother) {
    for (const char* text : {"events: {loki: true}", "events: {loki: {}}"}) {
        const EventSinks sinks = parsed(text, Loki).events;
        EXPECT_TRUE(sinks.loki);
        EXPECT_EQ(sinks.lokiUrl, "https://loki.example.net");
        EXPECT_EQ(sinks.lokiUser, "123");
        EXPECT_EQ(sinks.lokiApiKey, "glc_key");
    }
    EXPECT_FALSE(parsed("events: {loki: false}", Loki).events.loki);
    const EventSinks own =
        parsed("events: {loki: {url: \"http://127.0.0.1:3100\"}, file: \"-\", labels: {app: shop}}", Loki)
            .events;
    EXPECT_EQ(own.lokiUrl, "http://127.0.0.1:3100");
    EXPECT_EQ(own.lokiUser + own.lokiApiKey, "") << "a key went to another Loki than its own";
    EXPECT_EQ(own.file, "-");
    EXPECT_EQ(own.labels, (Environment{{"app", "shop"}}));
}

TEST(ParseFleet, WithoutAnEnvironmentLokiIsOnAndHasNoPlace) {
    const EventSinks sinks = parsed("events: {loki: true}").events;
    EXPECT_TRUE(sinks.loki);
    EXPECT_EQ(sinks.lokiUrl, "");
    EXPECT_NE(faultOf("events: {loki: true}", {{"GRAFANA_CLOUD_LOKI_URL", "ftp://SeCrEt"}})
                  .find("GRAFANA_CLOUD_LOKI_URL of the environment must begin with https://"),
              std::string::npos);
}

TEST(ParseFleet, SecretsComeFromTheEnvironmentAndADollarCanBeWritten) {
    const EventSinks sinks =
        parsed("events: {loki: {url: \"https://x.example.net\", user: 77, api_key: \"a$$b${OTHER}c\"}}", Loki)
            .events;
    EXPECT_EQ(sinks.lokiUser, "77");
    EXPECT_EQ(sinks.lokiApiKey, "a$bglc_otherc");
    EXPECT_EQ(parsed("audit: postgresql://me:${OTHER}@db/x", Loki).audit, "postgresql://me:glc_other@db/x");
    EXPECT_EQ(parsed("audit: ${URI}", {{"URI", "postgres://db/x"}}).audit, "postgres://db/x");
    EXPECT_EQ(parsed("audit: /var/lib/a$$b.sqlite").audit, "/var/lib/a$b.sqlite");
}

class ReadFleetTest : public ::testing::Test {
protected:
    ReadFleetTest() {
        std::string name = (std::filesystem::temp_directory_path() / "inodeck-fleet-XXXXXX").string();
        folder = ::mkdtemp(name.data());
    }
    ~ReadFleetTest() override { std::filesystem::remove_all(folder); }
    std::string faultOfFile(const std::string& name) const {
        const auto fleet = readFleet(folder / name, {});
        return fleet ? std::string{} : fleet.error().message;
    }
    std::filesystem::path folder;
};

TEST_F(ReadFleetTest, ReadsAFileAndNamesItInErrors) {
    std::ofstream(folder / "good.yaml") << "hosts: [vm1]\n";
    std::ofstream(folder / "bad.yaml") << "hosts: vm1\n";
    const auto fleet = readFleet(folder / "good.yaml", {});
    ASSERT_TRUE(fleet) << fleet.error().message;
    EXPECT_EQ(fleet->path, folder / "good.yaml");
    EXPECT_TRUE(faultOfFile("bad.yaml").starts_with((folder / "bad.yaml").string() + ":1:8: "));
}

TEST_F(ReadFleetTest, WhatIsNoRegularFileIsNotRead) {
    ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
    EXPECT_NE(faultOfFile("pipe").find("not a regular file"), std::string::npos);
    EXPECT_NE(faultOfFile(".").find("directory"), std::string::npos);
    EXPECT_NE(faultOfFile("missing").find("No such file"), std::string::npos);
    EXPECT_NE(readFleet("/dev/zero", {}).error().message.find("not a regular file"), std::string::npos);
    std::ofstream(folder / "large.yaml") << std::string(2u << 20, '#');
    EXPECT_NE(faultOfFile("large.yaml").find(":1:1: the file is larger than 1 MiB"), std::string::npos);
}

} // namespace
} // namespace inodeck
