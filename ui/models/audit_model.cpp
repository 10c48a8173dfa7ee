#include "ui/models/audit_model.h"

#include <QFont>
#include <algorithm>

#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

constexpr std::size_t MaxPages = 32;     // some 20 MB
constexpr std::size_t MaxWanted = 3;     // of a scroll bar that flies past, only where it is now
constexpr std::uint64_t MaxPinned = 500; // open intents

Result<std::vector<AuditRow>> rowsOf(AuditReader& log, const RecordFilter& filter, bool open,
                                     const Cancel& cancel) {
    std::vector<AuditRow> rows;
    const auto read = log.each(filter, [&](const StoredRecord& record) {
        rows.push_back(auditRow(record, open));
        return !cancel.requested();
    });
    if (!read)
        return tl::unexpected(read.error());
    return rows;
}

Verdict lookOf(const AuditRow& row) {
    if (row.open)
        return Verdict::NotLoaded;
    const std::string& status = row.record->draft.result->status;
    if (status == "verified" || status == "done")
        return Verdict::InSync;
    if (status == "refused" || status == "not_done")
        return Verdict::NotRunning;
    return status == "unknown" ? Verdict::Unknown : Verdict::StaleInode;
}

} // namespace

AuditModel::AuditModel(AuditLog& log, QObject* parent)
    : QAbstractTableModel(parent)
    , m_log(log)
    , m_cancel(std::make_shared<Cancel>()) {}

AuditModel::~AuditModel() {
    m_cancel->request();
}

void AuditModel::setFilter(const RecordFilter& filter) {
    m_filter = filter;
    reload();
}

void AuditModel::setNewestFirst(bool newestFirst) {
    m_newestFirst = newestFirst;
    reload();
}

Result<AuditModel::First> AuditModel::readFirst(AuditReader& log, RecordFilter filter, const Cancel& cancel) {
    RecordFilter last;
    last.newestFirst = true;
    last.limit = 1;
    const auto head = rowsOf(log, last, false, cancel);
    if (!head)
        return tl::unexpected(head.error());
    First first;
    const std::uint64_t end = head->empty() ? 0 : head->front().stored.seq + 1;
    first.logSize = end;
    filter.to = std::min(filter.to.value_or(end), end);
    RecordFilter open = filter;
    open.openOnly = true;
    open.limit = MaxPinned;
    auto pinned = rowsOf(log, open, true, cancel);
    if (!pinned)
        return tl::unexpected(pinned.error());
    first.open = std::move(*pinned);
    for (const AuditRow& row : first.open)
        filter.without.push_back(row.stored.seq);
    first.rest = filter;
    filter.limit = PageSize;
    auto rows = rowsOf(log, filter, false, cancel);
    if (!rows)
        return tl::unexpected(rows.error());
    first.rows = std::move(*rows);
    return first;
}

void AuditModel::reload() {
    m_cancel->request();
    m_cancel = std::make_shared<Cancel>();
    m_wanted.clear();
    m_reading = -1;
    RecordFilter filter = m_filter;
    filter.newestFirst = m_newestFirst;
    m_log.ask(AuditLog::Records, this,
              [this, filter, cancel = m_cancel](AuditReader* log, const Error& why) -> AuditLog::Then {
                  if (cancel->requested())
                      return {};
                  auto first = log ? readFirst(*log, filter, *cancel)
                               : why.code == ErrorCode::NotFound
                                   ? Result<First>(First{}) // no log: no records
                                   : tl::unexpected(why);
                  return [this, cancel, first = std::move(first)] {
                      if (cancel->requested())
                          return;
                      if (first)
                          takeFirst(*first);
                      else
                          Q_EMIT failed(QString::fromStdString(first.error().message));
                  };
              });
}

void AuditModel::takeFirst(First first) {
    beginResetModel();
    m_open = std::move(first.open);
    m_rest = std::move(first.rest);
    m_logSize = first.logSize;
    m_pages.clear();
    m_ends.clear();
    m_count = static_cast<int>(first.rows.size());
    m_complete = m_count < PageSize;
    if (m_count > 0) {
        m_ends[0] = first.rows.back().stored.seq;
        m_pages[0] = {std::move(first.rows), ++m_uses};
    }
    endResetModel();
    Q_EMIT loaded();
    if (m_complete)
        Q_EMIT counted();
    else
        count();
}

void AuditModel::count() {
    m_log.ask(
        AuditLog::Counts, this,
        [this, filter = m_rest, cancel = m_cancel](AuditReader* log, const Error& why) -> AuditLog::Then {
            if (cancel->requested())
                return {};
            const auto rows = log ? log->count(filter) : Result<std::uint64_t>(tl::unexpected(why));
            return [this, cancel, rows] {
                if (cancel->requested())
                    return;
                if (rows)
                    takeCount(static_cast<int>(std::min<std::uint64_t>(*rows, 1U << 30)));
                else
                    Q_EMIT failed(QString::fromStdString(rows.error().message));
            };
        });
}

void AuditModel::takeCount(int rows) {
    if (rows > m_count) {
        beginInsertRows({}, openCount() + m_count, openCount() + rows - 1);
        m_count = rows;
        endInsertRows();
    }
    m_complete = true;
    Q_EMIT counted();
}

const AuditModel::Page* AuditModel::page(int number) const {
    const auto found = m_pages.find(number);
    return found == m_pages.end() ? nullptr : &found->second;
}

const AuditRow* AuditModel::row(int row) const {
    if (row < 0 || row >= rowCount())
        return nullptr;
    if (row < openCount())
        return &m_open[static_cast<std::size_t>(row)];
    const int at = row - openCount();
    const Page* read = page(at / PageSize);
    if (read)
        read->used = ++m_uses;
    const auto within = static_cast<std::size_t>(at % PageSize);
    return read && within < read->rows.size() ? &read->rows[within] : nullptr;
}

