#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <random>
#include <set>

#include "tests/unit/probe/answers.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;

/// The answers of real hosts that scripts/record-demo recorded.
std::vector<std::string> recordings() {
    std::vector<std::string> texts;
    for (const auto& entry : fs::directory_iterator(fs::path(INODECK_SOURCE_DIR) / "resources/demo/fleet"))
        if (entry.path().extension() == ".probe") {
            std::ifstream file(entry.path(), std::ios::binary);
            texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        }
    return texts;
}

std::vector<Observation> goodRows(const std::string& text) {
    const auto report = parseProbe(text);
    std::vector<Observation> rows;
    if (report)
        std::copy_if(report->observations.begin(), report->observations.end(), std::back_inserter(rows),
                     [](const Observation& o) { return judge(o).verdict == Verdict::InSync; });
    return rows;
}

/// Rows that nobody may call in sync: those that the recording itself does not.
class Recorded {
public:
    explicit Recorded(std::string text)
        : m_text(std::move(text))
        , m_good(goodRows(m_text)) {}

    const std::string& text() const { return m_text; }
    /// Every row that is in sync was so in the recording: one change spoils one of source and destination at
    /// most.
    void check(const std::string& changed) const {
        for (const Observation& row : goodRows(changed))
            ASSERT_TRUE(std::any_of(m_good.begin(), m_good.end(),
                                    [&](const Observation& o) {
                                        return o.container.id == row.container.id &&
                                               (o.source == row.source || o.destination == row.destination);
                                    }))
                << row.container.name << " " << row.destination;
    }

private:
    std::string m_text;
    std::vector<Observation> m_good;
};

class RecordingsTest : public ::testing::Test {
protected:
    void SetUp() override {
        for (std::string& text : recordings())
            hosts.emplace_back(std::move(text));
        ASSERT_GE(hosts.size(), 3U);
    }
    std::vector<Recorded> hosts;
    std::mt19937 random{20260210};
};

TEST_F(RecordingsTest, ShowEveryVerdictThatNeedsNoBaseline) {
    std::set<Verdict> seen;
    std::set<AccessLevel> levels;
    for (const Recorded& host : hosts) {
        const auto report = parseProbe(host.text());
        ASSERT_TRUE(report) << report.error().message;
        levels.insert(report->access.level);
        for (const Observation& o : report->observations)
            seen.insert(judge(o).verdict);
    }
    EXPECT_EQ(seen.size(), AllVerdicts.size() - 1);
    EXPECT_FALSE(seen.contains(Verdict::NotLoaded));
    EXPECT_TRUE(levels.contains(AccessLevel::DockerGroup));
    EXPECT_TRUE(levels.contains(AccessLevel::None));
}

TEST_F(RecordingsTest, CutAtAnyByteAreNoAnswer) {
    for (const Recorded& host : hosts)
        for (std::size_t size = 0; size < host.text().size(); ++size)
            ASSERT_FALSE(parseProbe(std::string_view(host.text()).substr(0, size))) << size;
}

TEST_F(RecordingsTest, AChangedByteNeverMakesARowGood) {
    static constexpr std::string_view Bytes("0159afhc xSE\n\0\xff", 15);
    for (const Recorded& host : hosts) {
        std::string text = host.text();
        for (std::size_t at = 0; at < text.size(); ++at) {
            const char old = text[at];
            text[at] =
                random() % 4 ? Bytes[random() % Bytes.size()] : static_cast<char>(old ^ (1 << random() % 8));
            host.check(text);
            if (HasFatalFailure())
                FAIL() << "byte " << at << ": " << text.substr(at - std::min<std::size_t>(at, 60), 120);
            text[at] = old;
        }
    }
}

TEST_F(RecordingsTest, ALostOrDoubledPieceNeverMakesARowGood) {
    for (const Recorded& host : hosts)
        for (int i = 0; i < 3000; ++i) {
            std::string text = host.text();
            const std::size_t at = random() % text.size();
            const std::size_t size = 1 + random() % (i % 2 ? 8 : 400);
            if (i % 3 == 0)
                text.insert(random() % text.size(), text.substr(at, size));
            else
                text.erase(at, size);
            host.check(text);
            ASSERT_FALSE(HasFatalFailure()) << at << " " << size;
        }
}

TEST_F(RecordingsTest, ALostLineNeverMakesARowGood) {
    for (const Recorded& host : hosts)
        for (std::size_t at = 0; at < host.text().size();) {
            const std::size_t end = host.text().find('\n', at) + 1;
            std::string text = host.text();
            text.erase(at, end - at);
            host.check(text);
            ASSERT_FALSE(HasFatalFailure()) << host.text().substr(at, end - at);
            at = end;
        }
}

} // namespace
} // namespace inodeck
