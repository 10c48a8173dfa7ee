#include "app/cli/table.h"
#include "tests/cli/cli_rig.h"

namespace inodeck {
namespace {

using test::linesOf;
using test::Ran;
using test::staleContainer;

class TerminalTest : public test::CliTest {
protected:
    void SetUp() override {
        auto in = staleContainer('a', "a-service-with-quite-a-long-name");
        in.mounts.front().destination = "/etc/some/deeply/nested/folder/of/configuration/files/app.conf";
        auto changed = test::syncedContainer('b', "other");
        changed.mounts.front().host.mode = 040755;
        record("a-host-with-a-long-name", {in, changed});
    }
    /// The widest line, without the colours.
    static int widest(const std::string& text) {
        int most = 0;
        for (std::string line : linesOf(text)) {
            std::erase(line, '\r');
            if (const std::size_t cleared = line.rfind("\x1b[K"); cleared != std::string::npos)
                line.erase(0, cleared + 3); // progress that was wiped
            for (std::size_t at = line.find("\x1b["); at != std::string::npos; at = line.find("\x1b["))
                line.erase(at, line.find_first_of("mK", at) - at + 1);
            most = std::max(most, cli::displayWidth(line));
        }
        return most;
    }
};

TEST_F(TerminalTest, APipeGetsNoColours) {
    const Ran ran = inodeck(replay({"scan"}));
    EXPECT_EQ(ran.out.find('\x1b'), std::string::npos) << ran.out;
    EXPECT_EQ(ran.err.find('\x1b'), std::string::npos) << ran.err;
}

TEST_F(TerminalTest, ATerminalGetsColours) {
    const Ran ran = onTerminal(replay({"scan"}));
    EXPECT_EQ(ran.status, 1) << ran.out;
    EXPECT_NE(ran.out.find("\x1b[1;31mstale_inode\x1b[0m"), std::string::npos) << ran.out;
}

TEST_F(TerminalTest, ButNotWithNoColor) {
    environment["NO_COLOR"] = "1";
    const Ran ran = onTerminal(replay({"scan"}));
    EXPECT_EQ(ran.out.find("\x1b[1"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("stale_inode"), std::string::npos) << ran.out;
}

/// no-color.org: an empty variable is as good as none.
TEST_F(TerminalTest, AnEmptyNoColorAsksForNothing) {
    environment["NO_COLOR"] = "";
    EXPECT_NE(onTerminal(replay({"scan"})).out.find("\x1b[1;31m"), std::string::npos);
}

TEST_F(TerminalTest, NorOnADumbOne) {
    environment["TERM"] = "dumb";
    EXPECT_EQ(onTerminal(replay({"scan"})).out.find("\x1b[1"), std::string::npos);
}

TEST_F(TerminalTest, JsonOnATerminalIsStillJson) {
    const Ran ran = onTerminal(replay({"scan", "--json"}));
    EXPECT_EQ(ran.out.find('\x1b'), std::string::npos) << ran.out;
}

TEST_F(TerminalTest, TheTableFitsTheTerminal) {
    for (const unsigned short columns : {80, 100, 132}) {
        const Ran ran = onTerminal(replay({"scan"}), columns);
        EXPECT_LE(widest(ran.out), columns) << ran.out;
        EXPECT_NE(ran.out.find("source_type_changed"), std::string::npos)
            << "verdicts are never cut: " << ran.out;
    }
}

TEST_F(TerminalTest, OrWhatColumnsSaysWhereThereIsNone) {
    environment["COLUMNS"] = "80";
    const Ran narrow = inodeck(replay({"scan"}));
    EXPECT_LE(widest(narrow.out), 80) << narrow.out;
    EXPECT_NE(narrow.out.find("…"), std::string::npos) << narrow.out;
    EXPECT_NE(narrow.out.find("app.conf"), std::string::npos)
        << "the end of a path says most: " << narrow.out;
    environment["COLUMNS"] = "250";
    const Ran wide = inodeck(replay({"scan"}));
    EXPECT_EQ(wide.out.find("…"), std::string::npos) << wide.out;
    EXPECT_GT(widest(wide.out), 120) << wide.out;
}

TEST_F(TerminalTest, NonsenseInColumnsIsIgnored) {
    for (const char* columns : {"", "-5", "0", "many", "99999999999999999999"}) {
        environment["COLUMNS"] = columns;
        EXPECT_EQ(inodeck(replay({"scan"})).status, 1) << columns;
    }
}

} // namespace
} // namespace inodeck
