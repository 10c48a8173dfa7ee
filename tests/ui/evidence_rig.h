#pragma once

#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>

#include "core/base/text.h"
#include "tests/support/scripted_transport.h"
#include "tests/ui/patience.h"
#include "ui/views/details_panel.h"
#include "ui/views/diff_view.h"
#include "ui/views/log_view.h"

namespace inodeck::test {

/// The details of one stale mount of a scripted VM: what the probe, its reading mode and docker logs would
/// answer.
struct EvidenceRig {
    EvidenceRig(const std::string& inside, const std::string& host, const std::string& auditWhere = {}) {
        container = staleContainer('a', "web");
        container.mounts.front().inside.content = inside;
        container.mounts.front().host.content = host;
        auto transport = std::make_unique<ScriptedTransport>();
        transport->host("vm1", [this](const ExecRequest& request, const Deadline&, const Cancel&) {
            return answer(request);
        });
        where = auditWhere.empty() ? dir.filePath(QStringLiteral("audit/audit.sqlite")).toStdString()
                                   : auditWhere;
        session = std::make_unique<ui::FleetSession>(std::move(transport), where,
                                                     std::map<std::string, std::string>{});
        session->addHost(*parseHost("vm1"));
        panel = std::make_unique<ui::DetailsPanel>(*session);
        panel->resize(1000, 420);
        panel->setVisible(true);
        session->scanAll();
        (void)QTest::qWaitFor([&] { return !session->scanning(); }, Patience);
        tabs = panel->findChild<QTabWidget*>();
        diff = panel->findChild<ui::DiffView*>();
        show();
    }
    ~EvidenceRig() { panel.reset(); }

    Result<ExecResult> answer(const ExecRequest& request) {
        const auto has = [&](const char* text) {
            return (request.command + request.input).find(text) != std::string::npos;
        };
        if (isProbe(request))
            return ExecResult{probeText({container}), {}, 0};
        if (has("inodeck-exit"))
            return ExecResult{log, {}, 0};
        const MountText& mount = container.mounts.front();
        return ExecResult{"inodeck-probe 1\ncontent\n" +
                              (has("read_side=h ") ? mount.host.content : mount.inside.content),
                          {},
                          0};
    }
    void show() {
        entry.host = "vm1";
        entry.row = session->lastScan("vm1")->rows.front();
        panel->show(entry, false);
    }
    bool loadDiff() {
        panel->openDiff();
        return QTest::qWaitFor([&] { return diff->changes() >= 0; }, 60000);
    }
    ui::DiffPane* pane(const char* name) const { return diff->findChild<ui::DiffPane*>(QLatin1String(name)); }
    /// All lines of all panes.
    QString lines() const {
        QStringList all;
        for (const ui::DiffPane* pane : diff->findChildren<ui::DiffPane*>())
            for (int i = 0; i < pane->lines().rowCount(); ++i)
                all << pane->lines().index(i, ui::DiffModel::Text).data().toString();
        return all.join(QLatin1Char('\n'));
    }
    QString words() const {
        QStringList all;
        for (const QLabel* label : panel->findChildren<QLabel*>())
            if (label->isVisibleTo(panel.get()))
                all << label->text();
        return all.join(QLatin1Char('\n'));
    }
    template <typename Widget> Widget* named(const QString& text) const {
        for (auto* one : panel->findChildren<Widget*>())
            if (one->text().remove(QLatin1Char('&')) == text)
                return one;
        return nullptr;
    }

    QTemporaryDir dir;
    std::string where;
    std::string log = "\ninodeck-exit 0\n";
    ContainerText container;
    std::unique_ptr<ui::FleetSession> session;
    std::unique_ptr<ui::DetailsPanel> panel;
    ui::MountModel::Entry entry;
    QTabWidget* tabs = nullptr;
    ui::DiffView* diff = nullptr;
};

} // namespace inodeck::test
