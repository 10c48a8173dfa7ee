#include <cstdlib>
#include <fstream>

#include "core/audit/csv.h"
#include "core/audit/export.h"
#include "core/base/text.h"
#include "tests/cli/cli_rig.h"
#include "tests/unit/audit_crash/audit_folder.h"

namespace inodeck {
namespace {

using test::Ran;
using Texts = std::vector<std::string>;

/// Each pattern with each special text put in the place of its "?".
void add(Texts& payloads, const Texts& patterns, const Texts& specials) {
    for (const std::string& special : specials)
        for (std::string text : patterns) {
            for (std::size_t at = text.find('?'); at != std::string::npos;
                 at = text.find('?', at + special.size()))
                text.replace(at, 1, special);
            payloads.push_back(std::move(text));
        }
}

/// More than two hundred names and reasons that are more than text somewhere.
const Texts& payloads() {
    static const Texts all = [] {
        Texts list;
        add(list,
            {"?1+1", "?cmd|' /C calc'!A0", "?HYPERLINK(\"http://x/\"&A1,\"ok\")", "?SUM(1,2);\"\r\n=2",
             " ?1"},
            {"=", "+", "-", "@", "\t=", "\r=", "\n=", "\"=", "＝", "＋", "－", "＠"});
        add(list, {"edge?", "?m web", "new\n?log"},
            {"\x1b[2J",
             "\x1b[31;5m",
             "\x1b]0;title\a",
             "\x1b]52;c;cm0gLXJm\a",
             "\x1b]8;;http://x\x1b\\ok",
             "\x1bPq#0\x1b\\",
             "\x1b[6n",
             "\x1b[?1049h",
             "\x1b[1A\x1b[2K",
             "\x1b"
             "c",
             "\x9b"
             "2J",
             "\xc2\x9b"
             "2J",
             "\xc2\x9d"
             "0;x\xc2\x9c",
             "\x90q\x9c",
             "\a",
             "\b\b\b",
             "\x7f",
             "\r",
             "\v",
             "\f",
             "\x0e",
             "\x0f",
             "\x05",
             std::string(1, '\0'),
             "\xff\xfe",
             "\xc3\x28",
             "\xed\xa0\x80",
             "\xf4\x90\x80\x80",
             "\\x1b[2J",
             "\x1b[999;999H"});
        Texts hiding;
        for (const char* c : {"\u061c", "\u200b", "\u200c",     "\u200d",     "\u200e", "\u200f", "\u2028",
                              "\u2029", "\u202a", "\u202b",     "\u202c",     "\u202d", "\u202e", "\u2060",
                              "\u2066", "\u2067", "\u2068",     "\u2069",     "\u206a", "\u206f", "\ufeff",
                              "\u00ad", "\u180e", "\U000e0001", "\U000e0041", "\ufff9"})
            hiding.emplace_back(c);
        add(list, {"edge?txt.exe", "?web", "ok? \"verified\""}, hiding);
        return list;
    }();
    return all;
}

/// Bytes that a terminal or a reader would act on: escapes, controls, C1, bidi and hidden characters. What is
/// allowed: line ends.
std::string harmIn(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
        std::string line = text.substr(at, end - at);
        if (line.starts_with("\x1b[K"))
            line.erase(0, 3); // our own progress is wiped; no payload has this
        std::string undone = printable(line);
        for (std::size_t i = 0; (i = undone.find("\\\\", i)) != std::string::npos; ++i)
            undone.erase(i, 1);
        if (undone != line)
            return undone;
        at = end + 1;
    }
    return {};
}

/// RFC 4180, every field quoted; empty when it is not that.
std::vector<Texts> parsedCsv(const std::string& csv) {
    std::vector<Texts> rows(1);
    for (std::size_t at = 0; at < csv.size();) {
        if (csv[at] != '"')
            return {};
        std::string field;
        for (++at; at < csv.size(); ++at) {
            if (csv[at] == '"' && (at + 1 >= csv.size() || csv[++at] != '"'))
                break;
            field += csv[at];
        }
        rows.back().push_back(field);
        if (csv.compare(at, 2, "\r\n") == 0) {
            rows.emplace_back();
            at += 2;
        } else if (at < csv.size() && csv[at++] != ',') {
            return {};
        }
    }
    rows.pop_back();
    return rows;
}

bool isFormula(const std::string& field) {
    const std::size_t begin = field.find_first_not_of(' ');
    if (begin == std::string::npos)
        return false;
    if (std::string_view("=+-@\t\r\n").find(field[begin]) != std::string_view::npos)
        return true;
    const std::string first = field.substr(begin, 3);
    return first == "＝" || first == "＋" || first == "－" || first == "＠";
}

class PayloadTest : public test::CliTest {
protected:
    PayloadTest() {
        ::setenv("XDG_DATA_HOME", (folder / "data").c_str(), 1);
        ::setenv("XDG_STATE_HOME", (folder / "state").c_str(), 1);
    }
    /// One record for each, with the payload wherever others choose the text.
    void recordAll() const {
        auto store = openAuditStore({});
        ASSERT_TRUE(store) << store.error().message;
        for (const std::string& payload : payloads()) {
            RecordDraft draft = test::draftOf(RecordType::Outcome, payload);
            draft.actor = {payload, payload, payload};
            draft.target.vm = payload;
            draft.target.project = payload;
            draft.target.service = payload;
            draft.argv = {"docker", payload};
            draft.evidence.push_back({payload, payload, "stale_inode", {}, {}, false});
            draft.result = AuditResult{};
            draft.result->status = "failed";
            draft.result->health = payload;
            draft.result->stderrTail = payload;
            ASSERT_TRUE((*store)->append(draft, Deadline::after(std::chrono::seconds{5})));
        }
    }
};

TEST_F(PayloadTest, ThereAreEnough) {
    EXPECT_GE(payloads().size(), 200u);
    EXPECT_NE(harmIn("a\x1b[2J"), "");
    EXPECT_NE(harmIn("a\u202e"), "");
    EXPECT_NE(harmIn("\xc2\x9b"), "");
    EXPECT_EQ(harmIn("C:\\x \\x1b ü\r\n"), "");
}

TEST_F(PayloadTest, NoneIsAFormulaOrAnEscapeInCsv) {
    recordAll();
    auto log = openAuditReader({});
    ExportOptions options;
    options.out = folder / "log.csv";
    options.format = ExportFormat::Csv;
    ASSERT_TRUE(log && exportLog(**log, options, Cancel{}));
    std::ifstream file(options.out, std::ios::binary);
    const std::string csv{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(harmIn(csv), "");
    const auto rows = parsedCsv(csv);
    ASSERT_EQ(rows.size(), payloads().size() + 3) << "what it is, the columns, genesis";
    for (std::size_t i = 1; i < rows.size(); ++i) {
        EXPECT_EQ(rows[i].size(), rows[1].size()) << "row " << i;
        for (const std::string& field : rows[i])
            EXPECT_FALSE(isFormula(field)) << field;
    }
}

TEST_F(PayloadTest, NoneActsOnTheTerminalInAuditList) {
    recordAll();
    const Ran ran = onTerminal({"audit", "list"});
    EXPECT_EQ(ran.status, 0) << ran.out;
    EXPECT_EQ(harmIn(ran.out), "");
    EXPECT_EQ(test::linesOf(ran.out).size(), payloads().size() + 1) << "one line each";
    EXPECT_EQ(harmIn(inodeck({"audit", "list"}).out), "") << "nor when it is piped into one";
}

TEST_F(PayloadTest, NoneActsOnTheTerminalInAuditShow) {
    recordAll();
    for (std::size_t i = 1; i <= payloads().size(); ++i) {
        const Ran ran = onTerminal({"audit", "show", std::to_string(i)});
        EXPECT_EQ(ran.status, 0) << ran.out;
        EXPECT_EQ(harmIn(ran.out), "");
        EXPECT_EQ(test::linesOf(ran.out).size(), 1u) << ran.out;
    }
}

TEST_F(PayloadTest, NoneActsOnTheTerminalInAuditVerifyAndInErrors) {
    recordAll();
    EXPECT_EQ(
        harmIn(
            onTerminal({"audit", "verify", "--audit", (folder / "data/inodeck/audit.sqlite").string()}).out),
        "");
    for (std::size_t i = 0; i < payloads().size(); i += 9) {
        std::string name = payloads()[i];
        std::erase(name, '\0');
        EXPECT_EQ(harmIn(onTerminal({"audit", "verify", name}).out), "") << i;
        EXPECT_EQ(harmIn(onTerminal({"audit", "list", "--host", name}).out), "") << i;
    }
}

std::string jsonText(const std::string& text) {
    std::string out;
    for (const char c : text) {
        char escaped[8];
        std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned char>(c));
        out += static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' ? std::string(escaped)
                                                                             : std::string(1, c);
    }
    return out;
}

TEST_F(PayloadTest, NoneActsOnTheTerminalInAScan) {
    std::vector<test::ContainerText> containers;
    for (const std::string& payload : payloads()) {
        auto container = test::staleContainer('a', isUtf8(payload) ? jsonText(payload) : "edge");
        const std::string number = std::to_string(containers.size());
        container.id.replace(0, number.size(), number);
        container.name = "c" + number;
        container.project = container.service;
        std::string path = payload;
        std::erase(path, '\0');
        container.mounts.front().destination = "/etc/" + path;
        containers.push_back(container);
    }
    record("vm1", containers);
    environment["TERM"] = "dumb";
    const Ran ran = onTerminal(replay({"scan"}), 250);
    EXPECT_EQ(ran.status, 1) << ran.out;
    EXPECT_EQ(harmIn(ran.out), "");
    EXPECT_GE(test::linesOf(ran.out).size(), payloads().size());
    EXPECT_EQ(harmIn(inodeck(replay({"scan"})).out), "");
}

} // namespace
} // namespace inodeck
