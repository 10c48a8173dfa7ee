#pragma once

#include <QTemporaryDir>
#include <QTest>

#include "core/audit/record_line.h"
#include "tests/support/scripted_transport.h"
#include "tests/ui/patience.h"
#include "ui/models/fleet_session.h"

namespace inodeck::test {

/// A VM with several containers that can be restarted, and the window's session on it.
struct RestartVm {
    /// `audit`: another log than the file of its own.
    explicit RestartVm(std::vector<ContainerText> list, bool isProtected = false, std::string audit = {})
        : containers(std::move(list))
        , auditAt(std::move(audit)) {
        qputenv("XDG_DATA_HOME", dir.filePath(QStringLiteral("data")).toUtf8());
        qputenv("XDG_STATE_HOME", dir.filePath(QStringLiteral("state")).toUtf8());
        auto transport = std::make_unique<ScriptedTransport>();
        transport->host("vm1", [this](const ExecRequest& request, const Deadline& deadline,
                                      const Cancel& cancel) { return answer(request, deadline, cancel); });
        session = std::make_unique<ui::FleetSession>(std::move(transport), where(),
                                                     std::map<std::string, std::string>{});
        Host host = *parseHost("vm1");
        host.isProtected = isProtected;
        session->addHost(host);
        session->scanAll();
        (void)QTest::qWaitFor([&] { return !session->scanning(); }, Patience);
    }

    std::string where() const {
        return auditAt.empty() ? dir.filePath(QStringLiteral("audit/audit.sqlite")).toStdString() : auditAt;
    }

    ContainerText* named(const std::string& command) {
        for (ContainerText& c : containers)
            if (command.find(c.id) != std::string::npos || command.find(c.name) != std::string::npos)
                return &c;
        return nullptr;
    }

    static void startAgain(ContainerText& c) {
        ++c.starts;
        for (MountText& mount : c.mounts)
            mount.inside = mount.host;
    }

    Result<ExecResult> answer(const ExecRequest& request, const Deadline& deadline, const Cancel& cancel) {
        const std::lock_guard lock(mutex);
        if (isProbe(request)) {
            std::vector<ContainerText> wanted;
            for (const ContainerText& c : containers)
                if (asksFor(request, c))
                    wanted.push_back(c);
            return ExecResult{probeText(wanted), {}, 0};
        }
        if (request.command == "docker compose version")
            return ExecResult{"v2", {}, 0};
        if (request.command.find(" --force-recreate ") != std::string::npos) {
            composed = request.command;
            startAgain(containers.front());
            return ExecResult{{}, {}, 0};
        }
        if (const std::string all = request.command + request.input;
            all.find("read_side=") != std::string::npos) {
            const MountText& mount = containers.front().mounts.front();
            const bool ofHost = all.find("read_side=h ") != std::string::npos;
            return ExecResult{
                "inodeck-probe 1\ncontent\n" + (ofHost ? mount.host : mount.inside).content, {}, 0};
        }
        if (request.command.find(" --check ") != std::string::npos)
            return ExecResult{{}, validated ? "line 1: no" : "", validated};
        ContainerText* c = named(request.command);
        if (!c)
            return ExecResult{{}, "unexpected command: " + request.command, 127};
        if (request.command.starts_with("docker restart ")) {
            restarted.push_back(c->service);
            commands.push_back(request.command);
            return onRestart(*c, deadline, cancel);
        }
        return ExecResult{"state " + std::string(c->running ? "running true" : "exited false") + " false \"" +
                              c->startedAt() + "\" 0 id=" + c->id + " " + c->health + "\n",
                          {},
                          0};
    }

    std::vector<RestartPlan> plans() const {
        std::vector<RestartPlan> all;
        for (const ContainerText& c : containers) {
            const auto of = session->plan("vm1", *ContainerId::parse(c.id));
            all.push_back(of.value().front());
        }
        return all;
    }

    std::vector<RecordDraft> records() const {
        std::vector<RecordDraft> drafts;
        const auto log = openAuditReader(where());
        if (log)
            (void)(*log)->each({}, [&](const StoredRecord& stored) {
                if (const auto record = parseRecordLine(stored.line);
                    record && record->draft.type != RecordType::Genesis)
                    drafts.push_back(record->draft);
                return true;
            });
        return drafts;
    }

    QTemporaryDir dir;
    std::mutex mutex;
    std::vector<ContainerText> containers;
    std::string auditAt;
    std::vector<std::string> restarted; ///< services, as they came
    std::vector<std::string> commands;  ///< that restarted them
    int validated = 0;                  ///< exit status of what --check is a word of
    std::string composed;               ///< the command that made a new container
    std::function<Result<ExecResult>(ContainerText&, const Deadline&, const Cancel&)> onRestart =
        [](ContainerText& c, const Deadline&, const Cancel&) -> Result<ExecResult> {
        startAgain(c);
        return ExecResult{c.id + "\n", {}, 0};
    };
    std::unique_ptr<ui::FleetSession> session;
};

} // namespace inodeck::test
