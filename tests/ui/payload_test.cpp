// More than two hundred names and reasons that are more than text somewhere, in every widget that shows them.
#include <QAbstractItemView>
#include <QClipboard>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QStandardPaths>
#include <QTest>

#include "core/base/text.h"
#include "tests/support/hostile_payloads.h"
#include "tests/ui/audit_console.h"
#include "tests/ui/scans.h"
#include "ui/dialogs/restart_dialog.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

constexpr const char* Mark = "#payload#";

/// Each with a mark, by which it is known again.
const std::vector<std::string>& payloads() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> list = hostilePayloads();
        for (std::string& one : list)
            one += Mark;
        return list;
    }();
    return all;
}

/// Of every row and column, in every role that is shown or read aloud.
void addModel(QStringList& said, const QAbstractItemModel& model, const QModelIndex& parent = {}) {
    for (int row = 0; row < model.rowCount(parent); ++row)
        for (int column = 0; column < model.columnCount(parent); ++column) {
            const QModelIndex index = model.index(row, column, parent);
            for (const int role :
                 {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole, Qt::AccessibleDescriptionRole})
                said << index.data(role).toString();
            if (column == 0)
                addModel(said, model, index);
        }
}

/// What the widgets below `in` say, but for the rows of tables. A label with a payload is plain text.
QStringList saidBy(const QWidget& in) {
    QStringList said{in.windowTitle()};
    for (const QWidget* widget : in.findChildren<QWidget*>())
        said << widget->toolTip() << widget->accessibleName() << widget->accessibleDescription();
    for (const QLabel* label : in.findChildren<QLabel*>()) {
        said << label->text();
        if (label->textFormat() != Qt::PlainText && label->text().contains(QLatin1String(Mark)))
            said << QStringLiteral("\x1b not a plain label: ") + label->text();
    }
    for (const QAbstractButton* button : in.findChildren<QAbstractButton*>())
        said << button->text();
    for (const QLineEdit* edit : in.findChildren<QLineEdit*>())
        said << edit->text() << edit->placeholderText();
    for (const QPlainTextEdit* text : in.findChildren<QPlainTextEdit*>())
        said << text->toPlainText();
    return said;
}

/// Empty: none of it does more than be read.
QString harmOf(const QStringList& said) {
    for (const QString& one : said)
        if (const std::string harm = harmIn(one.toStdString()); !harm.empty())
            return QString::fromStdString(harm);
    return {};
}

/// A record with the payload wherever others choose the text.
RecordDraft draftOf(int number, const std::string& payload) {
    RecordDraft draft = outcomeOf(number, "failed");
    draft.actor = {payload, payload, payload};
    draft.reason = payload;
    draft.target.vm = payload;
    draft.target.project = payload;
    draft.target.service = payload;
    draft.argv = {"docker", payload};
    draft.evidence.front().source = payload;
    draft.evidence.front().destination = payload;
    draft.result->health = payload;
    draft.result->stderrTail = payload;
    return draft;
}

Row rowNamed(const std::string& payload) {
    Row row = rowOf(payload, "new");
    Container& container = row.observation.container;
    container.project = payload;
    container.service = payload;
    container.image = payload;
    row.observation.source = "/srv/" + payload;
    row.observation.destination = "/etc/" + payload;
    row.judgement = judge(row.observation);
    return row;
}

HostScan scanOfAll() {
    std::vector<Row> rows;
    for (const std::string& payload : payloads())
        rows.push_back(rowNamed(payload));
    return scanOf("vm1", std::move(rows));
}

} // namespace

class PayloadTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("inodeck-test"));
        QCoreApplication::setApplicationName(QStringLiteral("payloads"));
        QSettings().clear();
    }

    void harmIsSeen() {
        QVERIFY(payloads().size() >= 200);
        QVERIFY(!harmOf({QStringLiteral("a\x1b[2J")}).isEmpty());
        QVERIFY(!harmOf({QStringLiteral("a\u202e")}).isEmpty());
        QWidget parent;
        new QLabel(QStringLiteral("<b>#payload#</b>"), &parent);
        QVERIFY(!harmOf(saidBy(parent)).isEmpty());
    }

    void noneActsOnTheAuditPage() {
        const AuditHome home;
        std::vector<RecordDraft> drafts;
        for (const std::string& payload : payloads())
            drafts.push_back(draftOf(static_cast<int>(drafts.size()), payload));
        home.fill(drafts);
        AuditConsole c(home);
        const int all = static_cast<int>(drafts.size()) + 1;
        QVERIFY(c.loaded(all));
        const auto* after = c.page->findChild<QTreeWidget*>();
        for (int row = 0; row < all - 1; ++row) { // newest first; the last one is the genesis record
            c.table->setCurrentIndex(c.table->model()->index(row, 0));
            QTRY_COMPARE(after->headerItem()->text(2),
                         QStringLiteral("After (record %1)").arg(all - 1 - row));
            QTRY_COMPARE(after->topLevelItemCount(), 1);
            QStringList said = saidBy(c.window);
            addModel(said, *after->model());
            QTest::keyClick(c.table, Qt::Key_C, Qt::ControlModifier);
            said << QApplication::clipboard()->text();
            c.button(QStringLiteral("Copy JSON"))->click();
            said << QApplication::clipboard()->text();
            const QString harm = harmOf(said);
            QVERIFY2(harm.isEmpty(), qPrintable(harm));
        }
        QStringList rows;
        addModel(rows, *c.table->model());
        QVERIFY(rows.join(QString()).contains(QLatin1String(Mark))); // they are there
        const QString harm = harmOf(rows);
        QVERIFY2(harm.isEmpty(), qPrintable(harm));
    }

    void noneActsAmongTheMounts() {
        const AuditHome home;
        AuditConsole c(home);
        QTest::keyClick(&c.window, Qt::Key_1, Qt::ControlModifier);
        Q_EMIT c.session.hostScanned(scanOfAll());
        auto* mounts = c.window.findChild<MountTable*>();
        QTest::keyClick(mounts, Qt::Key_Home, Qt::ControlModifier);
        std::set<std::string> seen;
        for (std::size_t i = 0; i < payloads().size(); ++i) {
            QVERIFY(mounts->current());
            seen.insert(mounts->current()->row.observation.container.name);
            const QString harm = harmOf(saidBy(c.window));
            QVERIFY2(harm.isEmpty(), qPrintable(harm));
            QTest::keyClick(mounts, Qt::Key_Down);
        }
        QCOMPARE(seen.size(), payloads().size());
        QStringList rows;
        for (const auto* view : c.window.findChildren<QAbstractItemView*>())
            if (view->model())
                addModel(rows, *view->model());
        const QString harm = harmOf(rows);
        QVERIFY2(harm.isEmpty(), qPrintable(harm));
    }

    void noneActsInTheBannerOfAnOpenRestart() {
        const AuditHome home;
        AuditConsole c(home);
        for (const std::string& payload : payloads()) {
            const OpenIntent open{1, newUuid(), TimePoint{}, draftOf(1, payload)};
            Q_EMIT c.session.auditChecked({true, "sqlite:" + printable(payload), {open}});
            const QStringList said = saidBy(c.window);
            QVERIFY(said.join(QString()).contains(QLatin1String(Mark)));
            const QString harm = harmOf(said);
            QVERIFY2(harm.isEmpty(), qPrintable(harm));
        }
    }

    void noneActsInTheRestartDialog() {
        const AuditHome home;
        const AuditConsole c(home);
        const HostScan scan = scanOfAll();
        std::vector<RestartPlan> plans;
        for (const Row& row : scan.rows)
            plans.push_back(
                planRestarts(*parseHost("vm1"), scan, row.observation.container.id.hex())->front());
        RestartDialog dialog(plans, c.session, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QStringList said = saidBy(dialog);
        for (const auto* view : dialog.findChildren<QAbstractItemView*>())
            if (view->model())
                addModel(said, *view->model());
        QVERIFY(said.join(QString()).contains(QLatin1String(Mark)));
        const QString harm = harmOf(said);
        QVERIFY2(harm.isEmpty(), qPrintable(harm));
    }
};

QTEST_MAIN(PayloadTest)
#include "payload_test.moc"
