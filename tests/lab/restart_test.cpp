#include <ctime>
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/support/lab.h"
#include "tests/support/secrets.h"

namespace inodeck::lab {
namespace {

/// A container of its own per test, with one config that a deploy has replaced.
class Restart : public ::testing::Test {
protected:
    void SetUp() override { startWith("old\n", {"sleep", "1000"}); }

    void startWith(const std::string& content, const Argv& command, Argv options = {}) {
        rig.file("conf", content);
        options.insert(options.end(), {"-v", rig.path("conf").string() + ":/conf"});
        rig.container(name, options, "busybox:local", command);
        started = rig.startedAt(name);
    }

    Finished restart(Argv more = {}) const {
        Argv arguments{"restart",     "--ssh-config", sshConfig(), "vm1",
                       "rig/" + name, "--reason",     "new config"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return rig.inodeck(arguments);
    }

    /// kill -9 between intent and outcome, once Docker is at it: the container ignores TERM, so
    /// `docker restart` takes its ten seconds.
    void cutOff() {
        docker({"rm", "-f", name});
        startWith("old\n", {"sh", "-c", "trap '' TERM; while :; do sleep 1; done"});
        replaceFile(rig.path("conf"), "new\n");
        auto process = start(
            rig.argv({"restart", "--ssh-config", sshConfig(), "vm1", "rig/" + name, "--reason", "cut off"}),
            rig.env());
        const std::string id = docker({"inspect", "-f", "{{.Id}}", name});
        const auto stopping = [&] {
            return !docker({"events", "--since", "1m", "--until", std::to_string(std::time(nullptr)),
                            "--filter", "container=" + id, "--filter", "event=kill"})
                        .empty();
        };
        ASSERT_TRUE(eventually(stopping, 20s));
        ASSERT_EQ(::kill(static_cast<pid_t>(process->processId()), SIGKILL), 0);
        process->waitForFinished(5000);
        EXPECT_NE(auditList().find("intent"), std::string::npos);
        EXPECT_EQ(auditList().find("outcome"), std::string::npos) << "killed too late to prove anything";
    }

    std::string inside() const { return docker({"exec", name, "cat", "/conf"}); }
    std::string auditList() const { return rig.inodeck({"audit", "list"}).out; }

    Rig rig;
    std::string name = std::string{"r-"} + ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::string started;
};

TEST_F(Restart, BringsTheNewConfigInAndProvesIt) {
    replaceFile(rig.path("conf"), "new\n");
    EXPECT_EQ(inside(), "old");
    const Finished done = restart();
    EXPECT_EQ(done.status, 0) << done.out << done.err;
    EXPECT_EQ(inside(), "new");
    EXPECT_NE(rig.startedAt(name), started);
    EXPECT_EQ(rig.verdict(name), "in_sync");
    const std::string log = auditList();
    EXPECT_NE(log.find("intent"), std::string::npos) << log;
    EXPECT_NE(log.find("outcome"), std::string::npos) << log;
    EXPECT_NE(log.find("verified"), std::string::npos) << log;
}

/// Of its environment, its command, its config and what it says when it fails.
TEST_F(Restart, KeepsNoSecretOfTheContainer) {
    Argv options;
    std::string config;
    for (const test::Secret& secret : test::secrets()) {
        options.insert(options.end(), {"-e", "PART" + std::to_string(options.size()) + "=" + secret.text});
        config += secret.text + "\n";
    }
    docker({"rm", "-f", name});
    startWith(config, {"sh", "-c", "[ ! -e /broken ] || { env; cat /conf; exit 1; } >&2; sleep 1000", config},
              options);
    const auto restartEndsWith = [&](int status) {
        config += "more\n";
        replaceFile(rig.path("conf"), config);
        const Finished done = restart({"--health-timeout", "5"});
        EXPECT_EQ(done.status, status) << done.out << done.err;
        test::expectNoSecretIn(done.out + done.err);
    };
    restartEndsWith(0);
    docker({"exec", name, "touch", "/broken"});
    restartEndsWith(4);
    const Finished exported = rig.inodeck({"audit", "export", "--out", rig.path("data/exported").string()});
    EXPECT_EQ(exported.status, 0) << exported.err;
    test::expectNoSecretBelow(rig.path("data"), 3);
}

TEST_F(Restart, DryRunTouchesNothing) {
    replaceFile(rig.path("conf"), "new\n");
    const Finished done = restart({"--dry-run"});
    EXPECT_EQ(done.status, 0) << done.err;
    EXPECT_NE(done.out.find("docker restart"), std::string::npos) << done.out << done.err;
    EXPECT_EQ(done.out.find("FAIL"), std::string::npos)
        << "the guard looks at this container only: " << done.out;
    EXPECT_EQ(rig.startedAt(name), started);
    EXPECT_EQ(auditList().find("intent"), std::string::npos);
}

TEST_F(Restart, IsRefusedWhileTheSourceIsMissing) {
    fs::remove(rig.path("conf"));
    const Finished done = restart();
    EXPECT_EQ(done.status, 4) << done.out << done.err;
    EXPECT_EQ(rig.startedAt(name), started);
    EXPECT_FALSE(fs::exists(rig.path("conf"))) << "docker must not have made a directory of it";
}

TEST_F(Restart, IsRefusedWhileTheSourceIsADirectory) {
    fs::remove(rig.path("conf"));
    fs::create_directory(rig.path("conf"));
    const Finished done = restart();
    EXPECT_EQ(done.status, 4) << done.out << done.err;
    EXPECT_EQ(rig.startedAt(name), started);
}

TEST_F(Restart, IsRefusedWithoutAnAuditLog) {
    replaceFile(rig.path("conf"), "new\n");
    Env env = rig.env();
    env["XDG_DATA_HOME"] = "/proc/inodeck"; // not even root can write there
    const Finished done =
        run(rig.argv({"restart", "--ssh-config", sshConfig(), "vm1", "rig/" + name, "--reason", "x"}), env);
    EXPECT_EQ(done.status, 5) << done.out << done.err;
    EXPECT_EQ(rig.startedAt(name), started);
}

TEST_F(Restart, OfWhatNeedsNoneIsNotDoneByItself) {
    const Finished done = restart();
    EXPECT_EQ(rig.startedAt(name), started) << done.out;
    EXPECT_FALSE((done.out + done.err).empty());
}

TEST_F(Restart, KilledInTheMiddleLeavesAnOpenIntentThatTheNextRunReports) {
    cutOff();
    const Finished next = restart();
    EXPECT_NE((next.out + next.err).find("open intent"), std::string::npos) << next.out << next.err;
}

/// Right after the kill Docker is still at its clean stop: to say then that nothing was done would be wrong.
TEST_F(Restart, KilledInTheMiddleIsRecoveredAsWhatItComesTo) {
    cutOff();
    const Finished found = rig.inodeck({"audit", "recover", "--ssh-config", sshConfig()});
    EXPECT_EQ(found.status, 0) << found.out << found.err;
    EXPECT_NE(found.err.find("its command may still run on vm1"), std::string::npos) << found.err;
    EXPECT_NE(found.out.find("done, now in_sync"), std::string::npos) << found.out;
    EXPECT_NE(rig.startedAt(name), started);
    EXPECT_NE(auditList().find("recovered"), std::string::npos) << auditList();
}

} // namespace
} // namespace inodeck::lab
