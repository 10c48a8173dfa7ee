#pragma once

#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QProgressBar>
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

namespace inodeck::ui {

class GuiPrompter;

/// What the window does not decide itself.
struct WindowOptions {
    std::string sshConfig;     ///< whose aliases are offered
    bool rememberHosts = true; ///< hosts that are added are there at the next start
    QString subtitle;          ///< "recorded fleet"; empty for real hosts
};

/// The operator console: hosts, their mounts worst first, the two sides of the selected one, and its restart.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(FleetSession& session, GuiPrompter& prompter, WindowOptions options);
    void addHosts(const std::vector<Host>& hosts);
    void scan();

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildActions();
    void buildLayout();
    QWidget* buildTop();
    QWidget* buildMain();
    void buildStatus();
    void connectSession();
    void restoreLayout();
    void saveLayout() const;
    QAction* action(const QString& text, const QList<QKeySequence>& keys, const QString& tip,
                    void (MainWindow::*slot)());

    void askForHost();
    void removeHost();
    void chooseHost(const QModelIndex& index);
    void cancelOrClear();
    void focusFilter();
    void showShortcuts();
    void showCurrent();
    void askForDiff();
    void askForRestart();
    void lookAtOpenIntent();

    void takeScan(const HostScan& scan);
    void takeAudit(const AuditState& state);
    void finishScan();
    void refuse(const HostScan& scan);
    void showHostErrors();
    void updateState();
    void applyPalette();

    FleetSession& m_session;
    GuiPrompter& m_prompter;
    WindowOptions m_options;
    MountModel m_mounts;
    HostModel m_hosts;
    AuditState m_audit;
    QTimer m_clock;
    QTimer m_diffSoon;
    std::map<std::string, std::string> m_hostErrors;

    QAction* m_scan = nullptr;
    QAction* m_cancel = nullptr;
    QAction* m_remove = nullptr;
    QAction* m_restart = nullptr;
    QLineEdit* m_filter = nullptr;
    SummaryStrip* m_summary = nullptr;
    Banner* m_auditBanner = nullptr;
    Banner* m_hostBanner = nullptr;
    QStackedWidget* m_pages = nullptr;
    QListView* m_hostList = nullptr;
    MountTable* m_table = nullptr;
    DetailsPanel* m_details = nullptr;
    QSplitter* m_across = nullptr;
    QSplitter* m_down = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_lastScan = nullptr;
    QLabel* m_auditBadge = nullptr;
};

} // namespace inodeck::ui
