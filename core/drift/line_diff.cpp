#include "core/drift/line_diff.h"

#include <algorithm>
#include <dtl/dtl.hpp>
#include <unordered_map>

namespace inodeck {

namespace {

/// Half-open ranges of both sides.
struct Stretch {
    std::size_t before = 0, beforeEnd = 0, after = 0, afterEnd = 0;
    std::size_t size() const { return (beforeEnd - before) * (afterEnd - after); }
};

class Differ {
public:
    Differ(const std::vector<int>& before, const std::vector<int>& after, const std::function<bool()>& stop,
           const DiffBounds& bounds)
        : m_before(before)
        , m_after(after)
        , m_stop(stop)
        , m_bounds(bounds) {}

    LineDiff run() {
        compare({0, m_before.size(), 0, m_after.size()});
        return std::move(m_result);
    }

private:
    void add(bool same, const Stretch& s) {
        const std::size_t before = s.beforeEnd - s.before;
        const std::size_t after = s.afterEnd - s.after;
        if (before + after == 0)
            return;
        if (!m_result.runs.empty() && m_result.runs.back().same == same) {
            m_result.runs.back().beforeCount += before;
            m_result.runs.back().afterCount += after;
            return;
        }
        m_result.runs.push_back({same, s.before, before, s.after, after});
    }

    void compare(Stretch s) {
        Stretch head{s.before, s.before, s.after, s.after};
        while (s.before < s.beforeEnd && s.after < s.afterEnd && m_before[s.before] == m_after[s.after]) {
            head.beforeEnd = ++s.before;
            head.afterEnd = ++s.after;
        }
        Stretch tail{s.beforeEnd, s.beforeEnd, s.afterEnd, s.afterEnd};
        while (s.before < s.beforeEnd && s.after < s.afterEnd &&
               m_before[s.beforeEnd - 1] == m_after[s.afterEnd - 1]) {
            tail.before = --s.beforeEnd;
            tail.after = --s.afterEnd;
        }
        add(true, head);
        middle(s);
        add(true, tail);
    }

    void middle(const Stretch& s) {
        m_result.stopped = m_result.stopped || (m_stop && m_stop());
        if (s.size() == 0 || m_result.stopped)
            return add(false, s);
        if (s.size() <= m_bounds.stretch && m_done + s.size() <= m_bounds.all)
            return byDtl(s);
        const auto anchors = anchorsOf(s);
        if (anchors.empty()) {
            m_result.approximate = true;
            return add(false, s);
        }
        Stretch gap{s.before, s.before, s.after, s.after};
        for (const auto& [before, after] : anchors) {
            gap.beforeEnd = before;
            gap.afterEnd = after;
            compare(gap);
            add(true, {before, before + 1, after, after + 1});
            gap.before = before + 1;
            gap.after = after + 1;
        }
        gap.beforeEnd = s.beforeEnd;
        gap.afterEnd = s.afterEnd;
        compare(gap);
    }

    void byDtl(const Stretch& s) {
        m_done += s.size();
        const auto part = [](const std::vector<int>& all, std::size_t begin, std::size_t end) {
            return std::vector<int>(all.begin() + static_cast<std::ptrdiff_t>(begin),
                                    all.begin() + static_cast<std::ptrdiff_t>(end));
        };
        dtl::Diff<int> diff(part(m_before, s.before, s.beforeEnd), part(m_after, s.after, s.afterEnd));
        diff.compose();
        Stretch at{s.before, s.before, s.after, s.after};
        for (const auto& [line, info] : diff.getSes().getSequence()) {
            at.beforeEnd += info.type != dtl::SES_ADD;
            at.afterEnd += info.type != dtl::SES_DELETE;
            add(info.type == dtl::SES_COMMON, at);
            at.before = at.beforeEnd;
            at.after = at.afterEnd;
        }
    }

    /// Lines that both sides have exactly once, the longest series of them that is in order on both sides.
    std::vector<std::pair<std::size_t, std::size_t>> anchorsOf(const Stretch& s) const {
        struct Seen {
            int before = 0, after = 0;
            std::size_t beforeAt = 0, afterAt = 0;
        };
        std::unordered_map<int, Seen> seen;
        for (std::size_t i = s.before; i < s.beforeEnd; ++i) {
            Seen& one = seen[m_before[i]];
            ++one.before;
            one.beforeAt = i;
        }
        for (std::size_t i = s.after; i < s.afterEnd; ++i) {
            Seen& one = seen[m_after[i]];
            ++one.after;
            one.afterAt = i;
        }
        std::vector<std::pair<std::size_t, std::size_t>> unique;
        for (const auto& [line, one] : seen)
            if (one.before == 1 && one.after == 1)
                unique.emplace_back(one.beforeAt, one.afterAt);
        std::sort(unique.begin(), unique.end());
        return inOrder(unique);
    }

    /// Patience sorting: the longest subsequence whose second numbers grow.
    static std::vector<std::pair<std::size_t, std::size_t>>
    inOrder(const std::vector<std::pair<std::size_t, std::size_t>>& pairs) {
        std::vector<std::size_t> tops; // indices into pairs
        std::vector<std::size_t> previous(pairs.size(), pairs.size());
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const auto pile = std::lower_bound(
                tops.begin(), tops.end(), pairs[i].second,
                [&](std::size_t top, std::size_t value) { return pairs[top].second < value; });
            if (pile != tops.begin())
                previous[i] = *(pile - 1);
            if (pile == tops.end())
                tops.push_back(i);
            else
                *pile = i;
        }
        std::vector<std::pair<std::size_t, std::size_t>> series;
        for (std::size_t i = tops.empty() ? pairs.size() : tops.back(); i < pairs.size(); i = previous[i])
            series.push_back(pairs[i]);
        std::reverse(series.begin(), series.end());
        return series;
    }

    const std::vector<int>& m_before;
    const std::vector<int>& m_after;
    const std::function<bool()>& m_stop;
    DiffBounds m_bounds;
    std::size_t m_done = 0;
    LineDiff m_result;
};

} // namespace

LineDiff lineDiff(const std::vector<int>& before, const std::vector<int>& after,
                  const std::function<bool()>& stop, const DiffBounds& bounds) {
    return Differ(before, after, stop, bounds).run();
}

} // namespace inodeck
