#include <fstream>

#include "tests/cli/cli_rig.h"

namespace inodeck {
namespace {

using test::linesOf;
using test::Ran;
using test::staleContainer;
using test::syncedContainer;
using Words = std::vector<std::string>;

constexpr const char* TwoHosts = R"(
defaults: {docker: podman}
hosts:
  - {name: vm1, address: "deploy@10.0.0.1", groups: [web], protected: true}
  - {name: vm2, groups: [web, data], docker: sudo -n docker}
services:
  - {project: shop, service: edge, hosts: [vm2], restart: [systemctl, restart, edge]}
)";

class FleetTest : public test::CliTest {
protected:
    void SetUp() override {
        record("vm1", {syncedContainer('a', "web")});
        record("vm2", {staleContainer('b', "edge")});
    }
    void write(const std::filesystem::path& path, const std::string& text) const {
        std::filesystem::create_directories((folder / path).parent_path());
        std::ofstream(folder / path) << text;
    }
    Ran look(Words arguments) const { return inodeck(replay(std::move(arguments))); }
    Ran dryRun(Words more) const {
        more.insert(more.begin(), "restart");
        more.insert(more.end(), {"shop/edge", "--dry-run", "--reason", "x"});
        return look(more);
    }
};

TEST_F(FleetTest, ANameAGroupAndAWildcardChooseHosts) {
    write("inodeck.yaml", TwoHosts);
    EXPECT_NE(look({"scan", "vm1"}).out.find("1 mount on 1 host"), std::string::npos);
    EXPECT_NE(look({"scan", "web"}).out.find("2 mounts on 2 hosts"), std::string::npos);
    EXPECT_NE(look({"scan", "dat?"}).out.find("1 mount on 1 host"), std::string::npos);
    EXPECT_NE(look({"scan", "vm*", "web", "vm1"}).out.find("2 mounts on 2 hosts"), std::string::npos);
    EXPECT_EQ(look({"scan", "mail*"}).status, 2);
    const Ran doctor = look({"doctor", "web"});
    EXPECT_EQ(doctor.status, 0) << doctor.out << doctor.err;
    EXPECT_NE(doctor.out.find("host        vm1"), std::string::npos) << doctor.out;
    EXPECT_NE(doctor.out.find("host        vm2"), std::string::npos) << doctor.out;
}

TEST_F(FleetTest, WithoutANameAllOfTheFleetIsScanned) {
    write("inodeck.yaml",
          "hosts:\n  - {name: one, address: \"127.0.0.1:1\"}\n  - {name: two, address: \"127.0.0.1:1\"}\n");
    const Ran ran = inodeck({"scan"});
    EXPECT_EQ(ran.status, 3) << ran.out << ran.err;
    for (const char* name : {"one", "two"})
        EXPECT_NE((ran.out + ran.err).find(name), std::string::npos) << ran.out << ran.err;
}

TEST_F(FleetTest, WhatTakesOneHostSaysWhichAGroupMeans) {
    write("inodeck.yaml", TwoHosts);
    for (const Words& command : {Words{"diff", "web", "shop/edge"}, Words{"trust", "web"},
                                 Words{"restart", "w*", "shop/edge", "--reason", "x"}}) {
        const Ran ran = inodeck(command);
        EXPECT_EQ(ran.status, 2) << command[0];
        EXPECT_NE(ran.err.find("means 2 hosts (vm1, vm2)"), std::string::npos) << ran.err;
    }
}

TEST_F(FleetTest, TheFirstOfThePlacesCounts) {
    const auto used = [&](Words more = {}) {
        more.insert(more.begin(), {"fleet", "check"});
        const Ran ran = inodeck(more);
        EXPECT_EQ(ran.status, 0) << ran.err;
        return ran.out.substr(0, ran.out.find(" is good"));
    };
    write(".config/inodeck/inodeck.yaml", "hosts: [a]");
    EXPECT_EQ(used(), folder / ".config/inodeck/inodeck.yaml");
    write("config/inodeck/inodeck.yaml", "hosts: [a]");
    environment["XDG_CONFIG_HOME"] = folder / "config";
    EXPECT_EQ(used(), folder / "config/inodeck/inodeck.yaml");
    write("inodeck.yaml", "hosts: [a]");
    EXPECT_EQ(used(), "inodeck.yaml");
    write("env.yaml", "hosts: [a]");
    environment["INODECK_FLEET"] = folder / "env.yaml";
    EXPECT_EQ(used(), folder / "env.yaml");
    write("option.yaml", "hosts: [a]");
    EXPECT_EQ(used({"--fleet", "option.yaml"}), "option.yaml");
    EXPECT_EQ(used({"option.yaml"}), "option.yaml");
    environment["INODECK_FLEET"] = folder / "missing.yaml";
    EXPECT_EQ(inodeck({"scan", "vm1"}).status, 2)
        << "a file that is named and missing is no reason to go without";
}

TEST_F(FleetTest, CheckPrintsEachProblemWithItsPlaceAndNoSecret) {
    write("bad.yaml",
          "hosts:\n  - name: vm1\n    protectd: true\nevents:\n  loki: {api_key: \"${KEY} SeCrEt\"}\n");
    environment["KEY"] = "SeCrEtToo";
    const Ran ran = inodeck({"fleet", "check", "bad.yaml"});
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    const auto lines = linesOf(ran.err);
    ASSERT_EQ(lines.size(), 2u) << ran.err;
    EXPECT_EQ(lines[0], "bad.yaml:3:5: 'protectd' is not a key of a host; did you mean 'protected'?");
    EXPECT_TRUE(lines[1].starts_with("bad.yaml:5:19: 'api_key' ")) << lines[1];
    EXPECT_EQ(ran.err.find("SeCrEt"), std::string::npos) << ran.err;
    write("inodeck.yaml", "hosts: vm1\n");
    const Ran scan = look({"scan", "vm1"});
    EXPECT_EQ(scan.status, 2);
    EXPECT_TRUE(scan.err.starts_with("inodeck: inodeck.yaml:1:8: ")) << scan.err;
}

TEST_F(FleetTest, CheckOfAGoodFileSumsItUpWithoutSecrets) {
    write("good.yaml",
          std::string(TwoHosts) + "audit: \"postgresql://me:SeCrEt@db/x\"\nevents: {loki: true}\n");
    const Ran ran = inodeck({"fleet", "check", "good.yaml"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_NE(ran.out.find("2, 1 protected"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("GRAFANA_CLOUD_LOKI_URL is not set here"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("PostgreSQL"), std::string::npos) << ran.out;
    EXPECT_EQ(ran.out.find("SeCrEt"), std::string::npos) << ran.out;
}

TEST_F(FleetTest, ItsCommandsAreUsedAndTheCommandLineWins) {
    write("inodeck.yaml", TwoHosts);
    record("vm1", {staleContainer('a', "edge")});
    const Ran podman = dryRun({"vm1", "--yes-protected"});
    EXPECT_EQ(podman.status, 0) << podman.out << podman.err;
    EXPECT_NE(podman.out.find("command  podman restart "), std::string::npos) << podman.out;
    EXPECT_NE(dryRun({"vm1", "--docker", "docker"}).out.find("command  docker restart "), std::string::npos);
    EXPECT_NE(dryRun({"vm2"}).out.find("command  systemctl restart edge"), std::string::npos);
}

TEST_F(FleetTest, AProtectedHostNeedsToBeMeant) {
    write("inodeck.yaml", TwoHosts);
    record("vm1", {staleContainer('a', "edge")});
    const Ran ran = dryRun({"vm1"});
    EXPECT_EQ(ran.status, 4) << ran.out;
    EXPECT_NE(ran.out.find("FAIL The host is protected"), std::string::npos) << ran.out;
    record("root@10.0.0.1", {staleContainer('a', "edge")});
    EXPECT_EQ(dryRun({"root@10.0.0.1"}).status, 4) << "the same machine under another account";
    EXPECT_EQ(dryRun({"deploy@10.0.0.1"}).status, 4) << "its address";
}

TEST_F(FleetTest, RecordsGoWhereItSaysUnlessSomethingNearerSaysOtherwise) {
    write("inodeck.yaml", "hosts: [vm2]\naudit: " + (folder / "log/fleet.sqlite").string() + "\n");
    std::filesystem::create_directory(folder / "log");
    std::filesystem::permissions(folder / "log", std::filesystem::perms::owner_all);
    EXPECT_EQ(look({"restart", "vm2", "shop/edge", "--reason", "why"}).status, 4);
    EXPECT_TRUE(std::filesystem::exists(folder / "log/fleet.sqlite"));
    const Ran list = inodeck({"audit", "list"});
    EXPECT_EQ(list.status, 0) << list.err;
    EXPECT_NE(list.out.find("why"), std::string::npos) << list.out;
    environment["INODECK_AUDIT"] = folder / "log/nearer.sqlite";
    EXPECT_EQ(look({"restart", "vm2", "shop/edge", "--reason", "near"}).status, 4);
    EXPECT_TRUE(std::filesystem::exists(folder / "log/nearer.sqlite"));
    write("inodeck.yaml", "hosts: vm2\n");
    EXPECT_EQ(inodeck({"audit", "list"}).status, 0) << "it is not needed, then";
    environment.erase("INODECK_AUDIT");
    EXPECT_EQ(inodeck({"audit", "list"}).status, 2);
}

TEST_F(FleetTest, LocalIsFineWithTheFilesOwnNameOfThisMachine) {
    write("inodeck.yaml", "hosts:\n  - {name: vm1, local: true}\n  - {name: vm2}\n");
    for (const char* name : {"vm1", "local"}) {
        const Ran ran = look({"doctor", name, "--local"});
        EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
    }
    const Ran other = look({"doctor", "vm2", "--local"});
    EXPECT_EQ(other.status, 2) << other.out;
    EXPECT_NE(other.err.find("cannot be combined with the host 'vm2'"), std::string::npos) << other.err;
    EXPECT_NE(look({"scan", "vm2", "--local"}).out.find("2 mounts on 2 hosts"), std::string::npos);
}

TEST_F(FleetTest, WithoutAFleetAWildcardIsOneOverTheAliasesOfSsh) {
    write(".ssh/config", "Host vm1 vm2 other\nHost *\n  User x\n");
    EXPECT_NE(look({"scan", "vm?"}).out.find("2 mounts on 2 hosts"), std::string::npos);
    write("ssh", "Host vm2\n");
    EXPECT_NE(look({"scan", "vm?", "--ssh-config", "ssh"}).out.find("1 mount on 1 host"), std::string::npos);
    EXPECT_EQ(look({"scan", "web?"}).status, 2);
}

} // namespace
} // namespace inodeck
