#pragma once

#include <QAbstractItemModel>
#include <array>
#include <set>
#include <unordered_map>
#include <vector>

#include "core/scan/scan.h"
#include "ui/models/look.h"

namespace inodeck::ui {

/// The groups of the fleet and their hosts, and how the last look at each went: the worst of what is there.
/// A host of two groups stands in both; one of none at the top. Hosts that cannot be reached stay, with the
/// reason.
class HostModel final : public QAbstractItemModel {
    Q_OBJECT

public:
    enum class State { New, Scanning, Ok, Failed, Cancelled };
    enum Role { ErrorRole = Qt::UserRole, NameRole };
    using Counts = std::array<int, AllVerdicts.size()>;

    /// All that is known of one host.
    struct Entry {
        Host host;
        State state = State::New;
        HostScan last; ///< without its rows
        Counts counts{};
        bool observed = false; ///< by any scan
        std::optional<Verdict> worst() const;
    };

    explicit HostModel(QObject* parent = nullptr)
        : QAbstractItemModel(parent) {}

    /// False when the host is there already.
    bool add(const Host& host);
    void remove(const std::string& host);
    void setScanning(const std::vector<std::string>& hosts);
    void take(const HostScan& scan);
    /// How each host was looked at last, failures included, without the rows; one that was not looked at yet
    /// says so.
    std::vector<HostScan> looks() const;
    void setDark(bool dark);
    /// Null for a group and for a host that is not there.
    const Entry* entry(const QModelIndex& index) const;
    const Entry* find(const std::string& host) const;
    /// The host, or those of the group.
    std::set<std::string> hostsOf(const QModelIndex& index) const;
    bool isGroup(const QModelIndex& index) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& index) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Group {
        std::string name;
        std::vector<std::size_t> hosts; ///< of m_hosts
    };
    std::size_t hostAt(const QModelIndex& index) const;
    void place(std::size_t host);
    void rebuild();
    void tell(std::size_t host);
    void tellAll();
    QString wordsOf(const Entry& entry) const;
    QString countsWords(std::optional<Verdict> worst, const Counts& counts) const;
    QVariant hostData(const Entry& entry, int role) const;
    QVariant groupData(const Group& group, int role) const;

    std::vector<Entry> m_hosts;
    std::unordered_map<std::string, std::size_t> m_byName;
    std::vector<Group> m_groups;
    std::vector<std::size_t> m_single; ///< hosts of no group
    VerdictIcons m_icons{false};
    bool m_dark = false;
};

} // namespace inodeck::ui
