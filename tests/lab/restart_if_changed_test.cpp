#include <fstream>

#include "core/base/sha256.h"
#include "tests/lab/reconcile_rig.h"

namespace inodeck::lab {
namespace {

/// The four arguments of the handlers that it replaces, with their hash file.
class RestartIfChanged : public Reconcile {
protected:
    Argv handler(const Argv& more = {}) const {
        Argv all{"restart-if-changed", nameOf("app"), rig.path("app.conf"), rig.path("app.sha256")};
        all.insert(all.end(), more.begin(), more.end());
        for (const std::string& word : {std::string("--"), std::string("docker"), std::string("restart"),
                                        std::string("-t"), std::string("2"), nameOf("app")})
            all.push_back(word);
        return all;
    }
    Argv overSsh() const { return handler({"--ssh-config", sshConfig(), "--host", "vm1"}); }
    Finished onTheVm() const {
        Env env = rig.env();
        env["DOCKER_HOST"] = "unix://" + (dir() / "vm1" / "docker.sock").string();
        return run(rig.argv(handler()), env, 120s);
    }
    std::string hash() const { return readFile(rig.path("app.sha256")); }
    static std::string hashOf(const std::string& content) { return Sha256::of(content).hex() + "\n"; }
};

TEST_F(RestartIfChanged, FirstRunChangeAndNoChangeOverSsh) {
    add("app");
    std::string before = startedAt("app");
    const Finished first = rig.inodeck(overSsh(), 120s);
    EXPECT_EQ(first.status, 0) << first.out << first.err;
    EXPECT_EQ(startedAt("app"), before) << "a missing hash file is no reason to restart";
    EXPECT_EQ(hash(), hashOf("old\n"));
    replaceFile(rig.path("app.conf"), "new\n");
    const Finished changed = rig.inodeck(overSsh(), 120s);
    EXPECT_EQ(changed.status, 0) << changed.out << changed.err;
    EXPECT_NE(startedAt("app"), before);
    EXPECT_EQ(serves("app"), "new");
    EXPECT_EQ(hash(), hashOf("new\n"));
    before = startedAt("app");
    EXPECT_EQ(rig.inodeck(overSsh(), 120s).status, 0);
    EXPECT_EQ(startedAt("app"), before);
}

TEST_F(RestartIfChanged, AnOldHandlersHashFileIsUnderstoodOnTheVmItself) {
    add("app");
    const std::string before = startedAt("app");
    overwriteFile(rig.path("app.conf"), "new\n");
    // The old handler has written the new hash without a restart that helped; in place, so nothing is stale.
    rig.file("app.sha256", Sha256::of("old\n").hex() + "  " + rig.path("app.conf").string() + "\r\n");
    const Finished done = onTheVm();
    EXPECT_EQ(done.status, 0) << done.out << done.err;
    EXPECT_NE(startedAt("app"), before);
    EXPECT_EQ(serves("app"), "new");
    EXPECT_EQ(hash(), hashOf("new\n"));
}

TEST_F(RestartIfChanged, AMatchingHashWithAStaleInodeRestartsToo) {
    add("app");
    replaceFile(rig.path("app.conf"), "new\n");
    rig.file("app.sha256", hashOf("new\n"));
    const Finished done = onTheVm();
    EXPECT_EQ(done.status, 0) << done.out << done.err;
    EXPECT_EQ(serves("app"), "new");
}

TEST_F(RestartIfChanged, WhatTheFleetFileSaysOfTheServiceHolds) {
    add("app");
    const std::string file =
        fleetFile("services:\n  - project: rig\n    service: " + nameOf("app") +
                  "\n    validate: [grep, -q, good, " + rig.path("app.conf").string() + "]\n");
    replaceFile(rig.path("app.conf"), "broken\n");
    const std::string before = startedAt("app");
    const Argv words = handler({"--ssh-config", sshConfig(), "--host", "vm1", "--fleet", file});
    const Finished refused = rig.inodeck(words, 120s);
    EXPECT_EQ(refused.status, 4) << refused.out << refused.err;
    EXPECT_EQ(startedAt("app"), before);
    replaceFile(rig.path("app.conf"), "good\n");
    const Finished done = rig.inodeck(words, 120s);
    EXPECT_EQ(done.status, 0) << done.out << done.err;
    EXPECT_EQ(serves("app"), "good");
}

TEST_F(RestartIfChanged, ACommandThatFailsIsFourAndKeepsTheHash) {
    add("app");
    replaceFile(rig.path("app.conf"), "new\n");
    rig.file("app.sha256", hashOf("old\n"));
    Argv words = overSsh();
    words.resize(words.size() - 5);
    words.insert(words.end(), {"sh", "-c", "echo 'no such service' >&2; exit 7"});
    const Finished done = rig.inodeck(words, 120s);
    EXPECT_EQ(done.status, 4) << done.out << done.err;
    EXPECT_NE(done.out.find("no such service"), std::string::npos) << done.out;
    EXPECT_EQ(hash(), hashOf("old\n"));
}

} // namespace
} // namespace inodeck::lab
