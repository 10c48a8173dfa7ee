#include "core/base/time.h"

#include <gtest/gtest.h>
#include <random>

namespace inodeck {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

TimePoint at(std::int64_t unixSeconds, std::int64_t nanos = 0) {
    return TimePoint{seconds{unixSeconds} + nanoseconds{nanos}};
}

TEST(ParseRfc3339Test, ReadsWhatDockerAndStatWrite) {
    EXPECT_EQ(parseRfc3339("2026-02-10T09:14:03.123456789Z"), at(1770714843, 123456789));
    EXPECT_EQ(parseRfc3339("2026-02-10T09:14:03Z"), at(1770714843));
    EXPECT_EQ(parseRfc3339("2026-02-10 09:14:03.5+00:00"), at(1770714843, 500000000));
    EXPECT_EQ(parseRfc3339("2026-02-10T10:44:03.1234567891+01:30"), at(1770714843, 123456789));
    EXPECT_EQ(parseRfc3339("2026-02-10t04:14:03z"), at(1770696843));
    EXPECT_EQ(parseRfc3339("1970-01-01T00:00:00Z"), at(0));
    EXPECT_EQ(parseRfc3339("2024-02-29T00:00:00-05:00"), at(1709182800));
}

TEST(ParseRfc3339Test, NeverHappenedIsNoTime) {
    EXPECT_FALSE(parseRfc3339("0001-01-01T00:00:00Z"));
}

TEST(ParseRfc3339Test, RefusesWhatIsNoTime) {
    for (const char* text : {"", "2026", "2026-02-10", "2026-02-10T09:14:03", "2026-02-10T09:14:03.Z",
                             "2026-13-10T09:14:03Z", "2026-02-30T09:14:03Z", "2026-02-10T24:00:00Z",
                             "2026-02-10T09:60:00Z", "2026-02-10T09:14:61Z", "2026-02-10T09:14:03+2:00",
                             "2026-02-10T09:14:03+24:00", "2026-02-10T09:14:03Zx", " 2026-02-10T09:14:03Z",
                             "2201-01-01T00:00:00Z", "-026-02-10T09:14:03Z", "2026-02-10T09:14:03+00:0"})
        EXPECT_FALSE(parseRfc3339(text)) << text;
}

TEST(FormatRfc3339Test, ComesBackAsItWas) {
    std::mt19937_64 random(3);
    for (int i = 0; i < 10'000; ++i) {
        const TimePoint time = at(static_cast<std::int64_t>(random() % 7'000'000'000),
                                  static_cast<std::int64_t>(random() % 1'000'000'000));
        ASSERT_EQ(parseRfc3339(formatRfc3339(time)), time);
    }
}

TEST(FormatRfc3339Test, CutsAndNeverRounds) {
    const TimePoint time = at(1770714843, 999999999);
    EXPECT_EQ(formatRfc3339(time, 0), "2026-02-10T09:14:03Z");
    EXPECT_EQ(formatRfc3339(time, 3), "2026-02-10T09:14:03.999Z");
    EXPECT_EQ(formatRfc3339(time, 9), "2026-02-10T09:14:03.999999999Z");
}

TEST(FormatDurationTest, TheTwoLargestUnits) {
    EXPECT_EQ(formatDuration(-5s), "0 s");
    EXPECT_EQ(formatDuration(59s), "59 s");
    EXPECT_EQ(formatDuration(12min), "12 min");
    EXPECT_EQ(formatDuration(12min + 3s), "12 min 3 s");
    EXPECT_EQ(formatDuration(26h), "1 d 2 h");
    EXPECT_EQ(formatDuration(3h + 59min), "3 h 59 min");
    EXPECT_EQ(formatDuration(96h), "4 d");
}

} // namespace
} // namespace inodeck
