// Real compose: a container that a restart does not cure is recreated, by hand and by reconcile.
#include <QJsonArray>
#include <gtest/gtest.h>

#include "tests/support/lab.h"

namespace inodeck::lab {
namespace {

class Compose : public ::testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        rig.file("conf", "old\n");
        // When it finds its own pid file, it mends the rights of its config. A restart keeps that file: the
        // config is changed after each start. A new container has none.
        rig.file("docker-compose.yml", R"(services:
  app:
    image: busybox:local
    network_mode: host
    stop_signal: SIGKILL
    command: [sh, -c, "rm -f /tmp/ready; [ ! -e /tmp/pid ] || chmod 640 /conf; touch /tmp/pid /tmp/ready; exec sleep 1000"]
    volumes: ["./conf:/conf"]
    healthcheck: {test: [CMD, test, -e, /tmp/ready], interval: 1s, timeout: 10s}
)");
        compose({"up", "-d"});
        ASSERT_TRUE(eventually([&] { return inspect("{{.State.Health.Status}}") == "healthy"; }));
    }
    void TearDown() override { compose({"down", "-t", "0"}); }

    static Argv composeWords() {
        static const bool plugin = run({"docker", "compose", "version"}).status == 0;
        return plugin ? Argv{"docker", "compose"} : Argv{"docker-compose"};
    }
    void compose(const Argv& more) const {
        Argv words = composeWords();
        words.insert(words.end(), {"-p", name, "-f", rig.path("docker-compose.yml").string()});
        words.insert(words.end(), more.begin(), more.end());
        Env env;
        env["DOCKER_HOST"] = "unix://" + (dir() / "vm1/docker.sock").string();
        const Finished done = run(words, env);
        ASSERT_EQ(done.status, 0) << done.out << done.err;
    }
    std::string container() const {
        return docker({"ps", "-q", "--no-trunc", "--filter", "label=com.docker.compose.project=" + name});
    }
    std::string inspect(const std::string& what) const {
        return docker({"inspect", "-f", what, container()});
    }
    std::string inside() const { return docker({"exec", container(), "cat", "/conf"}); }
    Finished restart(const Argv& more = {}) const {
        Argv words{"restart",     "--ssh-config", sshConfig(), GetParam(),
                   name + "/app", "--reason",     "new config"};
        words.insert(words.end(), more.begin(), more.end());
        return rig.inodeck(words, 120s);
    }

    Rig rig;
    std::string name = "compose-test";
};

TEST_P(Compose, ARestartDoesNotCureItAndANewContainerDoes) {
    replaceFile(rig.path("conf"), "new\n");
    const std::string first = container();
    const Finished restarted = restart();
    EXPECT_EQ(restarted.status, 4) << restarted.out << restarted.err;
    EXPECT_NE(restarted.out.find("not proven"), std::string::npos) << restarted.out;
    EXPECT_NE(restarted.out.find("--recreate"), std::string::npos) << "and says what may: " << restarted.out;
    EXPECT_EQ(container(), first);

    const Finished dry = restart({"--recreate", "--dry-run"});
    EXPECT_EQ(dry.status, 0) << dry.out << dry.err;
    EXPECT_EQ(container(), first);
    const Finished recreated = restart({"--recreate"});
    EXPECT_EQ(recreated.status, 0) << recreated.out << recreated.err;
    EXPECT_NE(recreated.out.find("--force-recreate --no-deps"), std::string::npos) << recreated.out;
    EXPECT_NE(container(), first);
    EXPECT_EQ(inside(), "new");
    EXPECT_EQ(rig.verdict("app"), "in_sync");

    const std::string records = rig.inodeck({"audit", "list"}).out;
    EXPECT_NE(records.find("still_stale"), std::string::npos) << records;
    EXPECT_NE(records.find("verified"), std::string::npos) << records;
    const Finished exported = rig.inodeck({"audit", "export", "--out", rig.path("export").string()});
    ASSERT_EQ(exported.status, 0) << exported.err;
    const std::string log = readFile(rig.path("export") / "audit.jsonl");
    EXPECT_NE(log.find("\"--force-recreate\""), std::string::npos) << log;
    EXPECT_NE(log.find(container()), std::string::npos) << "the new container is on record: " << log;
}

TEST_P(Compose, ReconcileProvesTheContainerThatComposeMadeInItsPlace) {
    Argv command = composeWords();
    command.insert(command.end(), {"-p", name, "-f", rig.path("docker-compose.yml").string(), "up", "-d",
                                   "--force-recreate", "app"});
    std::string words;
    for (const std::string& word : command)
        words += (words.empty() ? "" : ", ") + word;
    const std::string fleet =
        rig.file("inodeck.yaml",
                 "services:\n  - project: " + name + "\n    service: app\n    restart: [" + words + "]\n");
    replaceFile(rig.path("conf"), "new\n");
    const std::string first = container();
    const Argv reconcile{"reconcile", "--ssh-config", sshConfig(),   GetParam(), "--fleet",
                         fleet,       "--only",       name + "/app", "--json"};
    const Finished done = rig.inodeck(reconcile, 120s);
    EXPECT_EQ(done.status, 0) << done.out << done.err;
    const auto mount = json(done.out)[u"hosts"][0][u"services"][0][u"mounts"][0];
    EXPECT_NE(container(), first);
    EXPECT_EQ(mount[u"container_id"].toString().toStdString(), container()) << done.out;
    EXPECT_EQ(mount[u"verdict"].toString().toStdString(), "in_sync") << done.out;
    EXPECT_EQ(inside(), "new");
    const std::string second = container();
    EXPECT_EQ(rig.inodeck(reconcile, 120s).status, 0);
    EXPECT_EQ(container(), second) << "what has just been recreated is left alone";
}

/// As root, and by sudo.
INSTANTIATE_TEST_SUITE_P(Lab, Compose, ::testing::Values("vm1", "vm1-deploy"),
                         [](const auto& one) { return one.index == 0 ? "Root" : "Sudo"; });

TEST(Recreate, IsRefusedForWhatComposeDidNotMake) {
    Rig rig;
    rig.file("conf", "old\n");
    rig.container("recreate-none", {"-v", rig.path("conf").string() + ":/conf"}, "busybox:local",
                  {"sleep", "1000"});
    const std::string before = rig.startedAt("recreate-none");
    const Finished done = rig.inodeck(
        {"restart", "--ssh-config", sshConfig(), "vm1", "recreate-none", "--reason", "x", "--recreate"});
    EXPECT_EQ(done.status, 4) << done.out;
    EXPECT_NE(done.err.find("cannot be recreated: compose did not make it"), std::string::npos) << done.err;
    EXPECT_EQ(rig.startedAt("recreate-none"), before);
}

} // namespace
} // namespace inodeck::lab
