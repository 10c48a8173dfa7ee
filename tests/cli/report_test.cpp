#include <fstream>

#include "core/base/sha256.h"
#include "tests/cli/cli_rig.h"

namespace inodeck {
namespace {

class ReportCommandTest : public test::CliTest {
protected:
    test::Ran report(const std::string& out, std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"report", "--out", out});
        return inodeck(replay(more));
    }
    std::string read(const std::string& name) const {
        std::ifstream file(folder / name);
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

TEST_F(ReportCommandTest, IsWrittenAsHtmlAndAsMarkdown) {
    record("vm1", {test::syncedContainer('a', "web"), test::staleContainer('b', "edge")});
    const test::Ran html = report("r.html");
    EXPECT_EQ(html.status, 1) << html.err;
    EXPECT_EQ(html.out, "r.html\n");
    const std::string hash = Sha256::of("new\n").hex();
    EXPECT_NE(read("r.html").find("<code>" + hash + "</code>"), std::string::npos);
    EXPECT_EQ(report("r.md").status, 1);
    EXPECT_NE(read("r.md").find("`" + hash + "`"), std::string::npos);
    EXPECT_LT(read("r.md").find("shop/edge"), read("r.md").find("shop/web"));
}

TEST_F(ReportCommandTest, NeverReplacesAFile) {
    record("vm1", {test::syncedContainer('a', "web")});
    EXPECT_EQ(report("r.md").status, 0);
    const std::string before = read("r.md");
    const test::Ran again = report("r.md");
    EXPECT_EQ(again.status, 2);
    EXPECT_NE(again.err.find("Cannot create r.md: File exists."), std::string::npos) << again.err;
    EXPECT_EQ(read("r.md"), before);
}

TEST_F(ReportCommandTest, WantsAKnownSuffix) {
    record("vm1", {test::syncedContainer('a', "web")});
    const test::Ran ran = report("r.pdf");
    EXPECT_EQ(ran.status, 2);
    EXPECT_NE(ran.err.find("--out must end in .html or .md."), std::string::npos) << ran.err;
}

TEST_F(ReportCommandTest, AHostThatWasNotObservedIsThreeAndNamed) {
    record("vm1", {test::staleContainer('b', "edge")});
    record("vm2", std::string("nonsense"));
    const test::Ran ran = report("r.md");
    EXPECT_EQ(ran.status, 3) << ran.err;
    EXPECT_NE(read("r.md").find("| `vm2` |"), std::string::npos);
}

} // namespace
} // namespace inodeck
