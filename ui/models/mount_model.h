#pragma once

#include <QAbstractTableModel>
#include <map>
#include <vector>

#include "core/scan/scan.h"

namespace inodeck::ui {

/// All mounts of all hosts, one row each. A new scan of a host is merged row by row, so that selection and
/// scroll stay.
class MountModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        VerdictColumn,
        HostColumn,
        ServiceColumn,
        ConfigColumn,
        HostHash,
        ContainerHash,
        StaleSince,
        UpSince,
        ColumnCount
    };
    enum Role { SortRole = Qt::UserRole, VerdictRole, SearchRole };

    struct Entry {
        std::string host;
        Row row;
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Replaces what is known of one host. A failed scan leaves the old rows, as unknown; a cancelled one
    /// makes only the good ones unknown: what is not observed now is not shown as good.
    void merge(const HostScan& scan);
    void removeHost(const std::string& host);
    const Entry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }
    /// How many mounts have each verdict.
    std::map<Verdict, int> counts() const;
    void setDark(bool dark);
    /// The clock of "since" and "up" columns.
    void setNow(TimePoint now);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant display(const Entry& entry, int column) const;
    QVariant sortKey(const Entry& entry, int column) const;
    std::vector<Row> unobserved(const HostScan& scan) const;
    void update(std::vector<Row> rows, const std::string& host);

    std::vector<Entry> m_entries;
    TimePoint m_now{};
    bool m_dark = false;
};

} // namespace inodeck::ui
