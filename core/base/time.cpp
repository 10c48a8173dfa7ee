#include "core/base/time.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace inodeck {

using namespace std::chrono;

namespace {

/// Reads exactly `width` decimal digits at `pos` and moves past them.
std::optional<int> number(std::string_view text, std::size_t& pos, std::size_t width) {
    if (pos + width > text.size())
        return std::nullopt;
    int value = 0;
    for (std::size_t i = pos; i < pos + width; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    pos += width;
    return value;
}

bool literal(std::string_view text, std::size_t& pos, std::string_view anyOf) {
    if (pos >= text.size() || anyOf.find(text[pos]) == std::string_view::npos)
        return false;
    ++pos;
    return true;
}

std::optional<nanoseconds> fraction(std::string_view text, std::size_t& pos) {
    if (pos >= text.size() || text[pos] != '.')
        return nanoseconds{0};
    ++pos;
    std::int64_t value = 0;
    int digits = 0;
    for (; pos < text.size() && text[pos] >= '0' && text[pos] <= '9'; ++pos, ++digits)
        if (digits < 9)
            value = value * 10 + (text[pos] - '0');
    if (digits == 0)
        return std::nullopt;
    for (; digits < 9; ++digits)
        value *= 10;
    return nanoseconds{value};
}

std::optional<minutes> offset(std::string_view text, std::size_t& pos) {
    if (pos < text.size() && (text[pos] == 'Z' || text[pos] == 'z')) {
        ++pos;
        return minutes{0};
    }
    const bool negative = pos < text.size() && text[pos] == '-';
    if (!literal(text, pos, "+-"))
        return std::nullopt;
    const auto hour = number(text, pos, 2);
    if (!hour || !literal(text, pos, ":"))
        return std::nullopt;
    const auto minute = number(text, pos, 2);
    if (!minute || *hour > 23 || *minute > 59)
        return std::nullopt;
    const minutes value{*hour * 60 + *minute};
    return negative ? -value : value;
}

} // namespace

std::optional<TimePoint> parseRfc3339(std::string_view text) {
    std::size_t pos = 0;
    const auto y = number(text, pos, 4);
    if (!y || !literal(text, pos, "-"))
        return std::nullopt;
    const auto mo = number(text, pos, 2);
    if (!mo || !literal(text, pos, "-"))
        return std::nullopt;
    const auto d = number(text, pos, 2);
    if (!d || !literal(text, pos, "Tt "))
        return std::nullopt;
    const auto h = number(text, pos, 2);
    if (!h || !literal(text, pos, ":"))
        return std::nullopt;
    const auto mi = number(text, pos, 2);
    if (!mi || !literal(text, pos, ":"))
        return std::nullopt;
    const auto s = number(text, pos, 2);
    if (!s || *h > 23 || *mi > 59 || *s > 60)
        return std::nullopt;
    const auto frac = fraction(text, pos);
    const auto zone = frac ? offset(text, pos) : std::nullopt;
    const year_month_day date{year{*y}, month{static_cast<unsigned>(*mo)}, day{static_cast<unsigned>(*d)}};
    if (!zone || pos != text.size() || !date.ok() || *y < 1970 || *y > 2200)
        return std::nullopt;
    return TimePoint{sys_days{date} + hours{*h} + minutes{*mi} + seconds{*s} - *zone + *frac};
}

std::string formatRfc3339(TimePoint time, int digits) {
    const auto days = floor<std::chrono::days>(time);
    const year_month_day date{days};
    const hh_mm_ss clock{time - days};
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                  static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    std::string out = buffer.data();
    if (digits > 0) {
        std::snprintf(buffer.data(), buffer.size(), ".%09d", static_cast<int>(clock.subseconds().count()));
        out.append(buffer.data(), static_cast<std::size_t>(digits) + 1);
    }
    return out + "Z";
}

std::string formatDuration(nanoseconds duration) {
    const auto total = std::max<std::int64_t>(0, duration_cast<seconds>(duration).count());
    const auto two = [](std::int64_t a, const char* unitA, std::int64_t b, const char* unitB) {
        std::string text = std::to_string(a) + " " + unitA;
        return b == 0 ? text : text + " " + std::to_string(b) + " " + unitB;
    };
    if (total < 60)
        return std::to_string(total) + " s";
    if (total < 3600)
        return two(total / 60, "min", total % 60, "s");
    if (total < 86400)
        return two(total / 3600, "h", total % 3600 / 60, "min");
    return two(total / 86400, "d", total % 86400 / 3600, "h");
}

namespace {
class SystemClock final : public Clock {
public:
    TimePoint now() const override { return time_point_cast<nanoseconds>(system_clock::now()); }
};
} // namespace

const Clock& Clock::system() {
    static const SystemClock clock;
    return clock;
}

} // namespace inodeck
