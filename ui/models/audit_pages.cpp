#include "ui/models/audit_pages.h"

#include <algorithm>

namespace inodeck::ui {

namespace {

constexpr std::size_t MaxPages = 32; // some 20 MB
constexpr std::size_t MaxWanted = 3; // of a scroll bar that flies past, only where it is now

} // namespace

void AuditPages::begin(const RecordFilter& filter, AuditRows first) {
    *this = {};
    m_filter = filter;
    if (first && !first->empty())
        take(0, std::move(first));
}

const AuditRow* AuditPages::row(int at) const {
    const auto found = m_pages.find(at / PageSize);
    if (found == m_pages.end())
        return nullptr;
    found->second.used = ++m_uses;
    const auto within = static_cast<std::size_t>(at % PageSize);
    const std::vector<AuditRow>& rows = *found->second.rows;
    return within < rows.size() ? &rows[within] : nullptr;
}

int AuditPages::find(std::uint64_t seq) const {
    for (const auto& [number, page] : m_pages) {
        const auto found = std::find_if(page.rows->begin(), page.rows->end(),
                                        [seq](const AuditRow& row) { return row.stored.seq == seq; });
        if (found != page.rows->end())
            return number * PageSize + static_cast<int>(found - page.rows->begin());
    }
    return -1;
}

void AuditPages::take(int page, AuditRows rows) {
    m_reading.reset();
    if (!rows->empty())
        m_ends[page] = rows->back().stored.seq;
    m_pages[page] = {std::move(rows), ++m_uses};
    while (m_pages.size() > MaxPages)
        m_pages.erase(std::min_element(m_pages.begin(), m_pages.end(), [](const auto& a, const auto& b) {
            return a.second.used < b.second.used;
        }));
}

void AuditPages::want(int page) {
    if (page == m_reading)
        return;
    std::erase(m_wanted, page);
    m_wanted.push_back(page);
}

std::optional<int> AuditPages::next() {
    if (m_wanted.size() > MaxWanted)
        m_wanted.erase(m_wanted.begin(), m_wanted.end() - MaxWanted);
    if (m_stopped || m_reading || m_wanted.empty())
        return std::nullopt;
    m_reading = m_wanted.back();
    m_wanted.pop_back();
    return m_reading;
}

void AuditPages::stop() {
    m_stopped = true;
    m_reading.reset();
}

RecordFilter AuditPages::filterOf(int page) const {
    RecordFilter filter = m_filter;
    filter.limit = PageSize;
    filter.offset = static_cast<std::uint64_t>(page) * PageSize;
    auto before = m_ends.lower_bound(page);
    if (before == m_ends.begin())
        return filter;
    --before;
    filter.offset = static_cast<std::uint64_t>(page - before->first - 1) * PageSize;
    const std::uint64_t end = before->second;
    (filter.newestFirst ? filter.to : filter.from) = filter.newestFirst ? end : end + 1;
    return filter;
}

} // namespace inodeck::ui
