#include "ui/views/main_window.h"

#include <QAction>
#include <QCloseEvent>
#include <QEvent>
#include <QFontDatabase>
#include <QMessageBox>
#include <QStatusBar>

#include "core/base/text.h"
#include "ui/dialogs/add_host_dialog.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/dialogs/plain.h"
#include "ui/dialogs/restart_dialog.h"
#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

/// A message box whose text is never rich text and that does not stop the event loop.
void tell(QWidget* parent, QMessageBox::Icon kind, const QString& title, const QString& head,
          const QString& text) {
    auto* box = new QMessageBox(kind, title, head, QMessageBox::Close, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    // The informative text guesses its format on its own: as escaped markup it stays literal.
    box->setInformativeText(QStringLiteral("<p style='white-space:pre-wrap'>") + text.toHtmlEscaped() +
                            QStringLiteral("</p>"));
    box->open();
}

} // namespace

MainWindow::MainWindow(FleetSession& session, GuiPrompter& prompter, WindowOptions options)
    : m_session(session)
    , m_prompter(prompter)
    , m_options(std::move(options)) {
    setWindowTitle(m_options.subtitle.isEmpty() ? tr("Inodeck") : tr("Inodeck – %1").arg(m_options.subtitle));
    setMinimumSize(860, 480);
    buildLayout();
    connectSession();
    restoreLayout();
    applyPalette();
    m_mounts.setNow(Clock::system().now());
    connect(&m_clock, &QTimer::timeout, this, [this] { m_mounts.setNow(Clock::system().now()); });
    m_clock.start(std::chrono::seconds{15});
    m_diffSoon.setSingleShot(true);
    m_diffSoon.setInterval(std::chrono::milliseconds{250});
    connect(&m_diffSoon, &QTimer::timeout, this, &MainWindow::askForDiff);
    prompter.setWindow(this);
    m_session.checkAudit();
    updateState();
}

void MainWindow::connectSession() {
    connect(&m_session, &FleetSession::scanStarted, this,
            [this](const std::string& host) { m_hosts.setScanning(host); });
    connect(&m_session, &FleetSession::hostScanned, this, &MainWindow::takeScan);
    connect(&m_session, &FleetSession::scanFinished, this, &MainWindow::finishScan);
    connect(&m_session, &FleetSession::auditChecked, this, &MainWindow::takeAudit);
    connect(&m_session, &FleetSession::diffReady, this, [this](int request, const DiffAnswer& answer) {
        if (request == m_session.diffRequest())
            m_details->showDiff(answer);
    });
    connect(&m_session, &FleetSession::restartFinished, this, [this](const RestartResult& result) {
        statusBar()->showMessage(QString::fromStdString(result.text), 15000);
        m_session.checkAudit();
        updateState();
        // The table believes nobody's word, not even ours: it looks again.
        if (!result.after.host.empty())
            m_session.scanOne(result.after.host);
    });
    connect(&m_session, &FleetSession::recoverFinished, this, [this](const QString& sentence) {
        tell(this, QMessageBox::Information, tr("Open restart"), tr("What the host says about it:"),
             sentence);
        m_session.checkAudit();
    });
}

void MainWindow::addHosts(const std::vector<Host>& hosts) {
    for (const Host& host : hosts)
        if (m_hosts.add(host.name))
            m_session.addHost(host);
    updateState();
}

void MainWindow::scan() {
    if (m_session.hosts().empty() || m_session.scanning())
        return;
    m_prompter.reopen();
    m_session.scanAll();
    updateState();
}

void MainWindow::askForHost() {
    const std::string path =
        m_options.sshConfig.empty() ? m_session.home() + "/.ssh/config" : m_options.sshConfig;
    const auto aliases = sshConfigAliases(path);
    auto* dialog = new AddHostDialog(aliases ? *aliases : std::vector<std::string>{}, this);
    if (!aliases)
        dialog->setProblem(QString::fromStdString(aliases.error().message));
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const std::vector<Host> hosts = dialog->hosts();
        addHosts(hosts);
        m_prompter.reopen();
        for (const Host& host : hosts)
            m_session.scanOne(host.name);
        updateState();
    });
    dialog->open();
}

void MainWindow::removeHost() {
    const QModelIndex index = m_hostList->currentIndex();
    if (!index.isValid() || m_session.scanning() || m_session.restarting())
        return;
    const std::string name = m_hosts.name(index.row());
    m_table->filter().setHost({});
    m_hosts.remove(name);
    m_mounts.removeHost(name);
    m_session.removeHost(name);
    m_hostErrors.erase(name);
    m_hostList->clearSelection();
    m_hostList->setCurrentIndex({});
    m_summary->setCounts(m_mounts.counts());
    showHostErrors();
    updateState();
}

/// Shows only this host's mounts; again: all.
void MainWindow::chooseHost(const QModelIndex& index) {
    const QString name = index.data(HostModel::NameRole).toString();
    const bool again = m_table->filter().host() == name;
    m_table->filter().setHost(again ? QString() : name);
    if (again) {
        m_hostList->clearSelection();
        m_hostList->setCurrentIndex({});
    }
    updateState();
}

void MainWindow::cancelOrClear() {
    if (m_session.scanning()) {
        m_prompter.release();
        m_session.cancelScan();
        return;
    }
    m_filter->clear();
    m_summary->clearChoice();
    m_table->filter().setHost({});
    m_hostList->clearSelection();
    m_hostList->setCurrentIndex({});
    updateState();
}

