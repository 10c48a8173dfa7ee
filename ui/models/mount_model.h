#pragma once

#include <QAbstractTableModel>
#include <QFont>
#include <array>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/scan/scan.h"
#include "ui/models/look.h"
#include "ui/models/mount_news.h"

namespace inodeck::ui {

/// All mounts of all hosts, one row each, in the order in which they were seen first. A new scan of a host is
/// merged row by row: what did not change is not touched, so that selection, scroll and picture stay.
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
        ChangeColumn,
        ColumnCount
    };
    enum Role { VerdictRole = Qt::UserRole };

    struct Entry {
        std::string host;
        Row row;
        Change change = Change::None;        ///< since the scan before the last
        Verdict observed = Verdict::Unknown; ///< the last one that was found
        std::string search;                  ///< names, paths and words that are searched, lower case
        std::string hashes;                  ///< hashes and ids, as far as they may be shown, in hex
        std::string name;                    ///< orders rows that are otherwise equal
    };

    explicit MountModel(QObject* parent = nullptr);

    /// Replaces what is known of one host, and says what is different. A failed scan leaves the old rows, as
    /// unknown; a cancelled one makes only the good ones unknown: what is not observed now is not shown as
    /// good.
    std::vector<MountNews> merge(const HostScan& scan);
    void removeHost(const std::string& host);
    /// The operator has seen what changed.
    void clearChanges();
    bool hasChanges() const;
    const Entry& entry(int row) const { return *m_entries[static_cast<std::size_t>(row)]; }
    /// The row; -1 when it is not there.
    int find(const std::string& host, const std::string& service, const std::string& config) const;
    /// How many mounts have each verdict.
    std::map<Verdict, int> counts() const;
    void setDark(bool dark);
    /// The clock of "since" and "up" columns.
    void setNow(TimePoint now);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// How a verdict looks, for headers of groups.
    QVariant ofVerdict(Verdict verdict, int role) const;

    /// What column sorts by: a number where it has one, else the text.
    struct SortKey {
        qint64 number = 0;
        std::string text;
        auto operator<=>(const SortKey&) const = default;
    };
    SortKey sortKey(int row, int column) const;
    static bool isNumber(int column);

private:
    std::vector<MountNews> mergeObserved(const HostScan& scan);
    void mergeUnobserved(const HostScan& scan);
    void append(const std::string& host, std::vector<Entry> fresh);
    void replace(int index, const Row& row, Change change);
    void remove(int index);

    std::vector<std::unique_ptr<Entry>> m_entries;              ///< large: only pointers move when one goes
    std::unordered_map<std::string, std::vector<int>> m_rowsOf; ///< ascending
    std::array<int, AllVerdicts.size()> m_counts{};
    TimePoint m_now{};
    VerdictIcons m_icons{false};
    QFont m_fixed;
    bool m_dark = false;
};

} // namespace inodeck::ui
