#pragma once

#include <QAbstractTableModel>
#include <QIcon>
#include <map>
#include <memory>

#include "core/base/cancel.h"
#include "core/drift/verdict.h"
#include "ui/models/audit_log.h"
#include "ui/models/audit_pages.h"

namespace inodeck::ui {

/// The records that a filter chooses: first the intents without an outcome, then all others by number. Read
/// page by page, when a view asks for a row of it; until it is there, the row says so. The log grows only at
/// its end, so what is shown is the log as it was at the last reload().
class AuditModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { SeqRole = Qt::UserRole, OpenRole };
    static constexpr int PageSize = AuditPages::PageSize;

    explicit AuditModel(AuditLog& log, QObject* parent = nullptr);
    ~AuditModel() override;
    /// These choose and load; the rows so far stay until the first new ones are there.
    void setFilter(const RecordFilter& filter);
    void setNewestFirst(bool newestFirst);
    void reload();

    const RecordFilter& filter() const { return m_filter; }
    bool newestFirst() const { return m_newestFirst; }
    /// Whether rowCount() is all.
    bool complete() const { return m_complete; }
    /// How many records the log had when it was read.
    std::uint64_t logSize() const { return m_logSize; }
    /// How many open intents come first.
    int openCount() const { return m_open ? static_cast<int>(m_open->size()) : 0; }
    /// Null while it is not read.
    const AuditRow* row(int row) const;
    /// Of the rows that are read; -1: none of them.
    int rowOf(std::uint64_t seq) const;
    void setDark(bool dark);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// The first rows are there.
    void loaded();
    /// complete() is true now.
    void counted();
    /// A printable sentence.
    void failed(const QString& why);

private:
    struct First {
        AuditRows open;
        AuditRows rows;
        RecordFilter rest; ///< what the other pages are of
        std::uint64_t logSize = 0;
    };
    static Result<First> readFirst(AuditReader& log, RecordFilter filter, const Cancel& cancel);
    void takeFirst(const First& first);
    void count();
    void takeCount(int rows);
    void want(int page) const;
    QVariant mark(const AuditRow& row) const;
    void readWanted();
    void takePage(int number, AuditRows rows);

    AuditLog& m_log;
    RecordFilter m_filter;
    bool m_newestFirst = true;
    bool m_dark = false;
    bool m_complete = true;
    std::shared_ptr<Cancel> m_cancel; ///< of the questions of this load; those of others are dropped
    RecordFilter m_rest;
    std::uint64_t m_logSize = 0;
    AuditRows m_open;
    mutable AuditPages m_rows; ///< after the open ones; painting says what is wanted of them
    int m_count = 0;           ///< how many these are
    mutable bool m_scheduled = false;
    mutable std::map<Verdict, QIcon> m_icons;
};

} // namespace inodeck::ui
