#pragma once

#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

#include "ui/models/change_model.h"
#include "ui/models/fleet_session.h"
#include "ui/models/host_model.h"
#include "ui/models/live_mode.h"
#include "ui/models/mount_model.h"
#include "ui/views/banner.h"
#include "ui/views/details_panel.h"
#include "ui/views/filter_bar.h"
#include "ui/views/first_page.h"
#include "ui/views/host_panel.h"
#include "ui/views/host_tree.h"
#include "ui/views/mount_table.h"
#include "ui/views/summary_strip.h"

class QSettings;

namespace inodeck::ui {

/// Triage: the hosts, their mounts worst first, and what the selected one is about.
class MountsPage final : public QWidget {
    Q_OBJECT

public:
    MountsPage(FleetSession& session, const LiveMode& live, QWidget* parent = nullptr);
    void addHosts(const std::vector<Host>& hosts);
    /// As a fleet file has them now; those that are there already are changed.
    void updateHosts(const std::vector<Host>& hosts);
    void removeHost();
    /// What is shown while there is no host.
    FirstPage& firstPage() { return *m_first; }
    /// A single host is selected in the tree.
    std::vector<HostScan> looks() const { return m_hosts.looks(); }
    bool hasHost() const { return m_hosts.entry(m_hostTree->currentIndex()) != nullptr; }
    /// The selected mount; null when none is.
    const MountModel::Entry* current() const { return m_table->current(); }
    ChangeModel& changes() { return m_changes; }
    std::vector<MountModel::Entry> shown() const { return m_table->shown(); }
    std::vector<MountModel::Entry> selected() const { return m_table->selected(); }
    bool isFiltered() const;
    void showAll();
    void focusFilter();
    void askForDiff();
    /// Selects the mount, filters or not.
    void go(const MountNews& news);
    /// The operator has seen what changed.
    void markSeen();
    /// Empty: restarts are possible.
    void setRestartBlocked(const QString& why) { m_details->setRestartBlocked(why); }
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

Q_SIGNALS:
    void restartWanted();
    /// What can be done now may have changed.
    void changed();
    void keyRefused(const HostScan& scan);
    /// Mounts that were not stale at the scan before; each is told once.
    void newStale(const QString& title, const QString& body);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildTriage();
    void connectParts();
    void connectSession();
    void applyFilter();
    void applyState(const FilterState& state);
    void chooseHost(const QModelIndex& index);
    void forgetChoice();
    void showHost();
    void showCurrent();
    void takeScan(const HostScan& scan);
    void finishBatch();
    void tellNews();
    void showHostErrors();
    void applyPalette();

    FleetSession& m_session;
    const LiveMode& m_live;
    MountModel m_mounts;
    HostModel m_hosts;
    ChangeModel m_changes;
    QTimer m_clock;
    QTimer m_tellSoon; ///< of many batches one after the other, ten times a second is enough to read
    QTimer m_diffSoon;
    MountFilter m_filter;
    std::map<std::string, std::string> m_hostErrors;
    std::vector<MountNews> m_newStale; ///< not told yet
    int m_unseen = 0;                  ///< new stale mounts since the operator last said "seen"

    QStackedWidget* m_stack;
    FirstPage* m_first;
    FilterBar* m_filterBar;
    SummaryStrip* m_summary;
    Banner* m_newsBanner;
    Banner* m_hostBanner;
    HostTree* m_hostTree;
    MountTable* m_table;
    QStackedWidget* m_lower; ///< the mount's details, or the host
    DetailsPanel* m_details;
    HostPanel* m_hostPanel;
    QSplitter* m_across;
    QSplitter* m_down;
};

} // namespace inodeck::ui
