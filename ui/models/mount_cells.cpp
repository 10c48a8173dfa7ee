#include "ui/models/mount_cells.h"

#include <limits>

#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

qint64 seconds(const std::optional<TimePoint>& time, qint64 without) {
    return time ? std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count()
                : without;
}

} // namespace

QString cellText(const MountModel::Entry& entry, int column, TimePoint now) {
    const Observation& o = entry.row.observation;
    switch (column) {
    case MountModel::VerdictColumn:
        return label(entry.row.judgement.verdict);
    case MountModel::HostColumn:
        return literal(entry.host);
    case MountModel::ServiceColumn:
        return literal(o.container.label());
    case MountModel::ConfigColumn:
        return literal(o.destination);
    case MountModel::HostHash:
        return briefHash(o.hostSide, entry.row.secret);
    case MountModel::ContainerHash:
        return o.container.running ? briefHash(o.containerSide, entry.row.secret) : QStringLiteral("–");
    case MountModel::StaleSince:
        return ago(entry.row.judgement.since, now);
    case MountModel::UpSince:
        return o.container.running ? ago(o.container.startedAt, now) : QString();
    case MountModel::ChangeColumn:
        return label(entry.change);
    default:
        return {};
    }
}

QString cellToolTip(const MountModel::Entry& entry, int column, TimePoint now) {
    if (column == MountModel::ConfigColumn)
        return tooltip(entry.row.observation.source + " -> " + entry.row.observation.destination);
    return tooltip(column == MountModel::VerdictColumn ? entry.row.judgement.reason
                                                       : cellText(entry, column, now).toStdString());
}

MountModel::SortKey sortKey(const MountModel::Entry& one, int column) {
    constexpr qint64 Last = std::numeric_limits<qint64>::max();
    switch (column) {
    case MountModel::VerdictColumn:
        return {static_cast<qint64>(one.row.judgement.verdict), {}};
    case MountModel::StaleSince:
        return {seconds(one.row.judgement.since, Last), {}};
    case MountModel::UpSince:
        return {seconds(one.row.observation.container.startedAt, 0), {}};
    case MountModel::ChangeColumn:
        return {one.change == Change::None ? Last : static_cast<qint64>(one.change), {}};
    case MountModel::HostColumn:
        return {0, one.host};
    case MountModel::ServiceColumn:
        return {0, one.row.observation.container.label()};
    case MountModel::ConfigColumn:
        return {0, one.row.observation.destination};
    default: // the hashes
        return {0, cellText(one, column, {}).toStdString()};
    }
}

} // namespace inodeck::ui