void MainWindow::focusFilter() {
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void MainWindow::showShortcuts() {
    tell(this, QMessageBox::NoIcon, tr("Keys"), tr("Keys"),
         tr("F5\tscan all hosts again\n"
            "Esc\tstop the scan, or clear the filter\n"
            "Ctrl+F or /\tfilter\n"
            "Ctrl+N\tadd a host\n"
            "Ctrl+Del\tremove the host that is selected in the list\n"
            "Enter or Ctrl+D\tdiff of the selected mount\n"
            "Ctrl+Shift+R\trestart the selected container\n"
            "Ctrl+C\tcopy the selected row\n"
            "Tab\tnext part of the window"));
}

void MainWindow::showCurrent() {
    const MountModel::Entry* entry = m_table->current();
    if (entry) {
        m_details->show(*entry, isDark(*this));
        // What differs is shown at once, but not for each row that the cursor passes.
        if (isDrift(entry->row.judgement.verdict) && m_details->wantsDiff())
            m_diffSoon.start();
    } else
        m_details->clear();
    updateState();
}

void MainWindow::askForDiff() {
    const MountModel::Entry* entry = m_table->current();
    if (entry && m_details->canDiff()) {
        m_details->showReading();
        m_session.requestDiff(entry->row, entry->host);
    }
}

void MainWindow::askForRestart() {
    const MountModel::Entry* entry = m_table->current();
    if (!entry || !m_restart->isEnabled())
        return;
    const auto plans = m_session.plan(entry->host, entry->row.observation.container.id);
    if (!plans || plans->empty()) {
        tell(this, QMessageBox::Warning, tr("No restart"),
             tr("This container cannot be restarted from here now."),
             plans ? QString() : QString::fromStdString(plans.error().message));
        return;
    }
    const RestartPlan& plan = plans->front();
    auto* dialog = new RestartDialog(plan, guard(plan, *m_session.lastScan(entry->host)), m_session, this);
    dialog->open();
}

void MainWindow::lookAtOpenIntent() {
    if (!m_audit.openIntents.empty())
        m_session.recover(m_audit.openIntents.front());
}

void MainWindow::takeScan(const HostScan& scan) {
    m_hosts.take(scan);
    m_mounts.merge(scan);
    m_mounts.setNow(Clock::system().now());
    m_summary->setCounts(m_mounts.counts());
    if (scan.status == HostStatus::Failed)
        m_hostErrors[scan.host] = scan.error.message;
    else if (scan.status == HostStatus::Ok)
        m_hostErrors.erase(scan.host);
    if (scan.status == HostStatus::Failed && scan.error.code == ErrorCode::HostKeyChanged)
        refuse(scan);
    showHostErrors();
    updateState();
}

/// A changed key is never a question.
void MainWindow::refuse(const HostScan& scan) {
    tell(this, QMessageBox::Critical, tr("Host key changed"),
         tr("The host key of %1 has changed: not connected").arg(literal(scan.host)),
         QString::fromStdString(scan.error.message));
}

void MainWindow::showHostErrors() {
    constexpr std::size_t Shown = 3;
    QStringList lines;
    for (const auto& [host, message] : m_hostErrors)
        if (static_cast<std::size_t>(lines.size()) < Shown)
            lines << tr("%1 was not observed: %2").arg(literal(host), QString::fromStdString(message));
    if (m_hostErrors.size() > Shown)
        lines << tr("and %1 more; the list of hosts says why").arg(m_hostErrors.size() - Shown);
    m_hostBanner->show(lines.join(QLatin1Char('\n')));
}

void MainWindow::finishScan() {
    m_lastScan->setText(tr("Last look at %1").arg(localTime(Clock::system().now())));
    m_table->selectSomething();
    updateState();
}

void MainWindow::takeAudit(const AuditState& state) {
    m_audit = state;
    m_auditBadge->setText(state.ready ? tr("Audit log ready") : tr("Audit log not ready"));
    m_auditBadge->setToolTip(tooltip(state.sentence));
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
    m_pages->setCurrentIndex(m_session.hosts().empty() ? 0 : 1);
    m_scan->setEnabled(!scanning && !m_session.hosts().empty());
    m_cancel->setEnabled(scanning || !m_filter->text().isEmpty() || m_summary->hasChoice() ||
                         !m_table->filter().host().isEmpty());
    m_remove->setEnabled(!scanning && !m_session.restarting() && m_hostList->currentIndex().isValid());
    m_progress->setVisible(scanning);
    m_progress->setRange(0, m_session.scansWanted());
    m_progress->setValue(m_session.scansWanted() - m_session.scansLeft());
    const MountModel::Entry* entry = m_table->current();
    QString blocked;
    if (!m_audit.ready)
        blocked = tr("No restart without an audit record: %1").arg(QString::fromStdString(m_audit.sentence));
    else if (m_session.restarting())
        blocked = tr("Another restart is under way.");
    m_details->setRestartBlocked(blocked);
    m_restart->setEnabled(blocked.isEmpty() && entry && entry->row.observation.container.running);
}

void MainWindow::applyPalette() {
    const bool dark = isDark(*this);
    m_mounts.setDark(dark);
    m_hosts.setDark(dark);
    m_summary->setDark(dark);
    m_auditBanner->setDark(dark);
    m_hostBanner->setDark(dark);
    showCurrent();
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_table)
        applyPalette();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_session.restarting()) {
        event->ignore();
        tell(this, QMessageBox::Information, tr("A restart is under way"), tr("A restart is under way"),
             tr("It is followed until its outcome is known and recorded. Stop waiting in its dialog, or "
                "close the window when it is done."));
        return;
    }
    saveLayout();
    m_prompter.release();
    m_session.cancelScan();
    event->accept();
}

} // namespace inodeck::ui
