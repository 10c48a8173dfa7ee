// A night's story in the real window, by keyboard alone, on a real VM: it becomes stale by itself, is looked
// at, restarted, proven, on record, and reported; and one that a restart does not cure.
#include <QDir>
#include <QSignalSpy>
#include <QTabBar>

#include "tests/lab/console_rig.h"
#include "ui/dialogs/report_dialog.h"
#include "ui/dialogs/restart_dialog.h"
#include "ui/dialogs/restart_recreate_dialog.h"

namespace inodeck::lab {
namespace {

using State = ui::QueuedRestart::State;

constexpr auto Control = Qt::ControlModifier;
constexpr auto Shift = Qt::ShiftModifier;

/// Opens the dialog by its keys, gives the reason, and presses the button; returns when all is done.
ui::RestartDialog* restartByKeys(Console& console, const QString& reason) {
    Console::activate(console.window);
    QTest::keyClick(console.table, Qt::Key_R, Control | Shift);
    auto* dialog = console.window.findChild<ui::RestartDialog*>();
    if (!dialog)
        return nullptr;
    Console::activate(*dialog);
    EXPECT_TRUE(Console::soon([&] { return dialog->queue().whyNot().isEmpty(); }))
        << test::words(*dialog).toStdString();
    Console::type(*dialog, reason);
    Console::press(*dialog, Qt::Key_Return); // on to the button, no more
    EXPECT_FALSE(console.session.restarting());
    Console::press(*dialog, Qt::Key_Space);
    EXPECT_TRUE(console.session.restarting());
    EXPECT_TRUE(Console::soon([&] { return dialog->queue().running() < 0; }));
    return dialog;
}

/// What the page Audit shows, a line a record.
QStringList records(Console& console) {
    Console::activate(console.window);
    QTest::keyClick(&console.window, Qt::Key_2, Control);
    auto* table = console.window.findChild<ui::AuditTable*>(QStringLiteral("records"));
    EXPECT_TRUE(table && table->isVisible());
    EXPECT_TRUE(Console::soon([&] { return table->model()->rowCount() > 2; }));
    QStringList lines;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < table->model()->columnCount(); ++column)
            cells << table->model()->index(row, column).data().toString();
        lines << cells.join(QLatin1Char(' '));
    }
    return lines;
}

