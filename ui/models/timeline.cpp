#include "ui/models/timeline.h"

#include <algorithm>
#include <array>

#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

QString who(const AuditActor& actor) {
    return actor.claimed.empty()
               ? literal(actor.account)
               : QStringLiteral("%1 (%2)").arg(literal(actor.claimed), literal(actor.account));
}

QString inWords(const RecordDraft& draft) {
    const QString reason = literal(draft.reason);
    const QString status = draft.result ? literal(draft.result->status) : QString();
    switch (draft.type) {
    case RecordType::Intent:
        return QObject::tr("%1 ordered a restart: %2").arg(who(draft.actor), reason);
    case RecordType::Outcome:
        return QObject::tr("Restart done: %1").arg(status);
    case RecordType::Recovered:
        return QObject::tr("What became of a restart was looked up: %1").arg(status);
    case RecordType::Refused:
        return QObject::tr("A restart was refused: %1").arg(reason);
    case RecordType::Reveal:
        return QObject::tr("%1 was shown the secrets of this container's files: %2")
            .arg(who(draft.actor), reason);
    case RecordType::Genesis:
    case RecordType::HostKeyAccepted:
    case RecordType::KeyRotate:
    case RecordType::Export:
        break;
    }
    return QString::fromStdString(std::string(toString(draft.type)));
}

void addFileEvents(std::vector<TimelineEvent>& events, const Observation& o) {
    const auto& host = o.hostSide.facts;
    const auto& inside = o.containerSide.facts;
    if (host && inside && (host->inode != inside->inode || host->dev != inside->dev)) {
        events.push_back({host->ctime, QObject::tr("The host's file was put in place or changed")});
        events.push_back({inside->ctime, QObject::tr("The container's file was changed or lost its name")});
    } else if (host) {
        events.push_back({host->ctime, o.container.startedAt && host->ctime >= *o.container.startedAt
                                           ? QObject::tr("The file was changed in place, after the start")
                                           : QObject::tr("The file was last changed")});
    }
}

} // namespace

std::vector<TimelineEvent> timelineOf(const MountModel::Entry& entry, const std::vector<SeenVerdict>& seen,
                                      const std::vector<ParsedRecord>& records) {
    const Observation& o = entry.row.observation;
    std::vector<TimelineEvent> events;
    if (o.container.startedAt)
        events.push_back({*o.container.startedAt, o.container.running
                                                      ? QObject::tr("The container was started")
                                                      : QObject::tr("The container was last started")});
    addFileEvents(events, o);
    for (const SeenVerdict& one : seen) {
        events.push_back({one.first, QObject::tr("Scan: %1").arg(label(one.verdict))});
        if (one.looks > 1)
            events.push_back(
                {one.last,
                 QObject::tr("Scan: still %1, seen %2 times").arg(label(one.verdict)).arg(one.looks)});
    }
    for (const ParsedRecord& record : records)
        events.push_back({record.envelope.ts, inWords(record.draft)});
    std::stable_sort(events.begin(), events.end(),
                     [](const TimelineEvent& a, const TimelineEvent& b) { return a.time > b.time; });
    return events;
}

Result<std::vector<ParsedRecord>> recordsOf(const std::string& auditWhere, const std::string& host,
                                            const Container& container, std::uint64_t limit) {
    auto log = openAuditReader(auditWhere);
    if (!log)
        return log.error().code == ErrorCode::NotFound ? Result<std::vector<ParsedRecord>>{}
                                                       : tl::unexpected(log.error());
    RecordFilter filter;
    filter.host = host;
    filter.service = container.project.empty() || container.service.empty()
                         ? (container.service.empty() ? container.name : container.service)
                         : container.project + "/" + container.service;
    filter.newestFirst = true;
    filter.limit = limit;
    std::vector<ParsedRecord> records;
    const auto read = (*log)->each(filter, [&](const StoredRecord& stored) {
        if (auto record = parseRecordLine(stored.line))
            records.push_back(std::move(*record));
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    return records;
}

void TimelineModel::setEvents(std::vector<TimelineEvent> events, TimePoint now) {
    beginResetModel();
    m_events = std::move(events);
    m_now = now;
    endResetModel();
}

void TimelineModel::setNow(TimePoint now) {
    m_now = now;
    if (!m_events.empty())
        Q_EMIT dataChanged(index(0, Ago), index(rowCount() - 1, Ago), {Qt::DisplayRole});
}

int TimelineModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int TimelineModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TimelineModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const TimelineEvent& event = m_events[static_cast<std::size_t>(index.row())];
    if (role == Qt::ToolTipRole && index.column() == What) // what is in it went through literal()
        return QStringLiteral("<p style='white-space:pre-wrap'>") + event.what.toHtmlEscaped() +
               QStringLiteral("</p>");
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case When:
        return localTime(event.time);
    case Ago:
        return ago(event.time, m_now);
    default:
        return event.what;
    }
}

QVariant TimelineModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const std::array<const char*, ColumnCount> Titles{QT_TR_NOOP("When"), QT_TR_NOOP("Ago"),
                                                             QT_TR_NOOP("What happened, newest first")};
    return section >= 0 && section < ColumnCount ? tr(Titles[static_cast<std::size_t>(section)]) : QVariant();
}

} // namespace inodeck::ui
