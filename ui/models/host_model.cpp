#include "ui/models/host_model.h"

#include <algorithm>

namespace inodeck::ui {

namespace {

HostScan withoutRows(const HostScan& scan) {
    HostScan facts;
    facts.host = scan.host;
    facts.peer = scan.peer;
    facts.status = scan.status;
    facts.error = scan.error;
    facts.access = scan.access;
    facts.runtime = scan.runtime;
    facts.machineId = scan.machineId;
    facts.system = scan.system;
    facts.scannedAt = scan.scannedAt;
    facts.duration = scan.duration;
    facts.warnings = scan.warnings;
    return facts;
}

} // namespace

bool HostModel::add(const Host& host) {
    if (m_byName.contains(host.name))
        return false;
    const std::size_t number = m_hosts.size();
    m_hosts.push_back({host, State::New, {}, {}, false});
    m_byName[host.name] = number;
    place(number);
    return true;
}

/// Into its groups, which are made where they are new; they stand above the hosts of no group.
void HostModel::place(std::size_t host) {
    const std::vector<std::string>& names = m_hosts[host].host.groups;
    if (names.empty()) {
        const int row = rowCount();
        beginInsertRows({}, row, row);
        m_single.push_back(host);
        endInsertRows();
        return;
    }
    for (const std::string& name : names) {
        auto group = std::find_if(m_groups.begin(), m_groups.end(),
                                  [&](const Group& one) { return one.name == name; });
        if (group == m_groups.end()) {
            const int row = static_cast<int>(m_groups.size());
            beginInsertRows({}, row, row);
            group = m_groups.insert(m_groups.end(), {name, {}});
            endInsertRows();
        }
        const int row = static_cast<int>(group->hosts.size());
        const QModelIndex header = index(static_cast<int>(group - m_groups.begin()), 0);
        beginInsertRows(header, row, row);
        group->hosts.push_back(host);
        endInsertRows();
        Q_EMIT dataChanged(header, header);
    }
}

void HostModel::remove(const std::string& host) {
    const auto found = m_byName.find(host);
    if (found == m_byName.end())
        return;
    beginResetModel();
    m_hosts.erase(m_hosts.begin() + static_cast<std::ptrdiff_t>(found->second));
    rebuild();
    endResetModel();
}

void HostModel::rebuild() {
    m_byName.clear();
    m_groups.clear();
    m_single.clear();
    for (std::size_t i = 0; i < m_hosts.size(); ++i) {
        m_byName[m_hosts[i].host.name] = i;
        if (m_hosts[i].host.groups.empty())
            m_single.push_back(i);
        for (const std::string& name : m_hosts[i].host.groups) {
            auto group = std::find_if(m_groups.begin(), m_groups.end(),
                                      [&](const Group& one) { return one.name == name; });
            if (group == m_groups.end())
                group = m_groups.insert(m_groups.end(), {name, {}});
            group->hosts.push_back(i);
        }
    }
}

/// A host that was seen well keeps its picture while it is looked at again: only the first look is news.
void HostModel::setScanning(const std::vector<std::string>& hosts) {
    bool any = false;
    for (const std::string& name : hosts)
        if (const auto found = m_byName.find(name); found != m_byName.end()) {
            Entry& entry = m_hosts[found->second];
            if (entry.state != State::Ok && std::exchange(entry.state, State::Scanning) != State::Scanning)
                any = true;
        }
    if (any)
        tellAll();
}

void HostModel::take(const HostScan& scan) {
    const auto found = m_byName.find(scan.host);
    if (found == m_byName.end())
        return;
    Entry& entry = m_hosts[found->second];
    entry.state = scan.status == HostStatus::Ok       ? State::Ok
                  : scan.status == HostStatus::Failed ? State::Failed
                                                      : State::Cancelled;
    entry.last = withoutRows(scan);
    if (scan.status == HostStatus::Ok) {
        entry.observed = true;
        entry.counts = {};
        for (const Row& row : scan.rows)
            ++entry.counts[static_cast<std::size_t>(row.judgement.verdict)];
    }
    tell(found->second);
}

std::vector<HostScan> HostModel::looks() const {
    std::vector<HostScan> looks;
    for (const Entry& entry : m_hosts) {
        looks.push_back(entry.last);
        if (entry.last.host.empty()) {
            looks.back().host = entry.host.name;
            looks.back().error = {ErrorCode::NotFound, "It was not looked at yet."};
        }
    }
    return looks;
}

void HostModel::setDark(bool dark) {
    m_dark = dark;
    m_icons = VerdictIcons(dark);
    tellAll();
}

void HostModel::tell(std::size_t host) {
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        const auto& members = m_groups[g].hosts;
        const auto found = std::lower_bound(members.begin(), members.end(), host);
        if (found == members.end() || *found != host)
            continue;
        const QModelIndex header = index(static_cast<int>(g), 0);
        const QModelIndex row = index(static_cast<int>(found - members.begin()), 0, header);
        Q_EMIT dataChanged(row, row);
        Q_EMIT dataChanged(header, header);
    }
    const auto single = std::lower_bound(m_single.begin(), m_single.end(), host);
    if (single == m_single.end() || *single != host)
        return;
    const QModelIndex row =
        index(static_cast<int>(m_groups.size()) + static_cast<int>(single - m_single.begin()), 0);
    Q_EMIT dataChanged(row, row);
}

void HostModel::tellAll() {
    if (rowCount() == 0)
        return;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, 0));
    for (int g = 0; g < static_cast<int>(m_groups.size()); ++g) {
        const QModelIndex header = index(g, 0);
        Q_EMIT dataChanged(index(0, 0, header), index(rowCount(header) - 1, 0, header));
    }
}

// --- the tree: top rows have id 0, hosts in a group the group's number + 1 ---

bool HostModel::isGroup(const QModelIndex& index) const {
    return index.isValid() && index.internalId() == 0 && index.row() < static_cast<int>(m_groups.size());
}

std::size_t HostModel::hostAt(const QModelIndex& index) const {
    const auto row = static_cast<std::size_t>(index.row());
    return index.internalId() == 0 ? m_single[row - m_groups.size()]
                                   : m_groups[index.internalId() - 1].hosts[row];
}

const HostModel::Entry* HostModel::entry(const QModelIndex& index) const {
    return index.isValid() && !isGroup(index) ? &m_hosts[hostAt(index)] : nullptr;
}

const HostModel::Entry* HostModel::find(const std::string& host) const {
    const auto found = m_byName.find(host);
    return found == m_byName.end() ? nullptr : &m_hosts[found->second];
}

std::set<std::string> HostModel::hostsOf(const QModelIndex& index) const {
    if (const Entry* one = entry(index))
        return {one->host.name};
    std::set<std::string> names;
    if (isGroup(index))
        for (const std::size_t host : m_groups[static_cast<std::size_t>(index.row())].hosts)
            names.insert(m_hosts[host].host.name);
    return names;
}

QModelIndex HostModel::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex HostModel::parent(const QModelIndex& index) const {
    if (!index.isValid() || index.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, quintptr{0});
}

int HostModel::rowCount(const QModelIndex& parent) const {
    if (!parent.isValid())
        return static_cast<int>(m_groups.size() + m_single.size());
    return isGroup(parent) ? static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].hosts.size())
                           : 0;
}

int HostModel::columnCount(const QModelIndex&) const {
    return 1;
}

QVariant HostModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return isGroup(index) ? groupData(m_groups[static_cast<std::size_t>(index.row())], role)
                          : hostData(m_hosts[hostAt(index)], role);
}

} // namespace inodeck::ui
