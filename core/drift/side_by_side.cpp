#include "core/drift/side_by_side.h"

#include <algorithm>
#include <string_view>

#include "core/base/mask.h"
#include "core/drift/hex_dump.h"
#include "core/drift/line_diff.h"
#include "core/drift/line_marks.h"
#include "core/drift/lines.h"
#include "core/drift/shown_line.h"

namespace inodeck {

namespace {

/// One side: its lines, and how they are shown.
struct Text {
    Lines lines;
    std::vector<std::string> shown; ///< masked where that is wanted
    bool stopped = false;

    Text(std::string_view bytes, const SideBySideOptions& options)
        : lines(linesOf(bytes)) {
        Lines plain = lines;
        for (std::string_view& line : plain)
            line = withoutNewline(line);
        if (options.reveal)
            shown.assign(plain.begin(), plain.end());
        else
            shown = maskedLines(plain, {options.secretFile, options.stop});
        stopped = shown.size() != lines.size();
    }
    bool hides(std::size_t i) const { return shown[i] != withoutNewline(lines[i]); }
    ShownLine line(std::size_t i) const { return {i + 1, shown[i], {}, !lines[i].ends_with('\n')}; }
};

/// The masks of a line in which nothing else differs.
std::vector<TextSpan> maskSpans(const std::string& text) {
    std::vector<TextSpan> spans;
    for (std::size_t at = text.find(Mask); at != std::string::npos; at = text.find(Mask, at + Mask.size()))
        spans.push_back({at, Mask.size()});
    return spans;
}

class Builder {
public:
    Builder(const Text& before, const Text& after)
        : m_before(before)
        , m_after(after) {}

    void add(SideBySide& result, const DiffRun& run) const {
        const std::size_t first = result.rows.size();
        const std::size_t pairs = std::min(run.beforeCount, run.afterCount);
        for (std::size_t i = 0; i < std::max(run.beforeCount, run.afterCount); ++i) {
            SideRow row;
            row.kind = run.same              ? RowKind::Same
                       : i < pairs           ? RowKind::Changed
                       : i < run.beforeCount ? RowKind::Removed
                                             : RowKind::Added;
            if (i < run.beforeCount)
                row.before = m_before.line(run.before + i);
            if (i < run.afterCount)
                row.after = m_after.line(run.after + i);
            const bool hides = (i < run.beforeCount && m_before.hides(run.before + i)) ||
                               (i < run.afterCount && m_after.hides(run.after + i));
            result.masked = result.masked || hides;
            finish(row, hides);
            result.rows.push_back(std::move(row));
        }
        if (!run.same)
            result.changes.push_back(first);
    }

private:
    static void finish(SideRow& row, bool hides) {
        row.hiddenDiffers = row.kind == RowKind::Changed && hides && row.before.text == row.after.text &&
                            row.before.noNewline == row.after.noNewline;
        makeShown(row.before, row.after);
        if (row.hiddenDiffers) {
            row.before.marks = row.after.marks = maskSpans(row.before.text);
        } else if (row.kind == RowKind::Changed) {
            LineMarks marks = lineMarks(row.before.text, row.after.text);
            row.before.marks = std::move(marks.before);
            row.after.marks = std::move(marks.after);
        }
    }
    const Text& m_before;
    const Text& m_after;
};

} // namespace

SideBySide sideBySide(const std::string& before, const std::string& after, const SideBySideOptions& options) {
    SideBySide result;
    result.equal = before == after;
    result.binary = looksBinary(before) || looksBinary(after);
    const std::string beforeHex = result.binary ? hexHead(before, options) : std::string();
    const std::string afterHex = result.binary ? hexHead(after, options) : std::string();
    const Text old(result.binary ? beforeHex : before, options);
    const Text fresh(result.binary ? afterHex : after, options);
    LineNumbers numbers(options.ignoreBlanks && !result.binary);
    const auto oldNumbers = numbers.of(old.lines);
    const LineDiff diff = lineDiff(oldNumbers, numbers.of(fresh.lines), options.stop);
    result.stopped = old.stopped || fresh.stopped || diff.stopped;
    if (result.stopped)
        return result;
    result.approximate = diff.approximate;
    const Builder builder(old, fresh);
    for (const DiffRun& run : diff.runs)
        builder.add(result, run);
    result.onlyBlanks = !result.equal && !result.binary && result.changes.empty();
    return result;
}

std::vector<UnifiedLine> unifiedLines(const SideBySide& sides, std::size_t context) {
    using Part = UnifiedLine::Part;
    const std::vector<SideRow>& rows = sides.rows;
    std::vector<UnifiedLine> lines;
    std::size_t next = 0; // the first row that is not shown yet
    for (std::size_t c = 0; c < sides.changes.size();) {
        const std::size_t first = std::max(next, sides.changes[c] - std::min(context, sides.changes[c]));
        std::size_t end = first;
        for (; c < sides.changes.size() && (end == first || sides.changes[c] <= end + context); ++c) {
            end = sides.changes[c];
            while (end < rows.size() && rows[end].kind != RowKind::Same)
                ++end;
            end = std::min(end + context, rows.size());
        }
        next = end;
        const std::size_t header = lines.size();
        lines.push_back({Part::Header, first, {}});
        std::size_t counts[2] = {0, 0};
        std::size_t starts[2] = {0, 0};
        for (std::size_t i = first; i < end; ++i) {
            const std::size_t numbers[2] = {rows[i].before.number, rows[i].after.number};
            for (int side = 0; side < 2; ++side) {
                counts[side] += numbers[side] > 0;
                starts[side] = starts[side] > 0 ? starts[side] : numbers[side];
            }
        }
        for (std::size_t i = first; i < end;) {
            if (rows[i].kind == RowKind::Same) {
                lines.push_back({Part::Both, i++, {}});
                continue;
            }
            std::size_t stop = i;
            while (stop < end && rows[stop].kind != RowKind::Same)
                ++stop;
            for (const Part part : {Part::Before, Part::After})
                for (std::size_t k = i; k < stop; ++k)
                    if ((part == Part::Before ? rows[k].before : rows[k].after).number > 0)
                        lines.push_back({part, k, {}});
            i = stop;
        }
        lines[header].header = "@@ -" + std::to_string(starts[0]) + "," + std::to_string(counts[0]) + " +" +
                               std::to_string(starts[1]) + "," + std::to_string(counts[1]) + " @@";
    }
    return lines;
}

} // namespace inodeck
