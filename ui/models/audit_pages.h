#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "ui/models/audit_record.h"

namespace inodeck::ui {

/// Records as they were read; shared, because from the thread that reads to the list nothing is copied.
using AuditRows = std::shared_ptr<const std::vector<AuditRow>>;

/// A long list of records of which a few pages are kept: which are there, which are wanted, and what to ask
/// the log for to get one. Those that were looked at last stay.
class AuditPages {
public:
    static constexpr int PageSize = 200;

    /// Another list: what it holds in all, and its first page.
    void begin(const RecordFilter& filter, AuditRows first);
    /// Null while it is not read. `at` counts from the first record of the list.
    const AuditRow* row(int at) const;
    /// Whether the page was read, and is kept.
    bool has(int page) const { return m_pages.contains(page); }
    /// Of the records that are kept; -1: none of them.
    int find(std::uint64_t seq) const;
    void take(int page, AuditRows rows);

    /// Before all that are wanted so far.
    void want(int page);
    /// The page to read now; nullopt: none is wanted, or one is being read until it is taken.
    std::optional<int> next();
    /// Another list is on its way: nothing is read of this one, and what is being read does not come.
    void stop();
    /// It does not come.
    void resume() { m_stopped = false; }
    /// What to ask for. Goes on from the nearest page before that was read: nothing is skipped when one
    /// scrolls.
    RecordFilter filterOf(int page) const;

private:
    struct Page {
        AuditRows rows;
        mutable std::uint64_t used = 0; ///< when, by m_uses
    };
    RecordFilter m_filter;
    std::map<int, Page> m_pages;
    std::map<int, std::uint64_t> m_ends; ///< last seq of each page that was read, also of those let go
    std::vector<int> m_wanted;           ///< latest last
    std::optional<int> m_reading;
    bool m_stopped = false;
    mutable std::uint64_t m_uses = 0;
};

} // namespace inodeck::ui
