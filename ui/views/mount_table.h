#pragma once

#include <QTableView>

#include "ui/models/mount_filter.h"
#include "ui/models/mount_model.h"

namespace inodeck::ui {

/// The table of mounts: sorted, filtered, one row selected.
class MountTable final : public QTableView {
    Q_OBJECT

public:
    MountTable(MountModel& model, QWidget* parent = nullptr);
    MountFilter& filter() { return m_filter; }
    /// The selected mount; null when none is.
    const MountModel::Entry* current() const;
    /// Selects the first row when nothing is selected.
    void selectSomething();

Q_SIGNALS:
    void currentEntryChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    MountModel& m_model;
    MountFilter m_filter;
};

} // namespace inodeck::ui
