#include <QFile>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>

#include "tests/ui/patience.h"
#include "ui/views/fleet_page.h"

using namespace inodeck;
using namespace inodeck::ui;

namespace {

const QByteArray Good = "hosts:\n  - name: vm1\n    protected: true\n";
const QByteArray Bad = "hosts:\n  - name: vm1\n    protectd: true\n  - name: vm1\n";

struct Rig {
    explicit Rig(const QByteArray& bytes = {}, std::map<std::string, std::string> environment = {})
        : path(dir.filePath(QStringLiteral("inodeck.yaml")))
        , page(environment) {
        if (!bytes.isEmpty())
            write(bytes);
        page.resize(900, 600);
        page.show();
        (void)QTest::qWaitForWindowActive(&page);
        edit = page.findChild<CodeEdit*>();
        problems = page.findChild<QTableWidget*>();
        if (!bytes.isEmpty())
            page.open(path.toStdString());
    }
    void write(const QByteArray& bytes) const {
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
    }
    QByteArray onDisk() const {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QString text() const {
        QStringList all;
        for (const QLabel* label : page.findChildren<QLabel*>())
            if (label->isVisible())
                all << label->text();
        return all.join(QLatin1Char('\n'));
    }
    bool says(const QString& words) const {
        return QTest::qWaitFor([&] { return text().contains(words); }, test::Patience);
    }
    QPushButton* button(const QString& name) const {
        for (auto* one : page.findChildren<QPushButton*>())
            if (one->text().remove(QLatin1Char('&')) == name && one->isVisible())
                return one;
        return nullptr;
    }

    QTemporaryDir dir;
    QString path;
    FleetPage page;
    CodeEdit* edit = nullptr;
    QTableWidget* problems = nullptr;
};

} // namespace

class FleetPageTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("inodeck-test"));
        QCoreApplication::setApplicationName(QStringLiteral("fleet"));
        QSettings().clear();
    }

    void problemsAreListedAndLeadToTheirPlace() {
        const Rig rig(Bad);
        QVERIFY(rig.says(QStringLiteral("problem")));
        const auto expected = checkFleet(Bad.toStdString(), rig.path.toStdString(), {});
        QCOMPARE(rig.problems->rowCount(), static_cast<int>(expected.size()));
        QVERIFY(expected.size() >= 2);
        QCOMPARE(rig.problems->item(0, 0)->text(), QStringLiteral("3"));
        QCOMPARE(rig.problems->item(0, 2)->text(), QString::fromStdString(expected.front().sentence));
        QVERIFY(rig.edit->marks().size() == expected.size());
        Q_EMIT rig.problems->cellClicked(0, 2);
        QCOMPARE(rig.edit->textCursor().blockNumber() + 1, expected[0].line);
        QCOMPARE(rig.edit->textCursor().positionInBlock() + 1, expected[0].column);
        QVERIFY(!rig.button(QStringLiteral("Look at its hosts"))->isEnabled());
        QTest::keyClick(rig.edit, Qt::Key_F8);
        QCOMPARE(rig.edit->textCursor().blockNumber() + 1, expected[1].line);
        QTest::keyClick(rig.edit, Qt::Key_F8, Qt::ShiftModifier);
        QCOMPARE(rig.edit->textCursor().blockNumber() + 1, expected[0].line);
    }

    void checksWhileItIsTyped() {
        Rig rig(Good);
        QVERIFY(rig.says(QStringLiteral("Nothing is wrong with it. Hosts: 1;")));
        rig.edit->moveCursor(QTextCursor::End);
        QTest::keyClicks(rig.edit, QStringLiteral("what: 1"));
        QVERIFY(QTest::qWaitFor([&] { return rig.problems->rowCount() == 1; }, test::Patience));
        QCOMPARE(rig.problems->item(0, 0)->text(), QStringLiteral("4"));
        rig.edit->undo();
        QVERIFY(rig.says(QStringLiteral("Nothing is wrong")));
        QVERIFY(!rig.page.hasUnsavedEdits());
        QCOMPARE(rig.onDisk(), Good);
    }

    void itsHostsAreHandedOverAsTheFileHasThem() {
        const Rig rig(Good);
        QSignalSpy wanted(&rig.page, &FleetPage::fleetWanted);
        QVERIFY(rig.says(QStringLiteral("Nothing is wrong")));
        rig.button(QStringLiteral("Look at its hosts"))->click();
        QCOMPARE(wanted.count(), 1);
        const auto fleet = wanted.front().front().value<Fleet>();
        QCOMPARE(fleet.hosts.size(), std::size_t{1});
        QVERIFY(fleet.hosts.front().isProtected);
        QCOMPARE(fleet.path, rig.path.toStdString());
    }

    void savesByteForByteAndKeepsTheMode_data() {
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("LF") << QByteArray("\n");
        QTest::newRow("CRLF") << QByteArray("\r\n");
    }

    void savesByteForByteAndKeepsTheMode() {
        QFETCH(QByteArray, end);
        QByteArray bytes = "# caf\xc3\xa9\xc2\xa0\xf0\x9f\x9a\xa2 no-break and all\n" + Good + "\n\n";
        bytes.replace("\n", end);
        Rig rig(bytes);
        const auto mode = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup;
        QVERIFY(QFile::setPermissions(rig.path, mode));
        rig.edit->moveCursor(QTextCursor::End);
        QTest::keyClicks(rig.edit, QStringLiteral("#"));
        QTest::keyClick(rig.edit, Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(rig.onDisk(), bytes + "#");
        QCOMPARE(QFileInfo(rig.path).permissions() & ~(QFile::ReadUser | QFile::WriteUser), mode);
        QVERIFY(!rig.page.hasUnsavedEdits());
    }

    void whatSomebodyElseWroteIsNotOverwritten() {
        Rig rig(Good);
        QTest::keyClicks(rig.edit, QStringLiteral("#"));
        rig.write(Good + "# theirs\n");
        QTest::keyClick(rig.edit, Qt::Key_S, Qt::ControlModifier);
        QVERIFY(rig.text().contains(QStringLiteral("Nothing was written")));
        QCOMPARE(rig.onDisk(), Good + "# theirs\n");
        QVERIFY(rig.page.hasUnsavedEdits());
        rig.button(QStringLiteral("Load it, drop my edits"))->click();
        QCOMPARE(rig.edit->text().toUtf8(), Good + "# theirs\n");
        QVERIFY(QFile::remove(rig.path));
        QTest::keyClicks(rig.edit, QStringLiteral("#"));
        QTest::keyClick(rig.edit, Qt::Key_S, Qt::ControlModifier);
        QVERIFY(!QFile::exists(rig.path));
        QVERIFY(rig.text().contains(QStringLiteral("removed by somebody else")));
    }

    void whatCannotBeGivenBackIsNotEdited_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("mixed line ends") << QByteArray("a: 1\r\nb: 2\n");
        QTest::newRow("not UTF-8") << QByteArray("a: \xff\n");
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf"
                                                       "a: 1\n");
    }

    void whatCannotBeGivenBackIsNotEdited() {
        QFETCH(QByteArray, bytes);
        const Rig rig(bytes);
        QTest::keyClicks(rig.edit, QStringLiteral("x"));
        QTest::keyClick(rig.edit, Qt::Key_S, Qt::ControlModifier);
        QCOMPARE(rig.onDisk(), bytes);
        QVERIFY(rig.text().contains(QStringLiteral("not edited")) ||
                rig.text().contains(QStringLiteral("UTF-8")));
    }

    void secretsOfVariablesAreNotShown() {
        const QByteArray text =
            Good + "events:\n  loki:\n    url: ${LOKI}\n    user: u\n    api_key: ${KEY}\n";
        const Rig rig(text, {{"LOKI", "no-url-but-topsecret"}, {"KEY", "topsecret"}});
        QVERIFY(rig.says(QStringLiteral("problem")));
        QString all = rig.text() + rig.edit->text();
        for (int row = 0; row < rig.problems->rowCount(); ++row)
            all += rig.problems->item(row, 2)->text();
        QVERIFY(!all.contains(QStringLiteral("topsecret")));
        QVERIFY(all.contains(QStringLiteral("${KEY}")));
    }

    void theTemplateIsAGoodFleetFile() {
        const Rig rig;
        QVERIFY(!rig.page.hasUnsavedEdits());
        rig.button(QStringLiteral("New from the template"))->click();
        QVERIFY(rig.page.hasUnsavedEdits());
        QVERIFY(rig.says(QStringLiteral("Nothing is wrong with it. Hosts: 1;")));
        QVERIFY(rig.text().contains(QStringLiteral("not saved yet")));
    }

    void unsavedEditsAreAskedAbout() {
        Rig rig(Good);
        QTest::keyClicks(rig.edit, QStringLiteral("#"));
        bool went = false;
        const auto answer = [&](QMessageBox::StandardButton button) {
            rig.page.afterUnsavedEdits([&] { went = true; });
            auto* box = rig.page.findChild<QMessageBox*>();
            QVERIFY(box);
            box->button(button)->click();
            QVERIFY(QTest::qWaitFor([&] { return rig.page.findChild<QMessageBox*>() == nullptr; },
                                    test::Patience));
        };
        answer(QMessageBox::Cancel);
        QVERIFY(!went);
        QVERIFY(rig.page.hasUnsavedEdits());
        answer(QMessageBox::Save);
        QVERIFY(went);
        QCOMPARE(rig.onDisk(), "#" + Good);
    }

    void theOpenFileIsRemembered() {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("x.yaml"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(Good) == Good.size());
        file.close();
        {
            FleetPage page({});
            page.open(path.toStdString());
            QSettings settings;
            page.save(settings);
        }
        FleetPage page({});
        page.restore(QSettings());
        QCOMPARE(page.findChild<CodeEdit*>()->text().toUtf8(), Good);
    }

    /// A thousand hosts: a key press does not wait for their check.
    void typingDoesNotWaitForTheCheck() {
        QByteArray large = "hosts:\n";
        for (int i = 0; i < 1000; ++i)
            large += "  - name: vm" + QByteArray::number(i) + "\n";
        Rig rig(large);
        QVERIFY(
            QTest::qWaitFor([&] { return rig.text().contains(QStringLiteral("Nothing is wrong")); }, 60000));
        QElapsedTimer timer;
        timer.start();
        QTest::keyClicks(rig.edit, QStringLiteral("#"));
        QVERIFY2(timer.elapsed() < 200, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(rig.text().contains(QStringLiteral("Checking")));
    }
};

QTEST_MAIN(FleetPageTest)
#include "fleet_page_test.moc"
