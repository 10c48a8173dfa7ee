#pragma once

#include <QAbstractListModel>
#include <vector>

#include "core/scan/scan.h"

namespace inodeck::ui {

/// The hosts and how the last look at each went. Hosts that cannot be reached stay, with the reason.
class HostModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum class State { New, Scanning, Ok, Failed, Cancelled };
    enum Role { ErrorRole = Qt::UserRole, NameRole };

    using QAbstractListModel::QAbstractListModel;

    /// False when the host is there already.
    bool add(const std::string& host);
    void remove(const std::string& host);
    void setScanning(const std::string& host);
    void take(const HostScan& scan);
    void setDark(bool dark);
    std::string name(int row) const { return m_hosts[static_cast<std::size_t>(row)].name; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Entry {
        std::string name;
        State state = State::New;
        std::string detail;
        Verdict worst = Verdict::InSync;
        bool hasRows = false;
    };
    QString display(const Entry& entry) const;
    QVariant decoration(const Entry& entry) const;
    void change(const std::string& host, const std::function<void(Entry&)>& edit);

    std::vector<Entry> m_hosts;
    bool m_dark = false;
};

} // namespace inodeck::ui
