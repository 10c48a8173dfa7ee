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

TEST_F(RequestTest, HoldsNoNameOfTheVmRaw) {
    const ExecRequest request = probeRequest({{"docker"}, 4096, {*ContainerId::parse(test::Id)}});
    EXPECT_NE(request.input.find("hash_limit=4096\nonly='" + test::Id + "'\n"), std::string::npos);
    EXPECT_EQ(request.command.find(test::Id), std::string::npos);
}

} // namespace
} // namespace inodeck
