#include <cstdlib>
#include <fstream>

#include "core/audit/csv.h"
#include "core/audit/export.h"
#include "core/base/text.h"
#include "tests/cli/cli_rig.h"
#include "tests/support/hostile_payloads.h"
#include "tests/unit/audit_crash/audit_folder.h"

namespace inodeck {
namespace {

using test::harmIn;
using test::hostilePayloads;
using test::Ran;
using Texts = std::vector<std::string>;

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
        for (const std::string& payload : hostilePayloads()) {
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
    EXPECT_GE(hostilePayloads().size(), 200u);
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
    ASSERT_EQ(rows.size(), hostilePayloads().size() + 3) << "what it is, the columns, genesis";
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
    EXPECT_EQ(test::linesOf(ran.out).size(), hostilePayloads().size() + 1) << "one line each";
    EXPECT_EQ(harmIn(inodeck({"audit", "list"}).out), "") << "nor when it is piped into one";
}

TEST_F(PayloadTest, NoneActsOnTheTerminalInAuditShow) {
    recordAll();
    for (std::size_t i = 1; i <= hostilePayloads().size(); ++i) {
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
    for (std::size_t i = 0; i < hostilePayloads().size(); i += 9) {
        std::string name = hostilePayloads()[i];
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
    for (const std::string& payload : hostilePayloads()) {
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
    EXPECT_GE(test::linesOf(ran.out).size(), hostilePayloads().size());
    EXPECT_EQ(harmIn(inodeck(replay({"scan"})).out), "");
}

} // namespace
} // namespace inodeck
