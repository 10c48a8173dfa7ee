#include "core/transport/replay_transport.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class ReplayTransportTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = fs::temp_directory_path() / "replay-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        m_dir = name;
        record("web1", std::string("a\0\xff\n", 4));
        record("app1", "x");
        std::ofstream(m_dir / "notes.txt") << "no recording";
    }
    void TearDown() override { fs::remove_all(m_dir); }
    void record(const std::string& name, const std::string& bytes) const {
        std::ofstream(m_dir / (name + ".probe"), std::ios::binary) << bytes;
    }
    Result<std::unique_ptr<Session>> connect(const std::string& name) const {
        return ReplayTransport(m_dir).connect({name, false}, Deadline::after(1s), m_cancel);
    }
    Result<ExecResult> ask(const std::string& name, const std::string& input) const {
        auto session = connect(name);
        return (*session)->exec({"sh", input}, Deadline::after(1s), m_cancel);
    }
    fs::path m_dir;
    Cancel m_cancel;
    const std::string m_scan = "x\nonly=''\nread_side= read_source=\n";
};

TEST_F(ReplayTransportTest, KnowsItsHosts) {
    EXPECT_EQ(ReplayTransport(m_dir).hosts(), (std::vector<std::string>{"app1", "web1"}));
    EXPECT_TRUE(ReplayTransport(m_dir / "nothing").hosts().empty());
}

TEST_F(ReplayTransportTest, SaysTheRecordingByteForByte) {
    const auto said = ask("web1", m_scan);
    ASSERT_TRUE(said) << said.error().message;
    EXPECT_EQ(said->output, std::string("a\0\xff\n", 4));
    EXPECT_EQ(said->exitStatus, 0);
}

TEST_F(ReplayTransportTest, OnlyTheWholeScanCanBeReplayed) {
    for (const char* input :
         {"", "docker restart web", "\nonly='aa'\nread_side= \n", "\nonly=''\nread_side=h \n"}) {
        const auto said = ask("web1", input);
        ASSERT_FALSE(said) << input;
        EXPECT_EQ(said.error().code, ErrorCode::Unsupported);
        EXPECT_NE(said.error().message.find("is a recording"), std::string::npos);
    }
}

TEST_F(ReplayTransportTest, AHostThatWasNotRecordedIsNotFound) {
    for (const std::string& name : {std::string("web2"), std::string(), std::string("../web1"),
                                    std::string("web1.probe"), std::string("web1\0x", 6)}) {
        const auto session = connect(name);
        ASSERT_FALSE(session) << name;
        EXPECT_EQ(session.error().code, ErrorCode::NotFound);
    }
}

} // namespace
} // namespace inodeck
