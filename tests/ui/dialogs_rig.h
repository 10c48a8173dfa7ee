#pragma once

#include <QDialog>

#include "tests/ui/console_rig.h"
#include "ui/dialogs/add_host_dialog.h"
#include "ui/dialogs/export_dialog.h"
#include "ui/dialogs/keys_dialog.h"
#include "ui/dialogs/prompt_dialogs.h"
#include "ui/dialogs/report_dialog.h"
#include "ui/dialogs/restart_dialog.h"
#include "ui/dialogs/restart_recreate_dialog.h"
#include "ui/dialogs/reveal_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/models/look.h"

namespace inodeck::test {

/// A stale mount with `name` wherever something comes from a host.
inline Row rowNamed(const std::string& name) {
    Row row = rowOf(name, "new");
    Observation& o = row.observation;
    o.container.project = o.container.service = o.container.image = name;
    o.container.health = o.container.restartPolicy = name;
    o.container.ports = {name};
    o.source = o.destination = o.mountRoot = name;
    row.judgement = judge(o);
    return row;
}

inline ui::Preferences preferencesNamed(const std::string& name) {
    ui::Preferences preferences;
    preferences.fleetFile = ui::literal(name);
    return preferences;
}

/// Plans for two containers of a protected host.
inline std::vector<RestartPlan> plansNamed(const std::string& name) {
    Host host;
    host.name = name;
    host.isProtected = true;
    Row second = rowNamed(name);
    second.observation.container.id = *ContainerId::parse(std::string(64, 'b'));
    second.observation.container.project += "2";
    const HostScan scan = scanOf(name, {rowNamed(name), second});
    std::vector<RestartPlan> plans;
    for (const Row& row : scan.rows)
        plans.push_back(planRestarts(host, scan, row.observation.container.id.hex())->front());
    return plans;
}

/// Each dialog of the console, with `name` in it wherever something comes from outside. Not shown yet.
struct AllDialogs {
    AllDialogs(ui::FleetSession& session, const QWidget& window, const std::string& name)
        : add({name}, nullptr)
        , hostKey({name, name, name, name}, nullptr)
        , password({SecretQuestion::Kind::Password, name, name, false, 2}, nullptr)
        , passphrase({SecretQuestion::Kind::Passphrase, name, name, false, 1}, nullptr)
        , challenge({SecretQuestion::Kind::Challenge, name, name, true, 1}, nullptr)
        , exportLog(session.auditLog(), session.actor(), {}, 7, nullptr)
        , reveal(ui::literal(name), nullptr)
        , settings(preferencesNamed(name), ui::literal(name), nullptr)
        , keys(window, nullptr)
        , restart(plansNamed(name), session, nullptr)
        , recreate(plansNamed(name).front(), {"docker", "compose", name}, ui::literal(name), nullptr)
        , incident({}, session, nullptr) {
        for (QDialog* dialog : all())
            dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    }
    std::vector<QDialog*> all() {
        return {&add,    &hostKey,  &password, &passphrase, &challenge, &exportLog,
                &reveal, &settings, &keys,     &restart,    &recreate,  &incident};
    }
    /// Those that show a name from outside.
    std::vector<QDialog*> named() {
        return {&add, &hostKey, &password, &passphrase, &challenge, &reveal, &settings, &restart, &recreate};
    }

    ui::AddHostDialog add;
    ui::HostKeyDialog hostKey;
    ui::SecretDialog password;
    ui::SecretDialog passphrase;
    ui::SecretDialog challenge;
    ui::ExportDialog exportLog;
    ui::RevealDialog reveal;
    ui::SettingsDialog settings;
    ui::KeysDialog keys;
    ui::RestartDialog restart;
    ui::RecreateDialog recreate;
    ui::ReportDialog incident;
};

} // namespace inodeck::test
