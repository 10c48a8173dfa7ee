#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fleet/host.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

class SshConfigAliasesTest : public ::testing::Test {
protected:
    SshConfigAliasesTest() {
        std::string name = fs::temp_directory_path() / "aliases-XXXXXX";
        m_dir = ::mkdtemp(name.data());
        m_home = std::getenv("HOME") ? std::getenv("HOME") : "";
        ::setenv("HOME", m_dir.c_str(), 1);
    }
    ~SshConfigAliasesTest() override {
        ::setenv("HOME", m_home.c_str(), 1);
        fs::remove_all(m_dir);
    }
    std::string file(const std::string& name, const std::string& text) const {
        fs::create_directories((m_dir / name).parent_path());
        std::ofstream(m_dir / name) << text;
        return m_dir / name;
    }
    Names aliases(const std::string& text) const {
        const auto names = sshConfigAliases(file("config", text));
        EXPECT_TRUE(names) << names.error().message;
        return names.value_or(Names{});
    }

    fs::path m_dir;
    std::string m_home;
};

TEST_F(SshConfigAliasesTest, ConcreteNamesInOrderAndOnce) {
    EXPECT_EQ(aliases("Host web1 web2\n  HostName 10.0.0.1\nhost=db\nHOST  \"web1\" cache # old\n"),
              (Names{"web1", "web2", "db", "cache"}));
}

TEST_F(SshConfigAliasesTest, PatternsAndNegationsAreNoHosts) {
    EXPECT_EQ(aliases("Host * !bad web?\nHost *.example.org real\nMatch host x\n"), Names{"real"});
}

TEST_F(SshConfigAliasesTest, WhatCouldNotBeConnectedToIsLeftOut) {
    EXPECT_EQ(aliases("Host -oProxyCommand=x \"a b\" good a\xff\n"), Names{"good"});
}

TEST_F(SshConfigAliasesTest, LineEndsOfOtherSystemsAndNoLastNewline) {
    EXPECT_EQ(aliases("Host a\r\n\r\n# Host c\r\nHost b"), (Names{"a", "b"}));
}

TEST_F(SshConfigAliasesTest, IncludesAreFollowed) {
    file("abs.conf", "Host abs\n");
    file(".ssh/conf.d/2.conf", "Host two\n");
    file(".ssh/conf.d/1.conf", "Host one\n");
    file(".ssh/tilde", "Host tilde\n");
    EXPECT_EQ(aliases("Include " + (m_dir / "abs.conf").string() +
                      " ~/.ssh/tilde\nInclude conf.d/*.conf missing\nHost last\n"),
              (Names{"abs", "tilde", "one", "two", "last"}));
}

TEST_F(SshConfigAliasesTest, AMissingFileIsAnEmptyList) {
    EXPECT_EQ(sshConfigAliases(m_dir / "nothing"), Names{});
}

TEST_F(SshConfigAliasesTest, ALoopIsAnErrorAndEnds) {
    const std::string self = m_dir / "config";
    const auto names =
        sshConfigAliases(file("config", "Host a\nInclude " + self + "\nInclude " + self + "\n"));
    ASSERT_FALSE(names);
    EXPECT_EQ(names.error().code, ErrorCode::Config);
    EXPECT_NE(names.error().message.find("loop"), std::string::npos) << names.error().message;
}

TEST_F(SshConfigAliasesTest, AFileThatIsNoConfigurationIsRefused) {
    const auto names = sshConfigAliases(file("config", std::string((4 << 20) + 1, 'x')));
    ASSERT_FALSE(names);
    EXPECT_EQ(names.error().code, ErrorCode::TooLarge);
}

TEST_F(SshConfigAliasesTest, AFifoAndADirectoryAreNotWaitedFor) {
    ASSERT_EQ(::mkfifo((m_dir / "fifo").c_str(), 0600), 0);
    EXPECT_EQ(sshConfigAliases(m_dir / "fifo"), Names{});
    EXPECT_EQ(sshConfigAliases(m_dir), Names{});
}

} // namespace
} // namespace inodeck
