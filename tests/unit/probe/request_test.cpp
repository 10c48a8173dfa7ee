#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

#include "core/base/text.h"
#include "core/transport/local_transport.h"
#include "tests/unit/probe/answers.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using test::replaced;
using namespace std::chrono_literals;

/// A stand-in for the docker command with an odd name: Docker itself is the lab's.
class RequestTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = fs::temp_directory_path() / "it's $(touch pwned) \"`x`-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        m_dir = name;
    }
    void TearDown() override { fs::remove_all(m_dir); }

    std::string docker(const std::string& script) const {
        // One write: the probe asks two things at once.
        std::ofstream(m_dir / "docker") << "#!/bin/sh\nprintf '<%s>\\n' \"$@\" >>" +
                                               shellQuote((m_dir / "log").string()) + "\n" + script + "\n";
        fs::permissions(m_dir / "docker", fs::perms{0755});
        return m_dir / "docker";
    }
    std::string log() const {
        std::ifstream file(m_dir / "log");
        return {std::istreambuf_iterator<char>(file), {}};
    }
    Result<ProbeReport> run(const ProbeOptions& options) const {
        const Cancel cancel;
        const Deadline deadline = Deadline::after(30s);
        auto session = LocalTransport().connect({"local", true}, deadline, cancel);
        return probe(**session, options, deadline, cancel);
    }
    fs::path m_dir;
};

TEST_F(RequestTest, TheDockerCommandIsWordsAndNeverShell) {
    const std::string odd = "$(touch pwned); 'x'";
    const auto report = run({{docker("exit 0"), odd, "a b"}, 1000, {}});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->observations.empty());
    EXPECT_NE(log().find("<" + odd + ">\n<a b>\n<ps>\n<-aq>\n"), std::string::npos) << log();
    EXPECT_FALSE(fs::exists("pwned"));
}

TEST_F(RequestTest, WhatDockerSaysInRefusalIsOneHarmlessLine) {
    const auto report = run({{docker("printf 'no\\033[2J\\nend 1\\n' >&2; exit 1")}, 1000, {}});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->access.level, AccessLevel::None);
    EXPECT_NE(report->access.missing.find("no\\x1b[2J\\nend 1"), std::string::npos) << report->access.missing;
}

TEST_F(RequestTest, AContainerThatDockerDoesNotDescribeIsNotForgotten) {
    const std::string a(64, 'a');
    const std::string b(64, 'b');
    const auto report =
        run({{docker("case $1 in ps) echo " + a + "; echo " + b + " ;; inspect) echo 'container " +
                     R"({"id":")" + b + R"(","name":"/b","running":false}')" + "; exit 1 ;; esac")},
             1000,
             {}});
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_EQ(report->observations.size(), 1U);
    EXPECT_EQ(report->observations[0].container.id.hex(), a);
    EXPECT_EQ(judge(report->observations[0]).verdict, Verdict::Unknown);
}

TEST_F(RequestTest, DockerThatDescribesNothingIsAFailureOfTheHost) {
    const auto report = run(
        {{docker("case $1 in ps) echo " + std::string(64, 'a') + " ;; *) echo broken >&2; exit 1 ;; esac")},
         1000,
         {}});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->access.level, AccessLevel::None);
    EXPECT_NE(report->access.missing.find("broken"), std::string::npos) << report->access.missing;
}

TEST_F(RequestTest, AContainerThatIsGoneMeanwhileIsNoFailure) {
    const auto report =
        run({{docker("[ $1 != inspect ] || exit 1")}, 1000, {*ContainerId::parse(std::string(64, 'a'))}});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_NE(report->access.level, AccessLevel::None);
    EXPECT_TRUE(report->observations.empty());
}

/// What the client is says nothing of the engine, except podman's, which is the engine.
TEST_F(RequestTest, OnlyAnEngineIsTheRuntime) {
    const auto runtimeOf = [&](const std::string& version, const std::string& client) {
        fs::remove(m_dir / "log");
        const auto report =
            run({{docker("case $1 in version) " + version + " ;; --version) echo '" + client + "' ;; esac")},
                 1000,
                 {}});
        EXPECT_TRUE(report) << report.error().message;
        return report ? report->runtime.name + " " + report->runtime.version : "";
    };
    EXPECT_EQ(runtimeOf("echo '20.10.24 Engine,runc,'", "Docker version 99"), "docker 20.10.24");
    EXPECT_EQ(log().find("<--version>"), std::string::npos) << "one process is enough: " << log();
    EXPECT_EQ(runtimeOf("echo '4.3.1 Podman Engine,'", "x"), "podman 4.3.1");
    EXPECT_EQ(runtimeOf("echo '<no value>'; exit 1", "Docker version 20.10.24, build 297e128"), " ");
    EXPECT_EQ(runtimeOf("exit 125", "podman version 4.3.1"), "podman 4.3.1");
    EXPECT_EQ(runtimeOf("exit 1", ""), " ");
}

/// Whether rights are what is lacking is not known: a member of the group may have called another command.
TEST_F(RequestTest, WhatMayBeGrantedIsSaidWithItsCondition) {
    const auto report = run({{docker("exit 1")}, 1000, {}});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_NE(report->access.missing.find("(is dockerd running, and is the docker command right for this "),
              std::string::npos)
        << report->access.missing;
    const auto refused = parseProbe(
        replaced(test::AnswerText{}.text(), "user 0 0 x726f6f74\n", "user 1000 0 x6f70\nno_docker x6e6f\n"));
    ASSERT_TRUE(refused) << refused.error().message;
    EXPECT_FALSE(refused->access.root);
    EXPECT_NE(refused->access.missing.find("right for this account? If so, grant it"), std::string::npos)
        << refused->access.missing;
}

TEST_F(RequestTest, HoldsNoNameOfTheVmRaw) {
    const ExecRequest request = probeRequest({{"docker"}, 4096, {*ContainerId::parse(test::Id)}});
    EXPECT_NE(request.input.find("hash_limit=4096\nonly='" + test::Id + "'\n"), std::string::npos);
    EXPECT_EQ(request.command.find(test::Id), std::string::npos);
}

} // namespace
} // namespace inodeck
