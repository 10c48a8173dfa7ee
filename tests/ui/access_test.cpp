// For screen readers and for the keyboard: whatever takes the focus has a name and a role, F1 knows each key.
#include <QAccessible>
#include <QAction>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTabBar>
#include <QTableWidget>

#include "tests/ui/dialogs_rig.h"
#include "ui/models/language.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

void fill(Console& c) {
    c.window.addHosts({*parseHost("vm1"), *parseHost("vm2")});
    c.take(scanOf("vm1", {rowOf("caddy"), rowOf("alloy", "new")}));
    QCoreApplication::processEvents();
}

QString describe(const QWidget& widget) {
    QString path;
    for (const QWidget* at = &widget; at; at = at->parentWidget())
        path.prepend(QStringLiteral("/") + QLatin1String(at->metaObject()->className()));
    return path;
}

/// Parts that Qt's own widgets are made of speak through these.
bool isPart(const QWidget& widget) {
    if (widget.objectName().startsWith(QLatin1String("qt_")) || widget.inherits("QComboBoxListView"))
        return true;
    const QWidget* parent = widget.parentWidget();
    return parent && (parent->inherits("QComboBox") || parent->inherits("QAbstractSpinBox"));
}

/// All that takes the focus and has no name or no role, hidden pages included.
QStringList nameless(QWidget& root) {
    QStringList found;
    for (QWidget* widget : root.findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() || isPart(*widget) ||
            widget->inherits("QScrollArea") || // takes it only to be scrolled by keys
            qobject_cast<QLabel*>(widget) ||   // speaks its own text
            widget->window() != root.window() ||
            (widget->isHidden() &&
             qobject_cast<QPushButton*>(widget))) // a button that gets its text with its use
            continue;
        QAccessibleInterface* access = QAccessible::queryAccessibleInterface(widget);
        if (!access || access->text(QAccessible::Name).trimmed().isEmpty())
            found << describe(*widget) + QStringLiteral(" has no name");
        else if (access->role() == QAccessible::NoRole || access->role() == QAccessible::Client)
            // A focusable plain widget says nothing of what it is.
            found << describe(*widget) + QStringLiteral(" has no role");
    }
    return found;
}

/// Letters that are marked twice among what can be seen.
QStringList markedTwice(QWidget& root) {
    QMap<QString, QString> owners;
    QStringList twice;
    const auto take = [&](const QString& text) {
        const QString key = QKeySequence::mnemonic(text).toString();
        if (key.isEmpty())
            return;
        if (owners.contains(key))
            twice << QStringLiteral("%1: %2, %3").arg(key, owners[key], text);
        owners[key] = text;
    };
    for (const QWidget* widget : root.findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->window() != root.window())
            continue;
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            take(button->text());
        else if (const auto* label = qobject_cast<const QLabel*>(widget); label && label->buddy())
            take(label->text());
        else if (const auto* bar = qobject_cast<const QTabBar*>(widget))
            for (int tab = 0; tab < bar->count(); ++tab)
                take(bar->tabText(tab));
    }
    return twice;
}

void check(QWidget& root) {
    root.show();
    const QStringList found = nameless(root);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

} // namespace

class AccessTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { Console::freshSettings(); }
    void cleanup() { useLanguage(QStringLiteral("en")); }

    void aNamelessFieldIsFound() {
        QWidget root;
        new QLineEdit(&root);
        root.show();
        QCOMPARE(nameless(root).size(), 1);
    }

    void thePagesHaveNames() {
        Console c(std::vector<std::string>{});
        check(c.window);
        fill(c);
        auto* bar = c.window.findChild<Pages*>()->bar();
        QVERIFY(bar->count() >= 2);
        for (int page = 0; page < bar->count(); ++page) {
            bar->setCurrentIndex(page);
            check(c.window);
        }
    }

    void theDialogsHaveNames() {
        Console c;
        AllDialogs dialogs(c.session, c.window, "vm1");
        for (QDialog* dialog : dialogs.all())
            check(*dialog);
    }

    void noLetterIsMarkedTwice_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("German") << QStringLiteral("de");
    }

    /// Alt with a letter that two of a window have would press neither.
    void noLetterIsMarkedTwice() {
        QFETCH(QString, language);
        useLanguage(language);
        {
            Console c;
            fill(c);
            AllDialogs dialogs(c.session, c.window, "vm1");
            for (QDialog* dialog : dialogs.all()) {
                dialog->show();
                QVERIFY2(markedTwice(*dialog).isEmpty(),
                         qPrintable(markedTwice(*dialog).join(QLatin1Char('\n'))));
            }
            auto* bar = c.window.findChild<Pages*>()->bar();
            for (int page = 0; page < bar->count(); ++page) {
                bar->setCurrentIndex(page);
                auto* tabs = c.window.findChild<DetailsPanel*>()->findChild<QTabWidget*>();
                for (int tab = 0; tab < (page == 0 ? tabs->count() : 1); ++tab) {
                    tabs->setCurrentIndex(tab);
                    QVERIFY2(markedTwice(c.window).isEmpty(),
                             qPrintable(markedTwice(c.window).join(QLatin1Char('\n'))));
                }
            }
        }
    }

    /// The list above is complete: each dialog of ui/dialogs is in AllDialogs.
    void noDialogIsForgotten() {
        QFile self(QStringLiteral(INODECK_SOURCE_DIR "/tests/ui/dialogs_rig.h"));
        QVERIFY(self.open(QIODevice::ReadOnly));
        const QString tested = QString::fromUtf8(self.readAll());
        const QDir dialogs(QStringLiteral(INODECK_SOURCE_DIR "/ui/dialogs"));
        const QRegularExpression dialog(QStringLiteral("class (\\w+) final : public QDialog"));
        int seen = 0;
        for (const QString& name : dialogs.entryList({QStringLiteral("*.h")})) {
            QFile header(dialogs.filePath(name));
            QVERIFY(header.open(QIODevice::ReadOnly));
            const QString code = QString::fromUtf8(header.readAll());
            for (auto match = dialog.globalMatch(code); match.hasNext(); ++seen) {
                const QString type = match.next().captured(1);
                QVERIFY2(tested.contains(QRegularExpression(QStringLiteral("\\b%1 \\w+;").arg(type))),
                         qPrintable(type));
            }
        }
        QVERIFY(seen >= 6);
    }

    void f1KnowsEachKey() {
        Console c;
        QTest::keyClick(&c.window, Qt::Key_F1);
        auto* dialog = c.window.findChild<KeysDialog*>();
        QVERIFY(dialog);
        auto* table = dialog->findChild<QTableWidget*>();
        QStringList keys;
        for (int row = 0; row < table->rowCount(); ++row) {
            keys << table->item(row, 0)->text().split(QStringLiteral(", "));
            QVERIFY(!table->item(row, 1)->text().isEmpty());
        }
        for (const char* key :
             {"F1", "F5", "Ctrl+R", "Esc", "Ctrl+F", "/", "Ctrl+1", "Ctrl+2", "Ctrl+N", "Ctrl+D",
              "Ctrl+Shift+R", "Ctrl+S", "F8", "Ctrl+,", "F7", "Shift+F7", "F3", "Shift+F3", "Ctrl+C"})
            QVERIFY2(keys.contains(QLatin1String(key)), key);
        for (const auto* action : c.window.findChildren<QAction*>())
            for (const QKeySequence& key : action->shortcuts())
                QVERIFY2(keys.contains(key.toString(QKeySequence::NativeText)), qPrintable(action->text()));
    }

    /// Two actions of one window with the same key: neither would be called.
    void noKeyIsTakenTwice() {
        Console c;
        QMap<QString, QString> owners;
        for (const auto* action : c.window.findChildren<QAction*>()) {
            if (action->shortcutContext() != Qt::WindowShortcut)
                continue;
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(!owners.contains(key.toString()), qPrintable(key.toString() + action->text()));
                owners[key.toString()] = action->text();
            }
        }
        QVERIFY(owners.size() >= 8);
    }

    /// docs/console.md has each key, and no other.
    void theDocumentHasTheSameKeys() {
        Console c;
        QFile file(QStringLiteral(INODECK_SOURCE_DIR "/docs/console.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        for (const KeyHelp& help : keysOf(c.window))
            for (const QString& key : help.keys.split(QStringLiteral(", ")))
                QVERIFY2(text.contains(key), qPrintable(key + QStringLiteral(": ") + help.does));
    }

    void settingsAreKept() {
        Preferences chosen;
        chosen.language = QStringLiteral("de");
        chosen.colours = Preferences::Colours::HighContrast;
        chosen.limits = {8, std::chrono::seconds{90}, std::uint64_t{16} << 20};
        SettingsDialog dialog(chosen, QStringLiteral("x"), nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        savePreferences(dialog.preferences());
        const Preferences again = loadPreferences();
        QCOMPARE(again.language, QStringLiteral("de"));
        QVERIFY(again.colours == Preferences::Colours::HighContrast);
        QCOMPARE(again.limits.hostsAtOnce, 8);
        QVERIFY(again.limits.deadline == std::chrono::seconds{90});
        QVERIFY(again.limits.hashLimit == std::uint64_t{16} << 20);
    }

    void settingsThatCannotBeAreAsIfNotThere() {
        QSettings settings;
        settings.setValue(QStringLiteral("settings/language"), QStringLiteral("../../x"));
        settings.setValue(QStringLiteral("settings/colours"), QStringLiteral("pink"));
        settings.setValue(QStringLiteral("settings/hostsAtOnce"), QStringLiteral("-1"));
        settings.setValue(QStringLiteral("settings/deadlineSeconds"), QStringLiteral("many"));
        settings.setValue(QStringLiteral("settings/hashLimitMiB"), QStringLiteral("99999999"));
        const Preferences read = loadPreferences();
        QVERIFY(read.language.isEmpty());
        QVERIFY(read.colours == Preferences::Colours::System);
        QCOMPARE(read.limits.hostsAtOnce, 64);
        QVERIFY(!read.limits.deadline);
        QVERIFY(!read.limits.hashLimit);
    }
};

QTEST_MAIN(AccessTest)
#include "access_test.moc"
