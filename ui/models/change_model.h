#pragma once

#include <QAbstractTableModel>
#include <deque>

#include "core/base/time.h"
#include "ui/models/look.h"
#include "ui/models/mount_news.h"

namespace inodeck::ui {

/// What changed from scan to scan since the window was opened, newest first; bounded.
class ChangeModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { When, What, Now, HostColumn, Service, Config, ColumnCount };
    static constexpr int Limit = 2000;

    struct Entry {
        TimePoint when;
        MountNews news;
    };

    using QAbstractTableModel::QAbstractTableModel;
    void add(const std::vector<MountNews>& news, TimePoint when);
    void clear();
    void setDark(bool dark);
    const Entry& entry(int row) const { return m_entries[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::deque<Entry> m_entries;
    VerdictIcons m_icons{false};
    bool m_dark = false;
};

/// "Stale inode: vm1 runtime/alloy /etc/alloy.conf"
QString sentenceOf(const MountNews& news);

} // namespace inodeck::ui
