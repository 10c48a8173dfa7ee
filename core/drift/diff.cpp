#include "core/drift/diff.h"

#include <algorithm>

#include "core/drift/hex_dump.h"
#include "core/drift/line_diff.h"
#include "core/drift/lines.h"

namespace inodeck {

namespace {

constexpr std::size_t Context = 3;

/// The last line of a file without a final newline says so, as diff does.
void put(TextDiff& diff, char sign, std::string_view line) {
    diff.lines.push_back(sign + std::string(withoutNewline(line)));
    if (!line.ends_with('\n'))
        diff.lines.emplace_back("\\ No newline at end of file");
}

/// "12,3"; where there is no line, the line before it.
std::string range(std::size_t first, std::size_t count) {
    return std::to_string(count > 0 ? first + 1 : first) + "," + std::to_string(count);
}

/// Changes that are near each other, with the lines around them.
void putHunk(TextDiff& diff, const DiffRun* begin, const DiffRun* end, const Lines& before,
             const Lines& after) {
    const std::size_t head = std::min(Context, begin->before);
    const DiffRun& last = end[-1];
    const std::size_t tail = std::min(Context, before.size() - last.before - last.beforeCount);
    const std::size_t oldFirst = begin->before - head;
    const std::size_t oldEnd = last.before + last.beforeCount + tail;
    const std::size_t newFirst = begin->after - head;
    const std::size_t newEnd = last.after + last.afterCount + tail;
    diff.lines.push_back("@@ -" + range(oldFirst, oldEnd - oldFirst) + " +" +
                         range(newFirst, newEnd - newFirst) + " @@");
    std::size_t at = oldFirst;
    for (const DiffRun* run = begin; run != end; ++run) {
        while (at < run->before)
            put(diff, ' ', before[at++]);
        for (std::size_t i = 0; !run->same && i < run->beforeCount; ++i)
            put(diff, '-', before[at++]);
        for (std::size_t i = 0; !run->same && i < run->afterCount; ++i)
            put(diff, '+', after[run->after + i]);
    }
    while (at < oldEnd)
        put(diff, ' ', before[at++]);
}

} // namespace

TextDiff diffOf(const std::string& before, const std::string& after) {
    TextDiff result;
    result.equal = before == after;
    result.binary = looksBinary(before) || looksBinary(after);
    if (result.equal || result.binary)
        return result;
    const Lines old = linesOf(before);
    const Lines fresh = linesOf(after);
    LineNumbers numbers;
    const std::vector<int> oldNumbers = numbers.of(old);
    const LineDiff diff = lineDiff(oldNumbers, numbers.of(fresh));
    const DiffRun* end = diff.runs.data() + diff.runs.size();
    for (const DiffRun* run = diff.runs.data(); run != end;) {
        if (run->same) {
            ++run;
            continue;
        }
        const DiffRun* last = run + 1;
        while (end - last > 1 && last->beforeCount <= 2 * Context)
            last += 2; // over a short stretch that is the same, to the next change
        putHunk(result, run, last, old, fresh);
        run = last;
    }
    return result;
}

} // namespace inodeck
