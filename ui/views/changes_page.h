#pragma once

#include <QLabel>
#include <QPushButton>
#include <QTreeView>

#include "ui/models/change_model.h"

namespace inodeck::ui {

/// What changed from scan to scan, newest first; Enter goes to the mount.
class ChangesPage final : public QWidget {
    Q_OBJECT

public:
    explicit ChangesPage(ChangeModel& changes, QWidget* parent = nullptr);

Q_SIGNALS:
    void mountWanted(const MountNews& news);

protected:
    void changeEvent(QEvent* event) override;

private:
    void updateState();

    ChangeModel& m_changes;
    QTreeView* m_list;
    QLabel* m_empty;
    QPushButton* m_clear;
};

} // namespace inodeck::ui
