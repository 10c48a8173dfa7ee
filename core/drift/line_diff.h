#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace inodeck {

/// A stretch of two sequences: the same in both, or `beforeCount` lines in the place of which there are
/// `afterCount`.
struct DiffRun {
    bool same = false;
    std::size_t before = 0; ///< index of its first line
    std::size_t beforeCount = 0;
    std::size_t after = 0;
    std::size_t afterCount = 0;
};

struct LineDiff {
    std::vector<DiffRun> runs;
    bool approximate = false; ///< a stretch was too large to compare: it is shown as replaced as a whole
    bool stopped = false;     ///< `stop` said so; the runs are not complete
};

/// What is at most compared line by line, counted as the product of the lengths of both sides.
struct DiffBounds {
    std::size_t stretch = 1'000'000; ///< of one stretch between lines that both sides have once
    std::size_t all = 100'000'000;
};

/// Compares sequences of line numbers (equal number: equal line). dtl needs O(N·D) time and memory, so it
/// gets only the stretches between lines that each side has exactly once, and none above its bound; `stop` is
/// asked between them.
LineDiff lineDiff(const std::vector<int>& before, const std::vector<int>& after,
                  const std::function<bool()>& stop = {}, const DiffBounds& bounds = {});

} // namespace inodeck
