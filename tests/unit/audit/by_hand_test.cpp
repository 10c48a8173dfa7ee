#include <gtest/gtest.h>

#include "core/transport/child_process.h"
#include "tests/unit/audit/audit_rig.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// What an auditor does who does not have this program: the lines of VERIFY.md, in a shell that finds
/// nothing but openssl, sha256sum, awk and base64.
class ByHandTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        s_home = std::make_unique<TemporaryHome>();
        const auto log = openLog();
        fill(*log, 24, 9);
        exportTo(*log, *s_home / "whole");
        RecordFilter some;
        some.opId = "operation-7";
        exportTo(*log, *s_home / "chosen", some);
        fs::create_directory(*s_home / "bin");
        for (const char* tool : {"openssl", "sha256sum", "awk", "base64"})
            fs::create_symlink(fs::path("/usr/bin") / tool, fs::path(*s_home / "bin") / tool);
    }
    static void TearDownTestSuite() { s_home.reset(); }

    void SetUp() override { take("whole"); }
    void take(const std::string& name) {
        fs::remove_all(m_export);
        fs::copy(*s_home / name, m_export);
    }

    std::string check() const {
        std::string script = "cd '" + m_export + "'\n";
        for (const std::string& line : linesOf(readFile(m_export + "/VERIFY.md")))
            if (line.starts_with("    "))
                script += line.substr(4) + "\n";
        const auto ran = runProcess({"/usr/bin/env", "-i", "PATH=" + *s_home / "bin", "/bin/sh", "-eu"},
                                    script, 1 << 20, "sh", Deadline::after(60s), Cancel{});
        EXPECT_TRUE(ran) << ran.error().message;
        EXPECT_EQ(ran->error, "");
        EXPECT_EQ(ran->exitStatus, 0);
        return ran->output;
    }
    static bool complains(const std::string& output) {
        for (const std::string& line : linesOf(output))
            for (const char* what : {"NOT", "BAD", "ANOTHER", "MISSING", "OTHER", "NOBODY", "NO ", "MAY"})
                if (line.find(what) != std::string::npos)
                    return true;
        return false;
    }
    void edit(const std::string& name, const std::function<void(std::vector<std::string>&)>& change) const {
        auto lines = linesOf(readFile(m_export + "/" + name));
        change(lines);
        std::string text;
        for (const std::string& line : lines)
            text += line + "\n";
        writeFile(m_export + "/" + name, text);
    }
    /// Both files of records, since each record has its line in both.
    void editRecords(const std::function<void(std::vector<std::string>&)>& change) const {
        edit("audit.jsonl", change);
        edit("audit.sig", change);
    }

    static std::unique_ptr<TemporaryHome> s_home;
    const std::string m_export = *s_home / "export";
};

std::unique_ptr<TemporaryHome> ByHandTest::s_home;

TEST_F(ByHandTest, AWholeExportIsGood) {
    const VerifyReport report = verified(m_export);
    const std::string output = check();
    EXPECT_FALSE(complains(output)) << output;
    EXPECT_NE(output.find("24 records, head " + report.head + "\n"), std::string::npos) << output;
    EXPECT_NE(output.find("checkpoint signed by "), std::string::npos) << output;
}

TEST_F(ByHandTest, ChosenRecordsAreProven) {
    take("chosen");
    const std::string output = check();
    EXPECT_FALSE(complains(output)) << output;
    EXPECT_NE(output.find("4 records proven"), std::string::npos) << output; // two, and two that name keys
}

TEST_F(ByHandTest, WhatIsWrongIsSaid) {
    const auto wrong = [&](const char* what, const std::function<void()>& change,
                           const char* from = "whole") {
        take(from);
        change();
        const std::string output = check();
        EXPECT_TRUE(complains(output)) << what << ":\n" << output;
    };
    using Lines = std::vector<std::string>;
    const auto reason = [](Lines& lines) {
        const std::size_t at = lines[12].find("\"reason\":\"r");
        ASSERT_NE(at, std::string::npos) << lines[12];
        lines[12][at + 11] = '9';
    };
    wrong("changed", [&] { edit("audit.jsonl", reason); });
    wrong("deleted", [&] { editRecords([](Lines& lines) { lines.erase(lines.begin() + 12); }); });
    wrong("deleted only there", [&] { edit("audit.jsonl", [](Lines& lines) { lines.pop_back(); }); });
    wrong("signature deleted", [&] { edit("audit.sig", [](Lines& lines) { lines.pop_back(); }); });
    wrong("doubled", [&] { editRecords([](Lines& lines) { lines.insert(lines.begin() + 5, lines[5]); }); });
    wrong("swapped", [&] { editRecords([](Lines& lines) { std::swap(lines[5], lines[6]); }); });
    wrong("cut", [&] { editRecords([](Lines& lines) { lines.resize(20); }); });
    wrong("signature of another",
          [&] { edit("audit.sig", [](Lines& lines) { lines[5] = "5" + lines[6].substr(1); }); });
    wrong("checkpoint of fewer", [&] { edit("checkpoint", [](Lines& lines) { lines[1] = "23"; }); });
    wrong("another key", [&] {
        for (const auto& file : fs::directory_iterator(m_export))
            if (file.path().extension() == ".pem")
                writeFile(file.path(), publicKeyPem(newKey(*s_home, "foreign").publicKey()));
    });
    wrong(
        "proof of another",
        [&] { edit("proofs", [](Lines& lines) { lines[2].back() = lines[2].back() == '0' ? '1' : '0'; }); },
        "chosen");
}

/// A key that was retired signs one more record: everything else about it is right.
TEST_F(ByHandTest, ARetiredKeyIsSeen) {
    const auto keys = verified(m_export).keys.keys();
    ASSERT_EQ(keys.size(), 2u);
    edit("audit.jsonl", [&](std::vector<std::string>& lines) {
        const auto swapKid = [&](const std::string& from, const std::string& to) {
            const std::size_t at = lines[15].find(",\"kid\":\"" + from);
            if (at == std::string::npos)
                return false;
            lines[15].replace(at + 8, to.size(), to);
            return true;
        };
        const std::string one = keys.begin()->first;
        const std::string two = keys.rbegin()->first;
        EXPECT_TRUE(swapKid(one, two) || swapKid(two, one));
    });
    const std::string output = check();
    EXPECT_NE(output.find("record 15 IS SIGNED BY A KEY THAT MAY NOT"), std::string::npos) << output;
}

} // namespace
} // namespace inodeck