int AuditModel::rowOf(std::uint64_t seq) const {
    const auto has = [seq](const AuditRow& row) { return row.stored.seq == seq; };
    if (const auto open = std::find_if(m_open.begin(), m_open.end(), has); open != m_open.end())
        return static_cast<int>(open - m_open.begin());
    for (const auto& [number, page] : m_pages)
        if (const auto found = std::find_if(page.rows.begin(), page.rows.end(), has);
            found != page.rows.end())
            return openCount() + number * PageSize + static_cast<int>(found - page.rows.begin());
    return -1;
}

/// Views ask for data while they paint: what is missing is read after that.
void AuditModel::want(int number) const {
    if (number == m_reading)
        return;
    std::erase(m_wanted, number);
    m_wanted.push_back(number);
    if (std::exchange(m_scheduled, true))
        return;
    QMetaObject::invokeMethod(const_cast<AuditModel*>(this), &AuditModel::readWanted, Qt::QueuedConnection);
}

/// Goes on from the nearest page before that was read: nothing is skipped when one scrolls.
RecordFilter AuditModel::filterOf(int number) const {
    RecordFilter filter = m_rest;
    filter.limit = PageSize;
    filter.offset = static_cast<std::uint64_t>(number) * PageSize;
    auto before = m_ends.lower_bound(number);
    if (before == m_ends.begin())
        return filter;
    --before;
    filter.offset = static_cast<std::uint64_t>(number - before->first - 1) * PageSize;
    (m_newestFirst ? filter.to : filter.from) = m_newestFirst ? before->second : before->second + 1;
    return filter;
}

void AuditModel::readWanted() {
    m_scheduled = false;
    if (m_wanted.size() > MaxWanted)
        m_wanted.erase(m_wanted.begin(), m_wanted.end() - MaxWanted);
    if (m_reading >= 0 || m_wanted.empty())
        return;
    m_reading = m_wanted.back();
    m_wanted.pop_back();
    m_log.ask(AuditLog::Records, this,
              [this, number = m_reading, filter = filterOf(m_reading),
               cancel = m_cancel](AuditReader* log, const Error& why) -> AuditLog::Then {
                  if (cancel->requested())
                      return {};
                  auto rows = log ? rowsOf(*log, filter, false, *cancel)
                                  : Result<std::vector<AuditRow>>(tl::unexpected(why));
                  return [this, cancel, number, rows = std::move(rows)] {
                      if (cancel->requested())
                          return;
                      if (!rows)
                          Q_EMIT failed(QString::fromStdString(rows.error().message));
                      takePage(number, rows.value_or(std::vector<AuditRow>{}));
                  };
              });
}

void AuditModel::takePage(int number, std::vector<AuditRow> rows) {
    m_reading = -1;
    if (!rows.empty())
        m_ends[number] = rows.back().stored.seq;
    m_pages[number] = {std::move(rows), ++m_uses};
    while (m_pages.size() > MaxPages)
        m_pages.erase(std::min_element(m_pages.begin(), m_pages.end(), [](const auto& a, const auto& b) {
            return a.second.used < b.second.used;
        }));
    const int first = openCount() + number * PageSize;
    const int last = std::min(first + PageSize, rowCount()) - 1;
    if (last >= first)
        Q_EMIT dataChanged(index(first, 0), index(last, AuditColumnCount - 1));
    readWanted();
}

int AuditModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : openCount() + m_count;
}

int AuditModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : AuditColumnCount;
}

QVariant AuditModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AuditRow* shown = row(index.row());
    const int number = (index.row() - openCount()) / PageSize;
    if (!shown) {
        if (!page(number))
            want(number);
        return role == Qt::DisplayRole && index.column() == TimeColumn ? tr("reading…") : QVariant();
    }
    switch (role) {
    case Qt::DisplayRole:
        return shown->cells[static_cast<std::size_t>(index.column())];
    case Qt::ToolTipRole:
        return index.column() == ReasonColumn && shown->record && !shown->record->draft.reason.empty()
                   ? tooltip(shown->record->draft.reason)
                   : QVariant();
    case Qt::DecorationRole:
        return index.column() == OutcomeColumn ? mark(*shown) : QVariant();
    case Qt::FontRole: {
        QFont font;
        font.setBold(true);
        return shown->open || !shown->record ? font : QVariant();
    }
    case SeqRole:
        return QVariant::fromValue<quint64>(shown->stored.seq);
    case OpenRole:
        return shown->open;
    default:
        return {};
    }
}

QVariant AuditModel::mark(const AuditRow& row) const {
    if (!row.open && !(row.record && row.record->draft.result))
        return {};
    QIcon& mark = m_icons[lookOf(row)];
    if (mark.isNull())
        mark = icon(lookOf(row), m_dark);
    return mark;
}

QVariant AuditModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 ||
        section >= AuditColumnCount)
        return {};
    static const std::array<const char*, AuditColumnCount> Names{
        QT_TR_NOOP("Time"),    QT_TR_NOOP("Type"),  QT_TR_NOOP("Host"),   QT_TR_NOOP("Service"),
        QT_TR_NOOP("Outcome"), QT_TR_NOOP("Actor"), QT_TR_NOOP("Reason"), QT_TR_NOOP("Record")};
    return tr(Names[static_cast<std::size_t>(section)]);
}

void AuditModel::setDark(bool dark) {
    m_dark = dark;
    m_icons.clear();
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, OutcomeColumn), index(rowCount() - 1, OutcomeColumn),
                           {Qt::DecorationRole});
}

} // namespace inodeck::ui
