#include <QSettings>

#include "ui/dialogs/add_host_dialog.h"
#include "ui/dialogs/appearance.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/dialogs/keys_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/views/main_window.h"

namespace inodeck::ui {

/// Where hosts come from: the first page, the dialog, the fleet file.
void MainWindow::connectFleet() {
    FirstPage& first = m_mounts->firstPage();
    QString problem;
    first.picker().setAliases(aliases(problem));
    first.picker().setProblem(problem);
    connect(&first, &FirstPage::hostsWanted, this, &MainWindow::addAndScan);
    connect(&first, &FirstPage::fleetWanted, this, [this] {
        m_pages->open(m_fleet);
        m_fleet->askForFile();
    });
    connect(m_fleet, &FleetPage::fleetWanted, this, &MainWindow::useFleet);
    m_session.setLimits(loadPreferences().limits);
    const std::string& mend = m_options.fleetToMend;
    if (!mend.empty() || !m_options.fleet.path.empty())
        m_fleet->open(mend.empty() ? m_options.fleet.path : mend);
    if (!mend.empty())
        m_pages->open(m_fleet);
}

std::vector<std::string> MainWindow::aliases(QString& problem) const {
    const std::string path =
        m_options.sshConfig.empty() ? m_session.home() + "/.ssh/config" : m_options.sshConfig;
    const auto found = sshConfigAliases(path);
    if (found)
        return *found;
    problem = QString::fromStdString(found.error().message);
    return {};
}

void MainWindow::askForHost() {
    QString problem;
    auto* dialog = new AddHostDialog(aliases(problem), this);
    dialog->setProblem(problem);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { addAndScan(dialog->hosts()); });
    dialog->open();
}

/// A host of the fleet file is added as the file has it, protection included.
void MainWindow::addAndScan(const std::vector<Host>& hosts) {
    std::vector<Host> known;
    for (const Host& host : hosts) {
        const auto chosen = selectHosts(m_options.fleet, {host.name});
        if (chosen && !host.local)
            known.insert(known.end(), chosen->begin(), chosen->end());
        else
            known.push_back(host);
    }
    addHosts(known);
    scanThese(known);
}

/// All in one scan: of thousands, one each would repaint the list of hosts for every one of them.
void MainWindow::scanThese(const std::vector<Host>& hosts) {
    m_prompter.reopen();
    std::vector<std::string> idle;
    for (const Host& host : hosts)
        if (m_session.scanning(host.name))
            m_session.scanOne(host.name); // once more
        else
            idle.push_back(host.name);
    m_session.scan(idle);
    m_pages->open(m_mounts);
    updateState();
}

void MainWindow::useFleet(const Fleet& fleet) {
    m_options.fleet = fleet;
    m_session.setFleet(fleet);
    m_mounts->updateHosts(fleet.hosts);
    if (m_options.rememberFleet) {
        // From now on the file says which hosts there are, and which of them are protected.
        QSettings().setValue(QStringLiteral("fleet/file"), QString::fromStdString(fleet.path));
        m_options.rememberHosts = false;
    }
    scanThese(fleet.hosts);
}

void MainWindow::askForSettings() {
    auto* dialog = new SettingsDialog(loadPreferences(), QString::fromStdString(m_audit.sentence), this);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const Preferences chosen = dialog->preferences();
        const bool otherColours = chosen.colours != loadPreferences().colours;
        savePreferences(chosen);
        m_session.setLimits(chosen.limits);
        if (otherColours)
            useColours(chosen.colours);
    });
    dialog->open();
}

void MainWindow::showShortcuts() {
    (new KeysDialog(*this, this))->open();
}

} // namespace inodeck::ui
