#pragma once

#include <QGridLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QWidget>

#include "ui/models/fleet_session.h"
#include "ui/models/mount_model.h"

namespace inodeck::ui {

/// The selected mount: the reason in words, both sides next to each other, and the diff.
class DetailsPanel final : public QWidget {
    Q_OBJECT

public:
    explicit DetailsPanel(QWidget* parent = nullptr);
    void show(const MountModel::Entry& entry, bool dark);
    void clear();
    bool canDiff() const { return m_diffButton->isEnabled(); }
    /// A diff is possible and neither shown nor asked for.
    bool wantsDiff() const { return canDiff() && !m_asked; }
    void showReading();
    void showDiff(const DiffAnswer& answer);
    /// Empty: restarts are possible.
    void setRestartBlocked(const QString& why);

Q_SIGNALS:
    void restartWanted();
    void diffWanted();

private:
    void buildCard();
    void fillCard(const Observation& observation);
    void setCell(int row, const QString& host, const QString& container);

    enum Field { Path, Inode, Device, Size, Changed, Hash, FieldCount };

    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_reason;
    QLabel* m_facts;
    QPushButton* m_restart;
    QPushButton* m_diffButton;
    QWidget* m_card;
    QGridLayout* m_grid;
    QLabel* m_host[FieldCount] = {};
    QLabel* m_container[FieldCount] = {};
    QPlainTextEdit* m_diff;
    QString m_blocked;
    QString m_shown; ///< the mount and the state of its sides: a diff is of these
    bool m_running = false;
    bool m_asked = false;
};

} // namespace inodeck::ui
