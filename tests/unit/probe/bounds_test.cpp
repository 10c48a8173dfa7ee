#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <sys/stat.h>

#include "core/base/text.h"
#include "core/transport/local_transport.h"
#include "tests/unit/probe/answers.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::replaced;

std::string script(const std::string& name) {
    std::ifstream file(fs::path(INODECK_SOURCE_DIR) / "resources/probe" / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A container that wins the race each time: what is a FIFO passes the test for a regular file, and is
/// opened.
std::string lostRace() {
    return replaced(script("look.sh"), R"(if [ -f "$2" ] || [ -d "$2" ]; then open_side "$1h" "$2" 0)",
                    R"(if [ -e "$2" ]; then open_side "$1h" "$2" 0)");
}

/// The real look_at of probe.sh, with a limit of three seconds.
class BoundsTest : public ::testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        std::string name = fs::temp_directory_path() / "bounds-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        m_dir = name;
    }
    void TearDown() override { fs::remove_all(m_dir); }

    void row(char container, bool hangs = false) {
        const std::string path = m_dir / std::to_string(m_rows);
        if (hangs)
            ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
        else
            std::ofstream(path) << m_rows;
        m_work += "work " + std::to_string(m_rows++) + " " + std::string(64, container) + " 1 0 - " + path +
                  "= /x=\n";
    }
    std::string look(const std::string& lookScript, const std::string& limit = "timeout 3") const {
        const std::string all = script("probe.sh");
        const std::string input = "look=" + shellQuote(lookScript) + " hash_limit=1000\n" +
                                  all.substr(0, all.rfind("main\n")) + "set -f; limit8='" + limit +
                                  "' work=" + shellQuote(m_work) + "\nlook_at host\n";
        const Cancel cancel;
        const auto session = LocalTransport().connect({"local", true}, Deadline::after(5s), cancel);
        const auto result =
            (*session)->exec({std::string(GetParam()) + " -s", input}, Deadline::after(60s), cancel);
        return result ? result->output : "(" + result.error().message + ")";
    }
    static int count(const std::string& text, const std::string& what) {
        int found = 0;
        for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
            ++found;
        return found;
    }

    fs::path m_dir;
    std::string m_work;
    int m_rows = 0;
};

TEST_P(BoundsTest, WhatHangsCostsItsOwnRowOnly) {
    for (int i = 0; i < 30; ++i)
        row('a', i == 8);
    for (const char* limit : {"timeout 3", "busybox timeout 3"}) { // row 8 is opened by a shell in the shell
        const std::string said = look(lostRace(), limit);
        for (int i = 0; i < 30; ++i) {
            const std::string side = " " + std::to_string(i) + "h";
            EXPECT_EQ(count(said, "T" + side + "\n"), i == 8 ? 1 : 0) << limit << said;
            EXPECT_EQ(count(said, "S" + side + " "), i == 8 ? 0 : 1) << limit << said;
            EXPECT_EQ(count(said, "H" + side + " "), i == 8 ? 0 : 1) << limit << said;
        }
        EXPECT_EQ(count(said, "T 8c\n"), 1) << limit;
    }
}

TEST_P(BoundsTest, AContainerThatHangsTwiceIsLeftAloneAndTheOthersAreRead) {
    for (int i = 0; i < 6; ++i)
        row('a', i < 4); // 0 and 1 cost their time, 2 to 5 nothing
    row('b');
    const std::string said = look(lostRace());
    for (int i = 0; i < 6; ++i)
        EXPECT_EQ(count(said, "T " + std::to_string(i) + "h\n"), 1) << said;
    EXPECT_EQ(count(said, "H 6h "), 1) << said;
}

TEST_P(BoundsTest, WhatIsOnlySlowIsNotGivenUp) {
    for (int i = 0; i < 12; ++i)
        row('a');
    // Each batch of 24 takes a second of the limit; the script makes way after two.
    const std::string slow = replaced(script("look.sh"), "before=$(stat", "sleep 1; before=$(stat");
    for (int i = 0; i < 84; ++i)
        row('b');
    const std::string said = look(slow, "timeout 8");
    for (int i = 0; i < 96; ++i)
        EXPECT_EQ(count(said, "H " + std::to_string(i) + "h "), 1) << said;
    EXPECT_EQ(count(said, "T "), 0) << said;
}

TEST_P(BoundsTest, AScriptThatDoesNotStartEndsToo) {
    row('a');
    EXPECT_EQ(look("exit 1"), "\n");
    EXPECT_EQ(look("sleep 100"), "\n");
}

INSTANTIATE_TEST_SUITE_P(Shells, BoundsTest, ::testing::Values("dash", "busybox sh", "bash"),
                         [](const ::testing::TestParamInfo<const char*>& shell) {
                             const std::string name = shell.param;
                             return name.substr(0, name.find(' '));
                         });

} // namespace
} // namespace inodeck
