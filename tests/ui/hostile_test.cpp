// Fifty hostile names wherever a name can come from outside: each is shown literally, nothing becomes markup,
// nothing is opened or fetched.
#include <QAbstractItemView>
#include <QComboBox>
#include <QDesktopServices>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QToolTip>
#include <QTreeWidget>

#include "core/base/text.h"
#include "tests/support/hostile_names.h"
#include "tests/ui/audit_console.h"
#include "tests/ui/dialogs_rig.h"
#include "tests/ui/evidence_rig.h"
#include "ui/models/row_text.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

/// Counts what asks the desktop to open something.
class UrlTrap final : public QObject {
    Q_OBJECT

public:
    UrlTrap() {
        for (const char* scheme : Schemes)
            QDesktopServices::setUrlHandler(QLatin1String(scheme), this, "take");
    }
    ~UrlTrap() override {
        for (const char* scheme : Schemes)
            QDesktopServices::unsetUrlHandler(QLatin1String(scheme));
    }
    int opened = 0;

public Q_SLOTS:
    void take(const QUrl&) { ++opened; }

private:
    static constexpr const char* Schemes[] = {"http", "https", "file", "mailto"};
};

/// No control, bidi or zero-width character; line feeds are ours.
bool isPlain(const QString& text) {
    return std::all_of(text.begin(), text.end(),
                       [](QChar c) { return c.isPrint() || c == QLatin1Char('\n'); });
}

/// A document that remembers what it was asked to fetch.
class Document final : public QTextDocument {
public:
    int fetched = 0;

protected:
    QVariant loadResource(int, const QUrl&) override {
        ++fetched;
        return {};
    }
};

/// What a tooltip says once it is drawn; empty where it would be more than text.
std::optional<QString> drawn(const QString& tip) {
    if (!Qt::mightBeRichText(tip))
        return tip;
    Document document;
    document.setHtml(tip);
    document.adjustSize();
    bool active = document.fetched > 0;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextCharFormat format = it.fragment().charFormat();
            active |= format.isAnchor() || format.isImageFormat() || format.fontWeight() > QFont::Normal;
        }
    return active ? std::nullopt : std::optional(document.toPlainText());
}

/// As Qt draws a text whose & marks a key.
QString withoutMarks(QString text) {
    text.replace(QLatin1String("&&"), QString(QChar(0xE000)));
    return text.remove(QLatin1Char('&')).replace(QChar(0xE000), QLatin1Char('&'));
}

/// All that a window says, and what is wrong with it.
class Reading {
public:
    explicit Reading(const QWidget& root) {
        take(root);
        for (const QWidget* widget : root.findChildren<QWidget*>())
            if (widget->window() == root.window())
                take(*widget);
    }
    QString said() const { return m_said.join(QLatin1Char('\n')); }
    QString faults() const { return m_faults.join(QLatin1Char('\n')); }
    bool says(const std::string& name) const {
        const QString text = literal(name);
        return std::any_of(m_said.begin(), m_said.end(),
                           [&](const QString& one) { return one.contains(text); });
    }

private:
    void say(const QString& text, const QObject& by) {
        if (!isPlain(text))
            fault(text, by, "holds what cannot be seen");
        m_said << text;
    }
    void fault(const QString& text, const QObject& by, const char* why) {
        m_faults << QStringLiteral("%1 %2: %3")
                        .arg(QLatin1String(by.metaObject()->className()), QLatin1String(why), text.left(200));
    }
    void tip(const QString& text, const QObject& by) {
        const auto seen = drawn(text);
        if (!seen)
            fault(text, by, "has an active tooltip");
        else if (!isPlain(*seen))
            fault(text, by, "has a tooltip that hides something");
    }
    void take(const QWidget& widget) {
        tip(widget.toolTip(), widget);
        if (widget.isWindow())
            say(widget.windowTitle(), widget);
        if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
            // Our own words may be in labels that would take markup, if there were any.
            if (label->textFormat() != Qt::PlainText && Qt::mightBeRichText(label->text()))
                fault(label->text(), widget, "may be rich text");
            say(label->buddy() ? withoutMarks(label->text()) : label->text(), widget);
        } else if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) {
            say(withoutMarks(button->text()), widget);
        } else if (const auto* edit = qobject_cast<const QPlainTextEdit*>(&widget)) {
            say(edit->toPlainText(), widget);
        } else if (const auto* box = qobject_cast<const QComboBox*>(&widget)) {
            for (int i = 0; i < box->count(); ++i)
                say(box->itemText(i), widget);
        } else if (const auto* line = qobject_cast<const QLineEdit*>(&widget)) {
            say(line->text(), widget);
        } else if (const auto* view = qobject_cast<const QAbstractItemView*>(&widget)) {
            if (view->model())
                take(*view->model(), {}, widget);
        }
    }
    void take(const QAbstractItemModel& model, const QModelIndex& parent, const QWidget& view) {
        for (int row = 0; row < model.rowCount(parent); ++row)
            for (int column = 0; column < model.columnCount(parent); ++column) {
                const QModelIndex index = model.index(row, column, parent);
                for (const int role :
                     {Qt::DisplayRole, Qt::AccessibleTextRole, Qt::AccessibleDescriptionRole})
                    if (const QString text = index.data(role).toString(); !text.isEmpty())
                        say(text, view);
                tip(index.data(Qt::ToolTipRole).toString(), view);
                if (column == 0)
                    take(model, index, view);
            }
    }

    QStringList m_said;
    QStringList m_faults;
};

