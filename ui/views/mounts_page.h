#pragma once

#include <QLineEdit>
#include <QListView>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>

#include "ui/models/fleet_session.h"
#include "ui/models/host_model.h"
#include "ui/models/mount_model.h"
#include "ui/views/banner.h"
#include "ui/views/details_panel.h"
#include "ui/views/mount_table.h"
#include "ui/views/summary_strip.h"

class QSettings;

namespace inodeck::ui {

/// Triage: the hosts, their mounts worst first, and what the selected one is about.
class MountsPage final : public QWidget {
    Q_OBJECT

public:
    explicit MountsPage(FleetSession& session, QWidget* parent = nullptr);
    void addHosts(const std::vector<Host>& hosts);
    void removeHost();
    bool hasHost() const { return m_hostList->currentIndex().isValid(); }
    /// The selected mount; null when none is.
    const MountModel::Entry* current() const { return m_table->current(); }
    bool isFiltered() const;
    void showAll();
    void focusFilter();
    void askForDiff();
    /// Empty: restarts are possible.
    void setRestartBlocked(const QString& why) { m_details->setRestartBlocked(why); }
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

Q_SIGNALS:
    void addHostWanted();
    void restartWanted();
    /// What can be done now may have changed.
    void changed();
    void keyRefused(const HostScan& scan);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildTriage();
    void connectParts();
    void connectSession();
    void chooseHost(const QModelIndex& index);
    void forgetChoice();
    void showCurrent();
    void takeScan(const HostScan& scan);
    void showHostErrors();
    void applyPalette();

    FleetSession& m_session;
    MountModel m_mounts;
    HostModel m_hosts;
    QTimer m_clock;
    QTimer m_diffSoon;
    std::map<std::string, std::string> m_hostErrors;

    QStackedWidget* m_stack;
    QLineEdit* m_filter;
    SummaryStrip* m_summary;
    Banner* m_hostBanner;
    QListView* m_hostList;
    MountTable* m_table;
    DetailsPanel* m_details;
    QSplitter* m_across;
    QSplitter* m_down;
};

} // namespace inodeck::ui
