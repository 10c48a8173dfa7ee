#include "ui/views/main_window.h"

#include <QAction>
#include <QCloseEvent>
#include <QEvent>
#include <QStatusBar>

#include "core/base/text.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/dialogs/plain.h"
#include "ui/dialogs/report_dialog.h"
#include "ui/dialogs/restart_dialog.h"
#include "ui/dialogs/tell.h"
#include "ui/models/look.h"

namespace inodeck::ui {

MainWindow::MainWindow(FleetSession& session, GuiPrompter& prompter, WindowOptions options)
    : m_session(session)
    , m_prompter(prompter)
    , m_options(std::move(options))
    , m_live(session)
    , m_chain(new ChainWatch(session, this)) {
    setWindowTitle(m_options.subtitle.isEmpty() ? tr("Inodeck") : tr("Inodeck – %1").arg(m_options.subtitle));
    setMinimumSize(860, 480);
    buildLayout();
    connectPage();
    connectSession();
    restoreLayout();
    connectFleet();
    prompter.setWindow(this);
    m_session.setFleet(m_options.fleet);
    m_session.checkAudit();
    updateState();
}

void MainWindow::addPage(QWidget* page, const QString& title, const QIcon& icon) {
    m_pages->add(page, title, icon);
}

void MainWindow::connectPage() {
    connect(m_mounts, &MountsPage::restartWanted, this, &MainWindow::askForRestart);
    connect(m_mounts, &MountsPage::changed, this, &MainWindow::updateState);
    connect(m_mounts, &MountsPage::keyRefused, this, &MainWindow::refuse);
    connect(m_auditPage, &AuditPage::changed, this, &MainWindow::updateState);
    connect(m_chain, &ChainWatch::changed, this, &MainWindow::updateState);
    connect(m_pages, &QStackedWidget::currentChanged, this, &MainWindow::updateState);
    connect(m_mounts, &MountsPage::newStale, &m_notifier, &DesktopNotifier::tell);
    connect(m_changes, &ChangesPage::mountWanted, this, [this](const MountNews& news) {
        m_pages->open(m_mounts);
        m_mounts->go(news);
    });
    connect(m_auditBanner, &Banner::pressed, this, &MainWindow::lookAtOpenIntent);
}

void MainWindow::connectSession() {
    connect(&m_session, &FleetSession::scanFinished, this, &MainWindow::finishScan);
    connect(&m_session, &FleetSession::auditChecked, this, &MainWindow::takeAudit);
    connect(&m_session, &FleetSession::restartFinished, this, [this](const RestartResult& result) {
        statusBar()->showMessage(QString::fromStdString(result.text), 15000);
        m_session.checkAudit();
        updateState();
        // The table believes nobody's word, not even ours: it looks again.
        if (!result.after.host.empty())
            m_session.scanOne(result.after.host);
    });
    connect(&m_session, &FleetSession::recoverNotice, this, [this](const QString& sentence) {
        statusBar()->showMessage(sentence);
        updateState();
    });
    connect(&m_session, &FleetSession::recoverFinished, this, [this](const QString& sentence) {
        statusBar()->clearMessage();
        updateState();
        tell(this, QMessageBox::Information, tr("Open restart"), tr("What the host says about it:"),
             sentence);
        m_session.checkAudit();
    });
}

void MainWindow::addHosts(const std::vector<Host>& hosts) {
    m_mounts->addHosts(hosts);
}

void MainWindow::removeHost() {
    m_mounts->removeHost();
}

void MainWindow::scan() {
    m_prompter.reopen();
    m_session.scanAll();
    updateState();
}

void MainWindow::cancelOrClear() {
    const bool filtered = onAuditPage() ? m_auditPage->isFiltered() : m_mounts->isFiltered();
    // In live mode there is always a scan: there the filter comes first.
    if (!m_session.scanning() || (m_live.isOn() && filtered)) {
        if (onAuditPage())
            m_auditPage->showAll();
        else
            m_mounts->showAll();
        return;
    }
    m_prompter.release();
    m_session.cancelScan();
}

void MainWindow::focusFilter() {
    if (onAuditPage()) {
        m_auditPage->focusFilter();
        return;
    }
    m_pages->open(m_mounts);
    m_mounts->focusFilter();
}

void MainWindow::toggleLive() {
    m_live.setInterval(std::chrono::seconds{m_liveSeconds->value()});
    m_live.setOn(m_liveAction->isChecked());
    updateState();
}

void MainWindow::markSeen() {
    m_mounts->markSeen();
}

void MainWindow::askForDiff() {
    m_pages->open(m_mounts);
    m_mounts->askForDiff();
}

void MainWindow::askForRestart() {
    const MountModel::Entry* entry = m_mounts->current();
    if (!entry || !m_restart->isEnabled())
        return;
    std::vector<MountModel::Entry> chosen = m_mounts->selected();
    if (chosen.empty())
        chosen.push_back(*entry);
    std::vector<RestartPlan> plans;
    for (const MountModel::Entry& one : chosen) {
        auto made = m_session.plan(one.host, one.row.observation.container.id);
        if (!made || made->empty()) {
            tell(this, QMessageBox::Warning, tr("No restart"),
                 tr("%1 cannot be restarted from here now.")
                     .arg(literal(one.row.observation.container.label())),
                 made ? QString() : QString::fromStdString(made.error().message));
            return;
        }
        plans.push_back(std::move(made->front())); // of several mounts of one container the dialog makes one
    }
    (new RestartDialog(plans, m_session, this))->open();
}

void MainWindow::askForReport() {
    ReportSource source;
    source.view = m_mounts->shown();
    source.viewWords = m_mounts->isFiltered() ? tr("what the filter lets through") : tr("all mounts");
    source.selection = m_mounts->selected();
    source.hosts = m_mounts->looks();
    (new ReportDialog(std::move(source), m_session, this))->open();
}

void MainWindow::lookAtOpenIntent() {
    if (!m_audit.openIntents.empty())
        m_session.recover(m_audit.openIntents.front());
}

/// A changed key is never a question.
void MainWindow::refuse(const HostScan& scan) {
    tell(this, QMessageBox::Critical, tr("Host key changed"),
         tr("The host key of %1 has changed: not connected").arg(literal(scan.host)),
         QString::fromStdString(scan.error.message));
}

void MainWindow::finishScan() {
    m_lastScan->setText(tr("Last look at %1").arg(localTime(Clock::system().now())));
    updateState();
}

void MainWindow::takeAudit(const AuditState& state) {
    m_audit = state;
    if (!state.openIntents.empty()) {
        const AuditTarget& target = state.openIntents.front().draft.target;
        m_auditBanner->show(
            tr("A restart on %1 (container %2) was begun at %3 and its outcome is not on record.")
                .arg(literal(target.vm), literal(target.containerId.substr(0, 12)),
                     localTime(state.openIntents.front().ts)),
            tr("&Look at it"));
    } else {
        m_auditBanner->show(state.ready ? QString() : QString::fromStdString(state.sentence));
    }
    updateState();
}

void MainWindow::updateState() {
    const bool scanning = m_session.scanning();
    const bool live = m_live.isOn(); // then a scan is nothing special: nothing flickers
    m_scan->setEnabled((!scanning || live) && !m_session.hosts().empty());
    m_cancel->setEnabled((scanning && !live) ||
                         (onAuditPage() ? m_auditPage->isFiltered() : m_mounts->isFiltered()));
    m_remove->setEnabled((!scanning || live) && !m_session.restarting() && m_mounts->hasHost());
    m_liveAction->setEnabled(!m_session.hosts().empty());
    m_progress->setVisible(scanning && !live);
    setProgress(*m_progress, m_session.scansWanted() - m_session.scansLeft(), m_session.scansWanted());
    QString blocked;
    if (!m_audit.ready)
        blocked = tr("No restart without an audit record: %1").arg(QString::fromStdString(m_audit.sentence));
    else if (m_chain->status().state == ChainStatus::State::Broken)
        blocked = tr("No restart while the audit log is broken: %1").arg(m_chain->status().sentence);
    else if (m_session.restarting())
        blocked = tr("Another restart is under way.");
    else if (m_session.recovering())
        blocked = tr("What became of an earlier restart is being looked at.");
    m_mounts->setRestartBlocked(blocked);
    const MountModel::Entry* entry = m_mounts->current();
    m_restart->setEnabled(blocked.isEmpty() && entry && entry->row.observation.container.running);
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_auditBanner)
        m_auditBanner->setDark(isDark(*this));
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_session.restarting()) {
        event->ignore();
        tell(this, QMessageBox::Information, tr("A restart is under way"), tr("A restart is under way"),
             tr("It is followed until its outcome is known and recorded. Stop waiting in its dialog, or "
                "close the window when it is done."));
        return;
    }
    if (m_fleet->hasUnsavedEdits()) {
        event->ignore();
        m_pages->open(m_fleet);
        m_fleet->afterUnsavedEdits([this] { close(); });
        return;
    }
    saveLayout();
    m_prompter.release();
    m_session.cancelScan();
    event->accept();
}

} // namespace inodeck::ui
