#include "ui/models/host_model.h"

#include <QBrush>
#include <algorithm>

#include "ui/models/look.h"

namespace inodeck::ui {

bool HostModel::add(const std::string& host) {
    const bool known =
        std::any_of(m_hosts.begin(), m_hosts.end(), [&](const Entry& e) { return e.name == host; });
    if (known)
        return false;
    beginInsertRows({}, rowCount(), rowCount());
    m_hosts.push_back({host, State::New, {}, Verdict::InSync, false});
    endInsertRows();
    return true;
}

void HostModel::remove(const std::string& host) {
    for (int i = 0; i < rowCount(); ++i) {
        if (m_hosts[static_cast<std::size_t>(i)].name != host)
            continue;
        beginRemoveRows({}, i, i);
        m_hosts.erase(m_hosts.begin() + i);
        endRemoveRows();
        return;
    }
}

void HostModel::change(const std::string& host, const std::function<void(Entry&)>& edit) {
    for (int i = 0; i < rowCount(); ++i) {
        Entry& entry = m_hosts[static_cast<std::size_t>(i)];
        if (entry.name != host)
            continue;
        edit(entry);
        Q_EMIT dataChanged(index(i), index(i));
    }
}

void HostModel::setScanning(const std::string& host) {
    change(host, [](Entry& entry) { entry.state = State::Scanning; });
}

void HostModel::take(const HostScan& scan) {
    change(scan.host, [&](Entry& entry) {
        entry.state = scan.status == HostStatus::Ok       ? State::Ok
                      : scan.status == HostStatus::Failed ? State::Failed
                                                          : State::Cancelled;
        entry.detail = scan.status == HostStatus::Ok ? scan.access.missing : scan.error.message;
        if (scan.status != HostStatus::Ok)
            return;
        entry.hasRows = !scan.rows.empty();
        entry.worst = Verdict::InSync;
        for (const Row& row : scan.rows)
            entry.worst = std::min(entry.worst, row.judgement.verdict);
    });
}

void HostModel::setDark(bool dark) {
    m_dark = dark;
    if (!m_hosts.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int HostModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_hosts.size());
}

QString HostModel::display(const Entry& entry) const {
    switch (entry.state) {
    case State::Scanning:
        return tr("%1 – scanning").arg(literal(entry.name));
    case State::Failed:
        return tr("%1 – not reached").arg(literal(entry.name));
    case State::Cancelled:
        return tr("%1 – cancelled").arg(literal(entry.name));
    default:
        return literal(entry.name);
    }
}

QVariant HostModel::decoration(const Entry& entry) const {
    if (entry.state == State::Failed)
        return icon(Verdict::Unknown, m_dark);
    return entry.hasRows ? QVariant(icon(entry.worst, m_dark)) : QVariant(icon(Verdict::NotRunning, m_dark));
}

QVariant HostModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry& entry = m_hosts[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return display(entry);
    case Qt::DecorationRole:
        return decoration(entry);
    case Qt::ForegroundRole:
        return entry.state == State::Failed ? QVariant(QBrush(colour(Verdict::NotRunning, m_dark)))
                                            : QVariant();
    case Qt::ToolTipRole:
        return entry.detail.empty() ? tooltip(entry.name) : tooltip(entry.name + ": " + entry.detail);
    case ErrorRole:
        return entry.state == State::Failed ? literal(entry.detail) : QString();
    case NameRole:
        return literal(entry.name);
    default:
        return {};
    }
}

} // namespace inodeck::ui
