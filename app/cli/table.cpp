#include "app/cli/table.h"

#include <algorithm>
#include <array>
#include <clocale>
#include <cwchar>
#include <tuple>

#include "core/base/text.h"

namespace inodeck::cli {

namespace {

locale_t utf8() {
    static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return locale;
}

/// Code points with their widths.
std::vector<std::pair<std::string, int>> glyphs(const std::string& text) {
    const locale_t before = ::uselocale(utf8());
    std::vector<std::pair<std::string, int>> out;
    std::mbstate_t state{};
    for (std::size_t i = 0; i < text.size();) {
        wchar_t c = 0;
        std::size_t length = std::mbrtowc(&c, text.data() + i, text.size() - i, &state);
        if (length == 0 || length > text.size() - i)
            length = 1;
        out.emplace_back(text.substr(i, length), std::max(0, ::wcwidth(c)));
        i += length;
    }
    ::uselocale(before);
    return out;
}

constexpr std::size_t Columns = 6;
using Cells = std::array<std::string, Columns>;
const Cells Heads{"HOST", "SERVICE", "CONFIG", "ON HOST", "IN CONTAINER", "VERDICT"};
/// 80 columns hold the longest verdict beside the shortest of the others.
constexpr std::array<int, Columns> Least{6, 10, 11, 12, 12, 10};

struct Line {
    Cells cells;
    const Row* row = nullptr;
};

std::vector<Line> linesOf(const std::vector<HostScan>& scans, bool driftOnly) {
    std::vector<Line> lines;
    for (const HostScan& scan : scans) {
        for (const Row& row : scan.rows) {
            if (driftOnly && row.judgement.verdict == Verdict::InSync)
                continue;
            const Observation& o = row.observation;
            lines.push_back({{printable(scan.host), printable(o.container.label()), printable(o.destination),
                              briefHash(o.hostSide, row.secret),
                              o.container.running ? briefHash(o.containerSide, row.secret) : "-",
                              std::string(toString(row.judgement.verdict))},
                             &row});
        }
    }
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
        return a.row->judgement.verdict < b.row->judgement.verdict;
    });
    return lines;
}

/// Widths that fit the terminal: the widest of service and config gives way first.
std::array<int, Columns> widthsOf(const std::vector<Line>& lines, int columns) {
    std::array<int, Columns> widths{};
    for (std::size_t i = 0; i < Columns; ++i) {
        widths[i] = displayWidth(Heads[i]);
        for (const Line& line : lines)
            widths[i] = std::max(widths[i], displayWidth(line.cells[i]));
    }
    const auto total = [&] {
        int sum = 2 * static_cast<int>(Columns - 1);
        for (const int width : widths)
            sum += width;
        return sum;
    };
    while (total() > columns) {
        std::size_t widest = 2;
        for (const std::size_t i : {0u, 1u, 2u})
            if (widths[i] - Least[i] > widths[widest] - Least[widest])
                widest = i;
        if (widths[widest] <= Least[widest])
            break;
        --widths[widest];
    }
    return widths;
}

std::string padded(const std::string& text, int width) {
    const std::string shown = elided(text, width);
    return shown + std::string(static_cast<std::size_t>(std::max(0, width - displayWidth(shown))), ' ');
}

/// Breaks at blanks; words longer than the line stay whole.
std::string wrapped(const std::string& text, int columns, const std::string& indent) {
    std::string out;
    std::string line = indent;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string word = text.substr(begin, end - begin);
        if (line.size() > indent.size() && displayWidth(line) + 1 + displayWidth(word) > columns) {
            out += line + "\n";
            line = indent;
        }
        line += (line.size() > indent.size() ? " " : "") + word;
        begin = end + 1;
    }
    return out + line + "\n";
}

std::string rowText(const Line& line, const std::array<int, Columns>& widths, TimePoint now,
                    const Streams& io) {
    std::string out;
    for (std::size_t i = 0; i + 1 < Columns; ++i)
        out += padded(line.cells[i], widths[i]) + "  ";
    const Judgement& judgement = line.row->judgement;
    out += coloured(line.cells[Columns - 1], colourOf(judgement.verdict), io.colours) + "\n";
    if (judgement.verdict == Verdict::InSync)
        return out;
    std::string reason = judgement.reason;
    if (judgement.since)
        reason += " Since " + formatRfc3339(*judgement.since, 0) + " (" +
                  formatDuration(now - *judgement.since) + ").";
    return out + wrapped(reason, std::max(40, io.columns), "    ");
}