QByteArray which(const std::string& name) {
    return literal(name).left(60).toUtf8();
}

} // namespace

class HostileTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        Console::freshSettings();
        QCOMPARE(hostileNames().size(), std::size_t{50});
    }

    /// The checks below can fail.
    void whatIsWrongIsFound() {
        QWidget root;
        auto* label = new QLabel(QStringLiteral("<b>x</b>"), &root);
        QVERIFY(Reading(root).faults().contains(QStringLiteral("may be rich text")));
        label->setTextFormat(Qt::PlainText);
        QVERIFY(Reading(root).faults().isEmpty());
        label->setToolTip(QStringLiteral("<b>x</b>"));
        QVERIFY(Reading(root).faults().contains(QStringLiteral("active tooltip")));
        label->setToolTip(QStringLiteral("<img src='file:///etc/passwd'>"));
        QVERIFY(Reading(root).faults().contains(QStringLiteral("active tooltip")));
        label->setToolTip({});
        label->setText(QStringLiteral("a\x1b[31m"));
        QVERIFY(Reading(root).faults().contains(QStringLiteral("cannot be seen")));
        QLineEdit edit;
        label->setText(QStringLiteral("a&amp;b"));
        QVERIFY(Reading(root).says("a&amp;b"));
        label->setBuddy(&edit); // then Qt takes the & for a mark
        QVERIFY(!Reading(root).says("a&amp;b"));
    }

    void onEachPageOfTheWindow() {
        const UrlTrap trap;
        Console c(std::vector<std::string>{});
        QSignalSpy told(c.window.findChild<MountsPage*>(), &MountsPage::newStale);
        for (const std::string& name : hostileNames()) {
            Host host;
            host.name = host.address = name;
            host.groups = {name + " (group)"};
            c.window.addHosts({host});
            Row before = rowNamed(name);
            before.observation.containerSide = before.observation.hostSide;
            before.judgement = judge(before.observation);
            c.take(scanOf(name, {before}));
            HostScan scan = scanOf(name, {rowNamed(name)});
            scan.access.user = scan.runtime.name = scan.machineId = name;
            scan.system.os = scan.system.kernel = name;
            scan.peer.address = scan.peer.user = name;
            c.take(scan);
        }
        QCOMPARE(told.count(), 50);
        for (const auto& news : told)
            for (const QVariant& text : news)
                QVERIFY2(isPlain(text.toString()), qPrintable(text.toString().left(200)));
        auto* bar = c.window.findChild<Pages*>()->bar();
        for (int page = 0; page < bar->count(); ++page) {
            bar->setCurrentIndex(page);
            const Reading reading(c.window);
            QVERIFY2(reading.faults().isEmpty(), qPrintable(reading.faults()));
            for (const std::string& name : hostileNames())
                QVERIFY2(reading.says(name), which(name));
        }
        bar->setCurrentIndex(0);
        for (int row = 0; row < c.table->tree().shown(); ++row) {
            c.table->setCurrentIndex(c.table->tree().index(row, 0));
            const std::string name = c.table->current()->host;
            const Reading details(*c.window.findChild<DetailsPanel*>());
            QVERIFY2(details.faults().isEmpty(), qPrintable(details.faults()));
            QVERIFY2(details.said().count(literal(name)) >= 5, which(name));
            QVERIFY2(rowText(*c.table->current(), {}).contains(literal(name)), which(name));
        }
        QCOMPARE(trap.opened, 0);
    }

    void onAHostsPageAndInItsErrors() {
        Console c(std::vector<std::string>{});
        auto* hosts = c.window.findChild<HostTree*>();
        for (const std::string& name : hostileNames()) {
            Host host;
            host.name = name;
            c.window.addHosts({host});
            c.take(failedScan(name, ErrorCode::Unreachable, "Cannot connect: " + printable(name)));
            hosts->setCurrentIndex(hosts->model()->index(hosts->model()->rowCount() - 1, 0));
            QTest::keyClick(hosts, Qt::Key_Return);
            const Reading panel(*c.window.findChild<HostPanel*>());
            QVERIFY2(panel.faults().isEmpty(), qPrintable(panel.faults()));
            QVERIFY2(panel.said().count(literal(name)) >= 2, which(name));
        }
        const Reading all(c.window);
        QVERIFY2(all.faults().isEmpty(), qPrintable(all.faults()));
    }

    void inEveryDialog() {
        const UrlTrap trap;
        Console c;
        for (const std::string& name : hostileNames()) {
            AllDialogs dialogs(c.session, c.window, name);
            const auto named = dialogs.named();
            for (QDialog* dialog : dialogs.all()) {
                const Reading reading(*dialog);
                QVERIFY2(reading.faults().isEmpty(), qPrintable(reading.faults()));
                if (std::find(named.begin(), named.end(), dialog) != named.end())
                    QVERIFY2(reading.says(name), which(name) + dialog->metaObject()->className());
            }
        }
        QCOMPARE(trap.opened, 0);
    }

    void inMessageBoxes() {
        Console c(std::vector<std::string>{});
        for (const std::string& name : hostileNames()) {
            Host host;
            host.name = name;
            c.window.addHosts({host});
            c.take(failedScan(name, ErrorCode::HostKeyChanged, "Not the known key: " + printable(name)));
            auto* box = c.window.findChild<QMessageBox*>();
            QVERIFY2(box, which(name));
            QCOMPARE(box->textFormat(), Qt::PlainText);
            QVERIFY2(box->text().contains(literal(name)), which(name));
            const auto more = drawn(box->informativeText());
            QVERIFY2(more && more->contains(literal(name)), which(name));
            for (const QLabel* label : box->findChildren<QLabel*>())
                QVERIFY2(label->textFormat() == Qt::PlainText || drawn(label->text()), which(name));
            delete box;
        }
    }

    void inTheDiffAndTheLog() {
        std::string inside;
        std::string log;
        for (const std::string& name : hostileNames()) {
            std::string line = name;
            std::replace(line.begin(), line.end(), '\n', ' ');
            std::replace(line.begin(), line.end(), '\0', ' '); // a NUL makes it a binary file
            inside += line + "\n";
            log += "2026-11-24T14:43:13.949706649Z " + line + "\n";
        }
        EvidenceRig rig(inside, "x\n");
        rig.log = log + "\ninodeck-exit 0\n";
        QVERIFY(rig.loadDiff());
        const Reading diff(*rig.panel);
        QVERIFY2(diff.faults().isEmpty(), qPrintable(diff.faults()));
        for (const char* name : {"<img src='file:///etc/passwd'>", "<!-- comment", "http://evil.example/"})
            QVERIFY2(diff.says(name), name);
        rig.tabs->setCurrentWidget(rig.panel->findChild<LogView*>());
        QVERIFY(QTest::qWaitFor(
            [&] {
                return Reading(*rig.panel).said().contains(QStringLiteral("stays text")) ||
                       Reading(*rig.panel->findChild<LogView*>())
                           .said()
                           .contains(QStringLiteral("</pre></div>"));
            },
            30000));
        const Reading tail(*rig.panel->findChild<LogView*>());
        QVERIFY2(tail.faults().isEmpty(), qPrintable(tail.faults()));
        QVERIFY(tail.says("<script>alert(1)</script>"));
    }

    void inTheAuditLog() {
        const AuditHome home;
        std::vector<RecordDraft> drafts;
        for (const std::string& name : hostileNames()) {
            RecordDraft draft = intentOf(static_cast<int>(drafts.size()) + 1);
            draft.reason = name;
            draft.actor = {"mira", name.substr(0, 500), ""};
            draft.target.vm = draft.target.project = draft.target.service = name.substr(0, 500);
            draft.evidence.front().source = draft.evidence.front().destination = name.substr(0, 500);
            drafts.push_back(draft);
        }
        home.fill(drafts);
        AuditConsole c(home);
        QVERIFY(QTest::qWaitFor([&] { return c.table->model()->rowCount() >= 50; }, 30000));
        for (int row = 0; row < c.table->model()->rowCount(); ++row) {
            c.table->setCurrentIndex(c.table->model()->index(row, 0));
            QVERIFY(QTest::qWaitFor([&] { return c.table->current() != nullptr; }, 30000));
            const Reading page(*c.page);
            QVERIFY2(page.faults().isEmpty(), qPrintable(page.faults()));
        }
        QTRY_VERIFY(c.badge->text() == QStringLiteral("Log verified"));
        const Reading page(*c.page);
        for (const std::string& name : hostileNames())
            if (name.size() <= 500)
                QVERIFY2(page.says(name), which(name));
    }
};

QTEST_MAIN(HostileTest)
#include "hostile_test.moc"
