#pragma once

#include <QLabel>
#include <QMainWindow>
#include <QProgressBar>
#include <QSpinBox>

#include "ui/models/fleet_session.h"
#include "ui/models/live_mode.h"
#include "ui/views/audit_page.h"
#include "ui/views/banner.h"
#include "ui/views/chain_badge.h"
#include "ui/views/changes_page.h"
#include "ui/views/desktop_notifier.h"
#include "ui/views/fleet_page.h"
#include "ui/views/mounts_page.h"
#include "ui/views/pages.h"

namespace inodeck::ui {

class GuiPrompter;

/// What the window does not decide itself.
struct WindowOptions {
    std::string sshConfig;      ///< whose aliases are offered
    bool rememberHosts = true;  ///< hosts that are added are there at the next start
    QString subtitle;           ///< "recorded fleet"; empty for real hosts
    Fleet fleet{};              ///< in force: hosts that are added are as it has them
    bool rememberFleet = false; ///< a fleet file that is chosen here is there at the next start
    std::string fleetToMend{};  ///< a fleet file that could not be read: its page opens with it
};

/// The operator console: what can be done anywhere in it, around its pages.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(FleetSession& session, GuiPrompter& prompter, WindowOptions options);
    void addHosts(const std::vector<Host>& hosts);
    void scan();
    /// One more tab and Ctrl+number; the window owns the page. Its objectName is how the settings remember
    /// it.
    void addPage(QWidget* page, const QString& title, const QIcon& icon);

protected:
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildActions();
    void buildLayout();
    void buildLive();
    void buildStatus();
    void connectPage();
    void connectSession();
    void restoreLayout();
    void saveLayout() const;
    QAction* action(const QString& text, const QList<QKeySequence>& keys, const QString& tip,
                    void (MainWindow::*slot)());

    void askForHost();
    void removeHost();
    void cancelOrClear();
    void focusFilter();
    void showShortcuts();
    bool onAuditPage() const { return m_pages->currentWidget() == m_auditPage; }
    void toggleLive();
    void markSeen();
    void connectFleet();
    std::vector<std::string> aliases(QString& problem) const;
    void addAndScan(const std::vector<Host>& hosts);
    void scanThese(const std::vector<Host>& hosts);
    void useFleet(const Fleet& fleet);
    void askForSettings();
    void askForDiff();
    void askForRestart();
    void askForReport();
    void lookAtOpenIntent();

    void takeAudit(const AuditState& state);
    void finishScan();
    void refuse(const HostScan& scan);
    void updateState();

    FleetSession& m_session;
    GuiPrompter& m_prompter;
    WindowOptions m_options;
    LiveMode m_live;
    DesktopNotifier m_notifier;
    AuditState m_audit;
    ChainWatch* m_chain;

    QAction* m_scan = nullptr;
    QAction* m_cancel = nullptr;
    QAction* m_remove = nullptr;
    QAction* m_restart = nullptr;
    Banner* m_auditBanner = nullptr;
    Pages* m_pages = nullptr;
    MountsPage* m_mounts = nullptr;
    AuditPage* m_auditPage = nullptr;
    ChangesPage* m_changes = nullptr;
    QAction* m_liveAction = nullptr;
    QSpinBox* m_liveSeconds = nullptr;
    FleetPage* m_fleet = nullptr;
    QProgressBar* m_progress = nullptr;
    QLabel* m_lastScan = nullptr;
};

} // namespace inodeck::ui
