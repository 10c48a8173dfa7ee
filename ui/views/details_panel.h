#pragma once

#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QWidget>

#include "ui/models/mount_model.h"
#include "ui/models/side_loader.h"

namespace inodeck::ui {

class DiffView;
class LogView;
class MountHistory;
class SidesCard;
class TimelineView;

/// The selected mount: the reason in words, both sides and their history, the diff, and the container's log.
class DetailsPanel final : public QWidget {
    Q_OBJECT

public:
    explicit DetailsPanel(FleetSession& session, QWidget* parent = nullptr);
    void show(const MountModel::Entry& entry, bool dark);
    void clear();
    bool canDiff() const { return m_diffButton->isEnabled(); }
    /// A diff is possible and neither shown nor asked for.
    bool wantsDiff() const { return canDiff() && !m_asked; }
    /// Reads both sides; what is shown stays in front.
    void loadDiff();
    /// Brings the diff to the front, and reads it unless it is there.
    void openDiff();
    /// Empty: restarts are possible.
    void setRestartBlocked(const QString& why);

Q_SIGNALS:
    void restartWanted();

private:
    QWidget* buildHead();
    void connectParts();
    void showFacts(const MountModel::Entry& entry);
    void takeDiff(const ShownSides& shown);
    void askToReveal();
    void nameDiffTab();

    std::optional<MountModel::Entry> m_entry;
    SideLoader m_loader;
    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_reason;
    QLabel* m_facts;
    QPushButton* m_restart;
    QPushButton* m_diffButton;
    QPushButton* m_copy;
    QTabWidget* m_tabs;
    SidesCard* m_card;
    TimelineView* m_timeline;
    DiffView* m_diff;
    LogView* m_log;
    MountHistory* m_history;
    QWidget* m_both = nullptr; ///< card and timeline
    QString m_blocked;
    QString m_shown; ///< the mount and the state of its sides: a diff is of these
    bool m_running = false;
    bool m_asked = false;
};

} // namespace inodeck::ui