std::string summaryLine(const std::vector<HostScan>& scans) {
    std::string text;
    std::size_t mounts = 0;
    std::size_t failed = 0;
    for (const HostScan& scan : scans) {
        mounts += scan.rows.size();
        failed += scan.status == HostStatus::Ok ? 0 : 1;
    }
    for (const Verdict verdict : AllVerdicts) {
        std::size_t count = 0;
        for (const HostScan& scan : scans)
            count += static_cast<std::size_t>(
                std::count_if(scan.rows.begin(), scan.rows.end(),
                              [&](const Row& row) { return row.judgement.verdict == verdict; }));
        if (count > 0)
            text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(toString(verdict));
    }
    const auto plural = [](std::size_t n, const char* noun) {
        return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
    };
    return plural(mounts, "mount") + " on " + plural(scans.size(), "host") +
           (text.empty() ? "" : ": " + text) +
           (failed ? "; " + plural(failed, "host") + " not observed" : "") + "\n";
}

std::string hostLines(const std::vector<HostScan>& scans, const Streams& io) {
    std::string out;
    for (const HostScan& scan : scans) {
        if (scan.status != HostStatus::Ok)
            out += coloured(printable(scan.host) + ": not observed", "1;35", io.colours) + "\n" +
                   wrapped(scan.error.message, std::max(40, io.columns), "    ");
        else if (!scan.access.missing.empty())
            out += wrapped(printable(scan.host) + ": " + scan.access.missing, std::max(40, io.columns), "");
        for (const std::string& warning : scan.warnings)
            out += wrapped(printable(scan.host) + ": " + warning, std::max(40, io.columns), "");
    }
    return out.empty() ? out : out + "\n";
}

} // namespace

int displayWidth(const std::string& text) {
    int width = 0;
    for (const auto& [glyph, columns] : glyphs(text))
        width += columns;
    return width;
}

std::string elided(const std::string& text, int width) {
    if (displayWidth(text) <= width || width < 3)
        return text;
    const auto all = glyphs(text);
    std::string left;
    std::string right;
    int room = width - 1;
    for (std::size_t i = 0, j = all.size(); i < j && room > 0;) {
        // The end of a path says more than its beginning: three quarters are for it.
        if (all[j - 1].second > room)
            break;
        right.insert(0, all[--j].first);
        room -= all[j].second;
        if (i < j && all[i].second <= room && displayWidth(left) < (width - 1) / 4) {
            left += all[i].first;
            room -= all[i++].second;
        }
    }
    return left + "…" + right;
}

std::string coloured(const std::string& text, const char* sgr, bool on) {
    return on ? std::string("\x1b[") + sgr + "m" + text + "\x1b[0m" : text;
}

const char* colourOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::SourceMissing:
    case Verdict::SourceTypeChanged:
    case Verdict::StaleInode:
        return "1;31";
    case Verdict::Unknown:
        return "1;35";
    case Verdict::NotLoaded:
    case Verdict::ChangedSinceStart:
    case Verdict::DetachedInode:
        return "33";
    case Verdict::NotRunning:
        return "2";
    case Verdict::InSync:
        break;
    }
    return "32";
}

std::string briefHash(const Side& side, bool secret) {
    if (side.missing)
        return "(missing)";
    if (!side.facts)
        return "?";
    if (side.facts->sha256 && !secret)
        return side.facts->sha256->hex().substr(0, 12);
    return "#" + std::to_string(side.facts->inode);
}

std::string scanTable(const std::vector<HostScan>& scans, bool driftOnly, TimePoint now, const Streams& io) {
    const std::vector<Line> lines = linesOf(scans, driftOnly);
    std::string out;
    if (!lines.empty()) {
        const auto widths = widthsOf(lines, io.columns);
        std::string head;
        for (std::size_t i = 0; i < Columns; ++i)
            head += padded(Heads[i], widths[i]) + (i + 1 < Columns ? "  " : "");
        while (head.ends_with(' '))
            head.pop_back();
        out += coloured(head, "1", io.colours) + "\n";
        for (const Line& line : lines)
            out += rowText(line, widths, now, io);
        out += "\n";
    }
    return out + hostLines(scans, io) + summaryLine(scans);
}

} // namespace inodeck::cli
