#include <gtest/gtest.h>
#include <signal.h>

#include <QJsonArray>

#include "tests/support/lab.h"

namespace inodeck::lab {
namespace {

QJsonObject hostOf(const Finished& scan, const std::string& name) {
    for (const QJsonValue& host : json(scan.out)[u"hosts"].toArray())
        if (host[u"host"].toString().toStdString() == name)
            return host.toObject();
    ADD_FAILURE() << name << " is not in: " << scan.out.substr(0, 2000) << scan.err;
    return {};
}

std::string textOf(const QJsonValue& value) {
    return value.toString().toStdString();
}

/// A private ssh_config: the lab's, but with a known_hosts of this test.
class Hosts : public ::testing::Test {
protected:
    std::string configWith(const std::string& knownHosts) const {
        std::string config = readFile(sshConfig());
        const std::string theirs = dir() / "client/known_hosts";
        config.replace(config.find(theirs), theirs.size(), rig.file("known_hosts", knownHosts).string());
        return rig.file("ssh_config", config);
    }
    Finished scan(const Argv& hosts, const std::string& config = sshConfig()) const {
        Argv arguments{"scan", "--json", "--all", "--ssh-config", config};
        arguments.insert(arguments.end(), hosts.begin(), hosts.end());
        return rig.inodeck(arguments, 120s);
    }
    std::string vm1() const { return "[" + value("INODECK_LAB_VM1") + "]:" + value("INODECK_LAB_SSH_PORT"); }

    Rig rig{"vm2"};
};

/// An sshd that is there and does nothing: the kernel accepts, nobody speaks.
class Frozen {
public:
    explicit Frozen(const std::string& vm)
        : m_pid(std::stoi(readFile(dir() / vm / "sshd.pid"))) {
        ::kill(m_pid, SIGSTOP);
    }
    ~Frozen() { ::kill(m_pid, SIGCONT); }
    Frozen(const Frozen&) = delete;
    Frozen& operator=(const Frozen&) = delete;

private:
    pid_t m_pid;
};

TEST_F(Hosts, AHungOneCostsItsOwnRowOnly) {
    const Frozen frozen{"vm2"};
    const auto begin = std::chrono::steady_clock::now();
    const Finished done = scan({"vm1", "vm2", "vm1-deploy"});
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 40s);
    EXPECT_EQ(done.status, 3) << done.err;
    EXPECT_EQ(textOf(hostOf(done, "vm2")[u"status"]), "failed");
    EXPECT_FALSE(textOf(hostOf(done, "vm2")[u"error"]).empty());
    for (const char* name : {"vm1", "vm1-deploy"}) {
        EXPECT_EQ(textOf(hostOf(done, name)[u"status"]), "ok");
        EXPECT_GE(hostOf(done, name)[u"mounts"].toArray().size(), 3) << name;
    }
}

TEST_F(Hosts, AreReadWithWhatTheAccountMayDo) {
    rig.container("mine", {"-v", rig.file("conf", "x").string() + ":/conf"}, "busybox:local",
                  {"sleep", "1000"});
    const std::map<std::string, std::string> expected{
        {"vm2", "root"}, {"vm2-deploy", "sudo"}, {"vm2-op", "docker_group"}};
    const Finished done = scan({"vm2", "vm2-deploy", "vm2-op", "vm2-guest"});
    EXPECT_EQ(done.status, 3) << "guest may read nothing: " << done.err;
    for (const auto& [name, access] : expected) {
        EXPECT_EQ(textOf(hostOf(done, name)[u"access"]), access) << name;
        const std::string verdict = rig.verdict("mine", name);
        EXPECT_EQ(verdict, "in_sync") << name;
    }
    EXPECT_TRUE(hostOf(done, "vm2-guest")[u"mounts"].toArray().isEmpty());
}

TEST_F(Hosts, TheDockerCommandMayHaveItsOwnSudo) {
    rig.container("mine", {"-v", rig.file("conf", "x").string() + ":/conf"}, "busybox:local",
                  {"sleep", "1000"});
    const Finished done = scan({"vm2-deploy", "--docker", "sudo -n docker"});
    EXPECT_EQ(textOf(hostOf(done, "vm2-deploy")[u"status"]), "ok") << done.err;
    EXPECT_FALSE(hostOf(done, "vm2-deploy")[u"mounts"].toArray().isEmpty());
    const Finished refused = scan({"vm2-op", "--docker", "sudo -n docker"});
    EXPECT_EQ(refused.status, 3) << "it has no sudo";
}

TEST_F(Hosts, DockerGroupAloneSeesTheStaleFileOfAnImageWithAShell) {
    rig.container("byexec", {"-v", rig.file("conf", "old").string() + ":/conf"}, "busybox:local",
                  {"sleep", "1000"});
    replaceFile(rig.path("conf"), "new");
    EXPECT_EQ(rig.verdict("byexec", "vm2-op"), "stale_inode");
}

TEST_F(Hosts, WithAnUnknownKeyAreRefusedUntilTrusted) {
    const std::string config = configWith("");
    const Finished refused = scan({"vm1"}, config);
    EXPECT_EQ(refused.status, 3) << refused.err;
    const std::string error = textOf(hostOf(refused, "vm1")[u"error"]);
    EXPECT_NE(error.find("SHA256:"), std::string::npos) << error;
    EXPECT_NE(error.find("inodeck trust"), std::string::npos) << error;

    const Finished trusted = rig.inodeck({"trust", "vm1", "--ssh-config", config, "--yes"});
    EXPECT_EQ(trusted.status, 0) << trusted.out << trusted.err;
    const std::string key = readFile(dir() / "vm1/hostkey.pub");
    EXPECT_NE(readFile(rig.path("known_hosts")).find(key.substr(0, key.find(" vm1"))), std::string::npos);
    EXPECT_LE(scan({"vm1"}, config).status, 1);
}

TEST_F(Hosts, WithAChangedKeyAreRefusedForGood) {
    const std::string other = readFile(dir() / "vm2/hostkey.pub");
    const std::string before = vm1() + " " + other;
    const std::string config = configWith(before);
    const Finished refused = scan({"vm1"}, config);
    EXPECT_EQ(refused.status, 3) << refused.err;
    EXPECT_NE(textOf(hostOf(refused, "vm1")[u"error"]).find("SHA256:"), std::string::npos);
    const Finished trust = rig.inodeck({"trust", "vm1", "--ssh-config", config, "--yes"});
    EXPECT_NE(trust.status, 0) << trust.out;
    EXPECT_EQ(readFile(rig.path("known_hosts")), before);
}

} // namespace
} // namespace inodeck::lab