TEST(ConsoleStory, FromAStaleRowThatAppearsByItselfToTheReport) {
    Rig rig;
    rig.file("conf", "interval: 30s\n");
    rig.container("story", {"-v", rig.path("conf").string() + ":/conf"}, "busybox:local", {"sleep", "1000"});
    Console console(rig, "story");
    QSignalSpy told(console.window.findChild<ui::MountsPage*>(), &ui::MountsPage::newStale);
    ASSERT_EQ(console.verdict(), Verdict::InSync);

    // Live mode; then a deploy.
    QTest::keyClick(console.table, Qt::Key_L, Control);
    console.window.findChild<QSpinBox*>()->setValue(5);
    replaceFile(rig.path("conf"), "interval: 15s\n");
    ASSERT_TRUE(Console::soon([&] { return console.verdict() == Verdict::StaleInode; }));
    EXPECT_TRUE(Console::soon([&] { return told.count() == 1; }));
    EXPECT_TRUE(test::words(console.window).contains(QStringLiteral("Stale inode: vm1 · rig/story · /conf")));
    QSignalSpy again(&console.session, &ui::FleetSession::scanFinished);
    EXPECT_TRUE(Console::soon([&] { return again.count() >= 2; }));
    EXPECT_EQ(told.count(), 1) << "each is told once, not at every look";

    // What is wrong, since when, why.
    const QString details = test::words(console.window).remove(QLatin1Char('\n'));
    for (const char* content : {"interval: 30s\n", "interval: 15s\n"})
        EXPECT_TRUE(details.contains(QString::fromStdString(Sha256::of(content).hex())));
    EXPECT_TRUE(details.contains(QStringLiteral("since 20"))) << details.toStdString();
    EXPECT_TRUE(details.contains(QStringLiteral("A reload cannot help")) ||
                details.contains(QStringLiteral("reload cannot help")));
    QTest::keyClick(console.table, Qt::Key_D, Control);
    EXPECT_TRUE(
        Console::soon([&] { return console.diffLines().contains(QStringLiteral("+interval: 15s")); }));
    EXPECT_TRUE(console.diffLines().contains(QStringLiteral("-interval: 30s")));

    // Restart, up to the proof.
    const std::string before = rig.startedAt("story");
    ui::RestartDialog* dialog = restartByKeys(console, QStringLiteral("CHG-7: new interval"));
    ASSERT_NE(dialog, nullptr);
    const QString proof = test::words(*dialog);
    EXPECT_TRUE(proof.contains(QStringLiteral("Restarted and proven"))) << proof.toStdString();
    EXPECT_TRUE(proof.contains(QStringLiteral("In sync: /conf: host ")));
    EXPECT_NE(rig.startedAt("story"), before);
    EXPECT_EQ(docker({"exec", "story", "cat", "/conf"}), "interval: 15s");
    const QString operation = QString::fromStdString(dialog->queue().item(0).result->opId);
    Console::press(*dialog, Qt::Key_Escape);
    EXPECT_TRUE(Console::soon([&] { return console.verdict() == Verdict::InSync; }));

    // On record, with the reason; the log holds.
    const QStringList lines = records(console);
    const auto has = [&](const char* type, const char* what) {
        return std::any_of(lines.begin(), lines.end(), [&](const QString& line) {
            return line.contains(QLatin1String(type)) && line.contains(QLatin1String(what)) &&
                   line.contains(QStringLiteral("CHG-7: new interval"));
        });
    };
    EXPECT_TRUE(has("Intent", "story")) << lines.join(QLatin1Char('\n')).toStdString();
    EXPECT_TRUE(has("Outcome", "verified"));
    const auto* badge = console.window.findChild<ui::ChainBadge*>();
    EXPECT_TRUE(Console::soon([&] { return badge->text() == QStringLiteral("Log verified"); }))
        << badge->text().toStdString();

    // The report, of the selection.
    QTest::keyClick(&console.window, Qt::Key_1, Control);
    QTest::keyClick(console.table, Qt::Key_E, Control);
    auto* report = console.window.findChild<ui::ReportDialog*>();
    ASSERT_NE(report, nullptr);
    Console::activate(*report);
    auto* path = report->findChild<QLineEdit*>();
    path->setFocus();
    Console::press(*report, Qt::Key_A, Control);
    Console::type(*report, QString::fromStdString(rig.path("incident.html").string()));
    Console::press(*report, Qt::Key_Return);
    EXPECT_TRUE(Console::soon([&] { return fs::exists(rig.path("incident.html")); }))
        << test::words(*report).toStdString();
    EXPECT_TRUE(Console::soon([&] { return test::words(*report).contains(QStringLiteral("Written")); }));
    const std::string html = readFile(rig.path("incident.html"));
    for (const std::string& part :
         {operation.toStdString(), Sha256::of("interval: 15s\n").hex(), Sha256::of("interval: 30s\n").hex(),
          std::string("CHG-7: new interval"), std::string("verified"), std::string("rig/story"),
          std::string("None: every host was observed.")})
        EXPECT_NE(html.find(part), std::string::npos) << part;
    Console::press(*report, Qt::Key_Escape);
    EXPECT_EQ(told.count(), 1);
}

/// A service of compose with a healthcheck that waits for the test: while it does, the file is replaced once
/// more.
struct ComposeService {
    explicit ComposeService(const Rig& rig)
        : m_rig(rig) {
        fs::create_directory(rig.path("state"));
        rig.file("conf", "one\n");
        rig.file("state/go", "");
        rig.file(
            "docker-compose.yml",
            "services:\n  cure:\n    image: busybox:local\n    network_mode: host\n"
            "    command: [sleep, \"1000\"]\n    volumes: [\"./conf:/conf:ro\", \"./state:/state\"]\n"
            "    healthcheck: {test: [CMD, test, -e, /state/go], interval: 1s, timeout: 5s, retries: 300}\n");
        compose({"up", "-d"});
    }
    ~ComposeService() {
        try {
            compose({"down", "-t", "0"});
        } catch (const std::exception& trouble) {
            ADD_FAILURE() << trouble.what();
        }
    }
    void compose(const Argv& what) const {
        Argv all{"docker", "compose"};
        if (run({"docker", "compose", "version"}).status != 0)
            all = {"docker-compose"};
        all.insert(all.end(), {"-p", "story", "-f", m_rig.path("docker-compose.yml").string()});
        all.insert(all.end(), what.begin(), what.end());
        const Finished done =
            run(all, {{"DOCKER_HOST", "unix://" + (dir() / "vm1" / "docker.sock").string()}});
        if (done.status != 0)
            throw std::runtime_error("compose: " + done.err);
    }
    static std::string id() {
        return docker({"ps", "-q", "--no-trunc", "--filter", "label=com.docker.compose.project=story"});
    }
    static std::string name() {
        return docker({"ps", "--format", "{{.Names}}", "--filter", "label=com.docker.compose.project=story"});
    }

private:
    const Rig& m_rig;
};

