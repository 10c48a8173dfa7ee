#include "ui/models/audit_model.h"

#include <QFont>
#include <algorithm>

#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

constexpr std::uint64_t MaxPinned = 500; // open intents

Result<AuditRows> rowsOf(AuditReader& log, const RecordFilter& filter, bool open, const Cancel& cancel) {
    std::vector<AuditRow> rows;
    const auto read = log.each(filter, [&](const StoredRecord& record) {
        rows.push_back(auditRow(record, open));
        return !cancel.requested();
    });
    if (!read)
        return tl::unexpected(read.error());
    return std::make_shared<const std::vector<AuditRow>>(std::move(rows));
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
    const std::uint64_t end = (*head)->empty() ? 0 : (*head)->front().stored.seq + 1;
    First first;
    first.logSize = end;
    filter.to = std::min(filter.to.value_or(end), end);
    RecordFilter open = filter;
    open.openOnly = true;
    open.limit = MaxPinned;
    const auto pinned = rowsOf(log, open, true, cancel);
    if (!pinned)
        return tl::unexpected(pinned.error());
    first.open = *pinned;
    for (const AuditRow& row : *first.open)
        filter.without.push_back(row.stored.seq);
    first.rest = filter;
    filter.limit = PageSize;
    const auto rows = rowsOf(log, filter, false, cancel);
    if (!rows)
        return tl::unexpected(rows.error());
    first.rows = *rows;
    return first;
}

void AuditModel::reload() {
    m_cancel->request();
    m_cancel = std::make_shared<Cancel>();
    m_rows.stop();
    RecordFilter filter = m_filter;
    filter.newestFirst = m_newestFirst;
    m_log.ask(AuditLog::Records, this,
              [this, filter, cancel = m_cancel](AuditReader* log, const Error& why) -> AuditLog::Then {
                  if (cancel->requested())
                      return {};
                  const auto first = log ? readFirst(*log, filter, *cancel)
                                     : why.code == ErrorCode::NotFound
                                         ? Result<First>(First{}) // no log: no records
                                         : tl::unexpected(why);
                  return [this, cancel, first] {
                      if (cancel->requested())
                          return;
                      if (first)
                          return takeFirst(*first);
                      m_rows.resume();
                      Q_EMIT failed(QString::fromStdString(first.error().message));
                  };
              });
}

void AuditModel::takeFirst(const First& first) {
    beginResetModel();
    m_open = first.open;
    m_rest = first.rest;
    m_logSize = first.logSize;
    m_rows.begin(first.rest, first.rows);
    m_count = first.rows ? static_cast<int>(first.rows->size()) : 0;
    m_complete = m_count < PageSize;
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

const AuditRow* AuditModel::row(int row) const {
    if (row < 0 || row >= rowCount())
        return nullptr;
    return row < openCount() ? &(*m_open)[static_cast<std::size_t>(row)] : m_rows.row(row - openCount());
}

int AuditModel::rowOf(std::uint64_t seq) const {
    for (int row = 0; row < openCount(); ++row)
        if ((*m_open)[static_cast<std::size_t>(row)].stored.seq == seq)
            return row;
    const int at = m_rows.find(seq);
    return at < 0 ? at : openCount() + at;
}

/// Views ask for data while they paint: what is missing is read after that.
void AuditModel::want(int page) const {
    m_rows.want(page);
    if (std::exchange(m_scheduled, true))
        return;
    QMetaObject::invokeMethod(const_cast<AuditModel*>(this), &AuditModel::readWanted, Qt::QueuedConnection);
}

void AuditModel::readWanted() {
    m_scheduled = false;
    const std::optional<int> page = m_rows.next();
    if (!page)
        return;
    m_log.ask(AuditLog::Records, this,
              [this, page = *page, filter = m_rows.filterOf(*page),
               cancel = m_cancel](AuditReader* log, const Error& why) -> AuditLog::Then {
                  if (cancel->requested())
                      return {};
                  const auto rows =
                      log ? rowsOf(*log, filter, false, *cancel) : Result<AuditRows>(tl::unexpected(why));
                  return [this, cancel, page, rows] {
                      if (cancel->requested())
                          return;
                      if (!rows)
                          Q_EMIT failed(QString::fromStdString(rows.error().message));
                      takePage(page, rows ? *rows : std::make_shared<const std::vector<AuditRow>>());
                  };
              });
}

void AuditModel::takePage(int page, AuditRows rows) {
    m_rows.take(page, std::move(rows));
    const int first = openCount() + page * PageSize;
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
        if (!m_rows.has(number))
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
