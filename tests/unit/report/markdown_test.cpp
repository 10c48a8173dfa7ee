#include <gtest/gtest.h>

#include "tests/support/hostile_names.h"
#include "tests/support/incidents.h"

namespace inodeck {
namespace {

using report::incidentDocument;
using report::toMarkdown;

std::string markdownWith(const std::string& name) {
    return toMarkdown(incidentDocument(test::incidentWith(name)));
}

struct Read {
    std::string outside;           ///< what is not code, line by line
    std::vector<std::string> code; ///< spans and lines of fenced blocks
};

/// CommonMark's rules for fences and code spans, and no others: what is left outside must be ours.
Read readMarkdown(const std::string& text) {
    Read read;
    std::string fence;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        const std::string line = text.substr(at, end - at);
        at = end + 1;
        const std::size_t ticks = std::min(line.find_first_not_of('`'), line.size());
        if (!fence.empty()) {
            if (line == fence)
                fence.clear();
            else
                read.code.push_back(line);
            continue;
        }
        if (ticks >= 3 && line.find('`', ticks) == std::string::npos) {
            fence = line.substr(0, ticks);
            continue;
        }
        for (std::size_t i = 0; i < line.size();) {
            if (line[i] == '\\') {
                read.outside += line.substr(i, 2);
                i += 2;
                continue;
            }
            if (line[i] != '`') {
                read.outside += line[i++];
                continue;
            }
            const std::size_t open = std::min(line.find_first_not_of('`', i), line.size()) - i;
            std::size_t close = i + open;
            for (;;) {
                close = line.find('`', close);
                if (close == std::string::npos)
                    break;
                const std::size_t run = std::min(line.find_first_not_of('`', close), line.size()) - close;
                if (run == open)
                    break;
                close += run;
            }
            EXPECT_NE(close, std::string::npos) << "an open code span: " << line.substr(0, 200);
            if (close == std::string::npos)
                return read;
            read.code.push_back(line.substr(i + open, close - i - open));
            i = close + open;
        }
        read.outside += '\n';
    }
    EXPECT_TRUE(fence.empty());
    return read;
}

bool stands(const Read& read, const std::string& name) {
    std::string inTable; // where a bar is escaped
    for (const char c : name)
        inTable += c == '|' ? std::string("\\|") : std::string(1, c);
    std::size_t found = 0;
    for (const std::string& code : read.code)
        found += code.find(name) != std::string::npos || code.find(inTable) != std::string::npos;
    return found >= 20;
}

TEST(ReportMarkdown, HostileNamesStandInCodeAndNowhereElse) {
    const Read plain = readMarkdown(markdownWith("plain"));
    for (const std::string& name : test::hostileNames()) {
        const Read read = readMarkdown(markdownWith(name));
        EXPECT_EQ(read.outside, plain.outside) << printable(name).substr(0, 80);
        EXPECT_TRUE(stands(read, printable(name))) << printable(name).substr(0, 80);
    }
}

TEST(ReportMarkdown, ABarInACellIsEscaped) {
    report::Grid grid;
    grid.header = {"one"};
    grid.rows = {{report::literal("a|b\\|c")}};
    EXPECT_EQ(toMarkdown({"", {grid}}), "| one |\n| --- |\n| `a\\|b\\\\\\|c` |\n\n");
}

} // namespace
} // namespace inodeck
