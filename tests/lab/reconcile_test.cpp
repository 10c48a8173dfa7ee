#include <QJsonArray>
#include <fstream>
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/lab/reconcile_rig.h"

namespace inodeck::lab {
namespace {

TEST_F(Reconcile, ARenameAndAnEditInPlaceAreRestartedOnceEach) {
    add("renamed");
    add("edited");
    add("calm");
    const std::string calm = startedAt("calm");
    replaceFile(rig.path("renamed.conf"), "new\n");
    overwriteFile(rig.path("edited.conf"), "new\n");
    const Finished first = reconcile();
    EXPECT_EQ(first.status, 0) << first.out << first.err;
    EXPECT_EQ(serves("renamed"), "new");
    EXPECT_EQ(serves("edited"), "new");
    EXPECT_EQ(startedAt("calm"), calm);
    const std::string then = startedAt("renamed") + startedAt("edited");
    const Finished second = reconcile();
    EXPECT_EQ(second.status, 0) << second.out << second.err;
    EXPECT_EQ(startedAt("renamed") + startedAt("edited"), then) << "deploying again restarts nothing";
    EXPECT_NE(second.out.find("3 in sync"), std::string::npos) << second.out;
}

TEST_F(Reconcile, SameBytesUnderANewInodeAreToldAndLeft) {
    add("app");
    replaceFile(rig.path("app.conf"), "old\n");
    const std::string before = startedAt("app");
    const Finished done = reconcile();
    EXPECT_EQ(done.status, 0) << done.out << done.err;
    EXPECT_NE(done.out.find("left"), std::string::npos) << done.out;
    EXPECT_EQ(startedAt("app"), before);
    EXPECT_EQ(reconcile({"--detached"}).status, 0);
    EXPECT_NE(startedAt("app"), before);
}

TEST_F(Reconcile, ABrokenConfigIsNotLetIn) {
    add("app");
    const std::string file =
        fleetFile("services:\n  - project: rig\n    service: " + nameOf("app") +
                  "\n    validate: [grep, -q, good, " + rig.path("app.conf").string() + "]\n");
    replaceFile(rig.path("app.conf"), "broken\n");
    const std::string before = startedAt("app");
    const std::string events = rig.path("events.jsonl");
    const Finished refused = reconcile({"--fleet", file, "--events", events});
    EXPECT_EQ(refused.status, 4) << refused.out << refused.err;
    EXPECT_EQ(startedAt("app"), before);
    EXPECT_EQ(serves("app"), "old");
    EXPECT_NE(readFile(events).find("\"failed\""), std::string::npos) << readFile(events);
    replaceFile(rig.path("app.conf"), "good\n");
    const Finished done = reconcile({"--fleet", file});
    EXPECT_EQ(done.status, 0) << done.out << done.err;
    EXPECT_EQ(serves("app"), "good");
}

TEST_F(Reconcile, AnUnhealthyServiceStopsTheRest) {
    add("a", {"--health-cmd", "grep -q old /conf", "--health-interval", "1s", "--health-retries", "1"});
    add("b");
    replaceFile(rig.path("a.conf"), "bad\n");
    replaceFile(rig.path("b.conf"), "new\n");
    const std::string before = startedAt("b");
    const Finished done = reconcile();
    EXPECT_EQ(done.status, 4) << done.out << done.err;
    EXPECT_EQ(startedAt("b"), before);
    EXPECT_NE(done.out.find("not_reached"), std::string::npos) << done.out;
}

TEST_F(Reconcile, WhatIsMissingIsRefused) {
    add("app");
    fs::remove(rig.path("app.conf"));
    const std::string before = startedAt("app");
    const Finished done = reconcile();
    EXPECT_EQ(done.status, 4) << done.out << done.err;
    EXPECT_EQ(startedAt("app"), before);
}

/// By root, by sudo, through the group docker: one restart, whoever comes first.
TEST_F(Reconcile, OfTwoAtOnceOneWaitsAndFindsNothingToDo) {
    add("app");
    replaceFile(rig.path("app.conf"), "new\n");
    Env others = rig.env();
    others["XDG_DATA_HOME"] = rig.path("other").string(); // another machine: another log
    const auto first = start(rig.argv(words({"--wait", "60"})), rig.env());
    const auto second = start(rig.argv(words({"--wait", "60"}, "vm1-deploy")), others);
    ASSERT_TRUE(first->waitForFinished(90000));
    ASSERT_TRUE(second->waitForFinished(90000));
    const std::string said = first->readAll().toStdString() + second->readAll().toStdString() +
                             first->readAllStandardError().toStdString() +
                             second->readAllStandardError().toStdString();
    EXPECT_EQ(first->exitCode(), 0) << said;
    EXPECT_EQ(second->exitCode(), 0) << said;
    const std::string begins = "ok   restart: The restart command succeeded.";
    const auto at = said.find(begins);
    EXPECT_NE(at, std::string::npos) << said;
    EXPECT_EQ(said.find(begins, at + 1), std::string::npos) << "one restart, not two: " << said;
    EXPECT_EQ(serves("app"), "new");
}

TEST_F(Reconcile, WorksThroughTheGroupDockerAlone) {
    add("app");
    replaceFile(rig.path("app.conf"), "new\n");
    const Finished done = reconcile({}, "vm1-op");
    EXPECT_EQ(done.status, 0) << done.out << done.err;
    EXPECT_EQ(serves("app"), "new");
}

/// At each line that it prints, that is between any two steps; then once more.
TEST_F(Reconcile, KilledAnywhereTheNextRunEndsRight) {
    add("app");
    Argv steps{"cause", "guard", "intent", "restart:", "wait", "prove", "outcome"};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::string content = "release " + std::to_string(i) + "\n";
        replaceFile(rig.path("app.conf"), content);
        auto process = start(rig.argv(words()), rig.env());
        std::string said;
        ASSERT_TRUE(eventually([&] {
            process->waitForReadyRead(20);
            said += process->readAllStandardOutput().toStdString();
            return said.find(steps[i]) != std::string::npos || process->state() == QProcess::NotRunning;
        }));
        if (const auto pid = static_cast<pid_t>(process->processId()); pid > 0)
            ::kill(pid, SIGKILL);
        process->waitForFinished(5000);
        const Finished next = reconcile({"--wait", "30"});
        EXPECT_EQ(next.status, 0) << steps[i] << "\n" << next.out << next.err << records();
        EXPECT_EQ(serves("app") + "\n", content) << steps[i];
    }
}

/// Killed when the restart had cured, and before that was proven: the next run has nothing to restart, and
/// says what became of it.
TEST_F(Reconcile, KilledAfterTheCureTheNextRunClosesTheRecord) {
    add("app", {"--health-cmd", "grep -q old /conf || test -e /tmp/open", "--health-interval", "1s",
                "--health-retries", "1000"});
    ASSERT_TRUE(eventually([&] {
        return docker({"inspect", "-f", "{{.State.Health.Status}}", nameOf("app")}) == "healthy";
    }));
    replaceFile(rig.path("app.conf"), "new\n");
    const std::string events = rig.path("events.jsonl");
    auto process = start(rig.argv(words({"--events", events})), rig.env());
    std::string said;
    ASSERT_TRUE(eventually([&] {
        process->waitForReadyRead(20);
        said += process->readAllStandardOutput().toStdString();
        return said.find("ok   restart") != std::string::npos;
    })) << said;
    ASSERT_EQ(::kill(static_cast<pid_t>(process->processId()), SIGKILL), 0);
    process->waitForFinished(5000);
    EXPECT_EQ(records().find("outcome"), std::string::npos) << records();
    docker({"exec", nameOf("app"), "touch", "/tmp/open"});
    const std::string before = startedAt("app");

    const Finished dry = reconcile({"--dry-run"});
    EXPECT_EQ(dry.status, 0) << dry.out << dry.err;
    EXPECT_NE(dry.err.find("has no outcome yet"), std::string::npos) << dry.err;
    const Finished next = reconcile({"--wait", "30", "--events", events});
    EXPECT_EQ(next.status, 0) << next.out << next.err;
    EXPECT_NE(next.err.find("An earlier run ended in the middle of restarting"), std::string::npos)
        << next.err;
    EXPECT_EQ(startedAt("app"), before) << "it runs on the new config already";
    EXPECT_EQ(serves("app"), "new");
    EXPECT_NE(records().find("recovered  vm1  rig/" + nameOf("app") + "  done"), std::string::npos)
        << records();
    EXPECT_NE(readFile(events).find("\"success\""), std::string::npos) << readFile(events);
    EXPECT_EQ(reconcile().err.find("An earlier run"), std::string::npos) << "once";
}

TEST_F(Reconcile, EvidenceOfTheProcessSettlesAnEditInPlace) {
    add("app");
    overwriteFile(rig.path("app.conf"), "new\n");
    docker({"exec", nameOf("app"), "cp", "/conf", "/tmp/loaded"}); // it has reloaded by itself
    const std::string file = fleetFile(
        "services:\n  - project: rig\n    service: " + nameOf("app") +
        "\n    config_paths: [/conf]\n    loaded:\n      answer: sha256\n      command: [docker, exec, " +
        nameOf("app") + ", sha256sum, /tmp/loaded]\n");
    const std::string before = startedAt("app");
    const Finished calm = reconcile({"--fleet", file});
    EXPECT_EQ(calm.status, 0) << calm.out << calm.err;
    EXPECT_EQ(startedAt("app"), before) << calm.out;
    overwriteFile(rig.path("app.conf"), "newer\n");
    EXPECT_EQ(reconcile({"--fleet", file}).status, 0);
    EXPECT_NE(startedAt("app"), before);
    EXPECT_EQ(serves("app"), "newer");
}

TEST_F(Reconcile, CiGetsAnnotationsASummaryAndADocument) {
    add("app");
    replaceFile(rig.path("app.conf"), "new\n");
    Env env = rig.env();
    env["GITHUB_ACTIONS"] = "true";
    env["GITHUB_SHA"] = "0123456789abcdef";
    env["GITHUB_ACTOR"] = "octocat";
    env["GITHUB_STEP_SUMMARY"] = rig.path("summary.md");
    const Finished done = run(rig.argv(words({"--json"})), env, 120s);
    EXPECT_EQ(done.status, 0) << done.out << done.err;
    const QJsonObject document = json(done.out);
    EXPECT_EQ(document[u"schema"].toString().toStdString(), "inodeck.reconcile/v1") << done.out;
    EXPECT_EQ(document[u"summary"][u"restarted"].toInt(), 1) << done.out;
    EXPECT_NE(done.err.find("::notice title="), std::string::npos) << done.err;
    EXPECT_NE(readFile(rig.path("summary.md")).find("1 restarted and proven"), std::string::npos);
    EXPECT_NE(records().find("deploy of 0123456789ab by octocat"), std::string::npos) << records();
}

} // namespace
} // namespace inodeck::lab
