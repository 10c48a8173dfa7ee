#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "app/setup/transports.h"
#include "tests/support/fault_proxy.h"
#include "tests/support/ssh_server.h"
#include "tests/ui/patience.h"
#include "ui/dialogs/gui_prompter.h"
#include "ui/dialogs/prompt_dialogs.h"
#include "ui/views/main_window.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

/// The window in front of a real sshd.
struct Console {
    explicit Console(const std::string& config)
        : session(setup::sshOrLocal(config, &prompter),
                  dir.filePath(QStringLiteral("audit/a.sqlite")).toStdString(), {})
        , window(session, prompter, {config, false, {}}) {
        QObject::connect(&session, &FleetSession::hostScanned, &window,
                         [this](const HostScan& scan) { last = scan; });
        window.addHosts({*parseHost("vm")});
        window.show();
        window.scan();
    }
    ~Console() { prompter.release(); }
    template <typename Dialog> Dialog* dialog() {
        Dialog* found = nullptr;
        (void)QTest::qWaitFor([&] { return (found = window.findChild<Dialog*>()) != nullptr; }, Patience);
        return found;
    }
    bool finished() {
        return QTest::qWaitFor([&] { return !session.scanning(); }, 30000);
    }

    QTemporaryDir dir;
    GuiPrompter prompter;
    FleetSession session;
    MainWindow window;
    HostScan last;
};

} // namespace

class PromptsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (const auto reason = SshServer::missing(); !reason.empty())
            QSKIP(reason.c_str());
        QStandardPaths::setTestModeEnabled(true);
    }

    void anUnknownKeyIsAQuestionAndNoMeansNo() {
        const SshServer server;
        Console c(server.clientConfig(server.hostBlock("vm")));
        auto* dialog = c.dialog<HostKeyDialog>();
        QVERIFY(dialog);
        bool shown = false;
        for (const QLabel* label : dialog->findChildren<QLabel*>())
            shown = shown || label->text().toStdString() == server.hostKey().fingerprint();
        QVERIFY(shown);
        QTest::keyClick(dialog, Qt::Key_Return); // the default is Cancel
        QVERIFY(c.finished());
        QVERIFY2(c.last.error.code == ErrorCode::HostKeyUnknown, c.last.error.message.c_str());
        QVERIFY(!std::filesystem::exists(server.knownHostsFile()) ||
                readFile(server.knownHostsFile()).empty());
    }

    void anAcceptedKeyIsRecorded() {
        const SshServer server;
        Console c(server.clientConfig(server.hostBlock("vm")));
        auto* dialog = c.dialog<HostKeyDialog>();
        QVERIFY(dialog);
        for (auto* button : dialog->findChildren<QPushButton*>())
            if (button->text().contains(QStringLiteral("Trust")))
                button->click();
        QVERIFY(c.finished());
        QVERIFY(c.last.error.code != ErrorCode::HostKeyUnknown);
        QVERIFY(readFile(server.knownHostsFile()).find(server.hostKey().publicKey().substr(12, 40)) !=
                std::string::npos);
    }

    void aChangedKeyIsRefused() {
        const SshServer server;
        const TempDir dir;
        const KeyPair other = makeKey(dir.file("other"));
        const std::string line = server.knownHostsLine();
        writeFile(server.knownHostsFile(), line.substr(0, line.find(' ')) + " " + other.publicKey() + "\n");
        Console c(server.clientConfig(server.hostBlock("vm")));
        auto* box = c.dialog<QMessageBox>();
        QVERIFY(box);
        QVERIFY(box->informativeText().contains(QString::fromStdString(other.fingerprint()).toHtmlEscaped()));
        QVERIFY(box->informativeText().contains(
            QString::fromStdString(server.hostKey().fingerprint()).toHtmlEscaped()));
        QVERIFY(c.finished());
        QVERIFY(c.last.error.code == ErrorCode::HostKeyChanged);
    }

    void aPassphraseIsAskedFor() {
        const SshServer server;
        server.trust();
        const KeyPair locked = makeKey(server.dir().file("locked"), "ed25519", "open sesame");
        const_cast<SshServer&>(server).authorize(locked.publicKey());
        std::string block = server.hostBlock("vm");
        const std::size_t at = block.find(server.userKey().path);
        QVERIFY(at != std::string::npos);
        block.replace(at, server.userKey().path.size(), locked.path);
        Console c(server.clientConfig(block));
        auto* dialog = c.dialog<SecretDialog>();
        QVERIFY(dialog);
        QTest::keyClicks(dialog->findChild<QLineEdit*>(), QStringLiteral("open sesame"));
        QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
        QVERIFY(c.finished());
        QVERIFY2(c.last.error.code != ErrorCode::AuthFailed, c.last.error.message.c_str());
    }

    void aPasswordIsAskedForThreeTimes() {
        const SshServer server({.address = "127.0.0.1", .config = {"PasswordAuthentication yes"}});
        server.trust();
        const std::string config = server.dir().file("by_password");
        writeFile(config, "Host vm\n  HostName 127.0.0.1\n  Port " + std::to_string(server.port()) +
                              "\n  IdentityAgent none\n  IdentityFile none\n  GlobalKnownHostsFile none\n"
                              "  UserKnownHostsFile " +
                              server.knownHostsFile() + "\n");
        Console c(config);
        QPointer<SecretDialog> last;
        for (int attempt = 0; attempt < 3; ++attempt) {
            QPointer<SecretDialog> dialog;
            QTRY_VERIFY_WITH_TIMEOUT((dialog = c.window.findChild<SecretDialog*>()) && dialog != last,
                                     Patience);
            auto* edit = dialog->findChild<QLineEdit*>();
            QVERIFY(edit->echoMode() == QLineEdit::Password);
            QTest::keyClicks(edit, QStringLiteral("wrong"));
            QTest::keyClick(edit, Qt::Key_Return);
            last = dialog;
        }
        QVERIFY(c.finished());
        QVERIFY2(c.last.error.code == ErrorCode::AuthFailed, c.last.error.message.c_str());
    }

    void escCancelsAScanAndF5BeginsTheNext() {
        FaultProxy silent("127.0.0.1", 9);
        silent.mute();
        const TempDir dir;
        writeFile(dir.file("config"),
                  "Host vm\n  HostName 127.0.0.1\n  Port " + std::to_string(silent.port()) + "\n");
        Console c(dir.file("config"));
        QVERIFY(QTest::qWaitForWindowActive(&c.window));
        for (int time = 0; time < 2; ++time) {
            QVERIFY(c.session.scanning());
            QTest::keyClick(&c.window, Qt::Key_Escape);
            QTRY_VERIFY_WITH_TIMEOUT(!c.session.scanning(), 5000); // long before the host's own deadline
            QVERIFY(c.last.error.code == ErrorCode::Cancelled);
            if (time == 0)
                QTest::keyClick(&c.window, Qt::Key_F5);
        }
    }

    void closingTheWindowEndsAQuestion() {
        const SshServer server;
        auto c = std::make_unique<Console>(server.clientConfig(server.hostBlock("vm")));
        QVERIFY(c->dialog<HostKeyDialog>());
        c->window.close();
        QVERIFY(c->finished());
    }
};

QTEST_MAIN(PromptsTest)
#include "prompts_test.moc"
