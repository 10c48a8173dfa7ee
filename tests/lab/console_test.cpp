#include <QTabWidget>

#include "tests/lab/console_rig.h"
#include "ui/dialogs/restart_dialog.h"

namespace inodeck::lab {
namespace {

TEST(ConsoleOnTheLab, ShowsTheDiffAndRestartsUntilTheRowIsProvenGreen) {
    Rig rig;
    rig.file("conf", "interval: 30s\n");
    rig.container("console-one", {"-v", rig.path("conf").string() + ":/conf"}, "busybox:local",
                  {"sleep", "1000"});
    replaceFile(rig.path("conf"), "interval: 15s\n");
    Console console(rig, "console-one");
    EXPECT_EQ(console.verdict(), Verdict::StaleInode);
    EXPECT_TRUE(
        Console::soon([&] { return console.diffLines().contains(QStringLiteral("+interval: 15s")); }));
    EXPECT_TRUE(console.diffLines().contains(QStringLiteral("-interval: 30s")));

    EXPECT_TRUE(
        Console::soon([&] { return test::button(console.window, QStringLiteral("Restart…"))->isEnabled(); }));
    test::button(console.window, QStringLiteral("Restart…"))->click();
    auto* dialog = console.window.findChild<ui::RestartDialog*>();
    ASSERT_NE(dialog, nullptr);
    dialog->findChild<QLineEdit*>()->setText(QStringLiteral("new interval"));
    EXPECT_TRUE(Console::soon([&] { return test::button(*dialog, QStringLiteral("Restart"))->isEnabled(); }));
    test::button(*dialog, QStringLiteral("Restart"))->click();
    QTimer beat; // the window goes on while the restart runs
    int beats = 0;
    QObject::connect(&beat, &QTimer::timeout, [&] { ++beats; });
    beat.start(20);
    EXPECT_TRUE(Console::soon([&] { return !console.session.restarting(); }));
    EXPECT_GT(beats, 5);
    EXPECT_TRUE(
        Console::soon([&] { return !console.session.scanning() && console.verdict() == Verdict::InSync; }));
    EXPECT_EQ(docker({"exec", "console-one", "cat", "/conf"}), "interval: 15s");
    const Finished log =
        rig.inodeck({"audit", "list", "--audit", (rig.path("console-audit") / "audit.sqlite").string()});
    EXPECT_NE(log.out.find("verified"), std::string::npos) << log.out << log.err;
    EXPECT_NE(log.out.find("new interval"), std::string::npos) << log.out;
}

TEST(ConsoleOnTheLab, TheLogIsFollowedOverARestart) {
    Rig rig;
    rig.file("conf", "x\n");
    rig.container(
        "console-log", {"-v", rig.path("conf").string() + ":/conf"}, "busybox:local",
        {"sh", "-c", "echo on stdout; printf 'red \\033[31mword\\033[0m\\a\\n' >&2; exec sleep 1000"});
    Console console(rig, "console-log");
    auto* view = console.window.findChild<ui::LogView*>();
    console.window.findChild<ui::DetailsPanel*>()->findChild<QTabWidget*>()->setCurrentWidget(view);
    EXPECT_TRUE(Console::soon([&] { return console.log().contains(QStringLiteral("on stdout")); }));
    EXPECT_TRUE(console.log().contains(QStringLiteral("red word\\x07"))) << console.log().toStdString();
    view->findChild<QCheckBox*>()->setChecked(true);
    docker({"restart", "-t", "0", "console-log"});
    EXPECT_TRUE(Console::soon([&] { return console.log().count(QStringLiteral("on stdout")) == 2; }))
        << console.log().toStdString();
    console.window.scan(); // scans go on over the session that the log is followed by
    EXPECT_TRUE(Console::soon([&] { return !console.session.scanning(); }));
    EXPECT_EQ(console.verdict(), Verdict::InSync);
    EXPECT_TRUE(Console::soon([&] {
        return console.log().count(QStringLiteral("the container was started at")) == 2;
    })) << console.log().toStdString();
    EXPECT_EQ(console.log().count(QStringLiteral("on stdout")), 2);
}

TEST(ConsoleOnTheLab, ASourceThatIsGoneIsSeenByTheNextScan) {
    Rig rig;
    rig.file("conf", "x\n");
    rig.container("console-two", {"-v", rig.path("conf").string() + ":/conf"}, "busybox:local",
                  {"sleep", "1000"});
    Console console(rig, "console-two");
    EXPECT_EQ(console.verdict(), Verdict::InSync);
    fs::rename(rig.path("conf"), rig.path("gone"));
    console.window.scan();
    EXPECT_TRUE(Console::soon([&] { return !console.session.scanning(); }));
    EXPECT_EQ(console.verdict(), Verdict::SourceMissing);
}

} // namespace
} // namespace inodeck::lab

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