TEST(ConsoleStory, RecreateIsOfferedWhenTheFleetFilesRestartDidNotCure) {
    Rig rig;
    ComposeService service(rig);
    Fleet fleet;
    fleet.hosts = {*parseHost("vm1")};
    Service entry;
    entry.project = "story";
    entry.service = "cure";
    entry.restart = {"docker", "restart", "-t", "1", ComposeService::name()};
    fleet.services = {entry};
    replaceFile(rig.path("conf"), "two\n");
    Console console(rig, "story /conf", fleet);
    ASSERT_EQ(console.verdict(), Verdict::StaleInode);
    const std::string first = ComposeService::id();

    // Between the restart and its proof somebody deploys again.
    fs::remove(rig.path("state/go"));
    QObject::connect(&console.session, &ui::FleetSession::restartStep, &console.window,
                     [&, done = false](const StepEvent& event) mutable {
                         if (event.step != RestartStep::Wait || std::exchange(done, true))
                             return;
                         replaceFile(rig.path("conf"), "three\n");
                         rig.file("state/go", "");
                     });
    ui::RestartDialog* dialog = restartByKeys(console, QStringLiteral("CHG-8"));
    ASSERT_NE(dialog, nullptr);
    EXPECT_TRUE(test::words(*dialog).contains(QStringLiteral("docker restart -t 1 ")));
    EXPECT_EQ(dialog->queue().item(0).state, State::Failed);
    EXPECT_TRUE(dialog->queue().item(0).why.contains(QStringLiteral("stale_inode")))
        << dialog->queue().item(0).why.toStdString();
    EXPECT_EQ(ComposeService::id(), first);

    // A new container in its place, from the compose file, after one more question.
    Console::push(test::button(*dialog, QStringLiteral("Recreate…")));
    ui::RecreateDialog* ask = nullptr;
    ASSERT_TRUE(Console::soon([&] { return (ask = dialog->findChild<ui::RecreateDialog*>()) != nullptr; }))
        << test::words(*dialog).toStdString();
    Console::activate(*ask);
    EXPECT_TRUE(test::words(*ask).contains(QStringLiteral("up -d --force-recreate --no-deps")));
    Console::press(*ask, Qt::Key_Space); // it is meant
    Console::push(test::button(*ask, QStringLiteral("Recreate")));
    EXPECT_TRUE(Console::soon([&] { return dialog->queue().count() == 2 && dialog->queue().running() < 0; }));
    EXPECT_EQ(dialog->queue().item(1).state, State::Proven) << dialog->queue().item(1).why.toStdString();
    EXPECT_NE(ComposeService::id(), first);
    EXPECT_EQ(docker({"exec", ComposeService::name(), "cat", "/conf"}), "three");
    Console::press(*dialog, Qt::Key_Escape);
    EXPECT_TRUE(Console::soon([&] { return !console.session.scanning(); }));
}

TEST(ConsoleStory, TheHostsPageKnowsTheMachine) {
    Rig rig;
    rig.file("conf", "x\n");
    rig.container("host-page", {"-v", rig.path("conf").string() + ":/conf"}, "busybox:local",
                  {"sleep", "1000"});
    Console console(rig, "host-page");
    auto* hosts = console.window.findChild<ui::HostTree*>();
    hosts->setFocus();
    hosts->setCurrentIndex(hosts->model()->index(0, 0));
    QTest::keyClick(hosts, Qt::Key_Return);
    const QString words = test::words(console.window);
    const Finished uname = run({"uname", "-r"});
    EXPECT_TRUE(words.contains(QStringLiteral("Linux ") + QString::fromStdString(uname.out).trimmed()))
        << words.toStdString();
    EXPECT_TRUE(words.contains(QStringLiteral("as root: all can be seen")));
    EXPECT_TRUE(words.contains(QStringLiteral("docker 2"))) << words.toStdString();
    EXPECT_TRUE(words.contains(QStringLiteral(", since 20")));
    const std::string release = readFile("/etc/os-release");
    const std::size_t at = release.find("PRETTY_NAME=\"") + 13;
    EXPECT_TRUE(words.contains(QString::fromStdString(release.substr(at, release.find('"', at) - at))));
}

} // namespace
} // namespace inodeck::lab
