#include <QFileInfo>
#include <QStandardPaths>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextFragment>
#include <QTextTable>

#include "tests/support/hostile_names.h"
#include "tests/support/incidents.h"
#include "tests/ui/patience.h"
#include "tests/ui/restart_vm.h"
#include "ui/dialogs/report_dialog.h"
#include "ui/models/host_model.h"
#include "ui/models/report_pdf.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

/// What a reader of the document makes of it: its parts, and whether something in it is a link or an image.
struct Shape {
    int blocks = 0;
    int tables = 0;
    int headings = 0;
    int active = 0;
    QString text;
};

Shape shapeOf(const QTextDocument& document) {
    Shape shape;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        ++shape.blocks;
        shape.headings += block.blockFormat().headingLevel() > 0;
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextCharFormat format = it.fragment().charFormat();
            shape.active += format.isAnchor() || format.isImageFormat() || !format.anchorHref().isEmpty();
        }
    }
    for (const QTextFrame* frame : document.rootFrame()->childFrames())
        shape.tables += qobject_cast<const QTextTable*>(frame) != nullptr;
    shape.text = document.toPlainText();
    return shape;
}

Shape markdownShape(const std::string& name) {
    QTextDocument document;
    document.setMarkdown(
        QString::fromStdString(report::toMarkdown(report::incidentDocument(incidentWith(name)))),
        QTextDocument::MarkdownDialectGitHub);
    return shapeOf(document);
}

Shape htmlShape(const std::string& name) {
    QTextDocument document;
    document.setHtml(QString::fromStdString(report::toHtml(report::incidentDocument(incidentWith(name)))));
    return shapeOf(document);
}

QString shownName(const std::string& name) {
    return QString::fromStdString(printable(name)).trimmed();
}

struct ReportRig {
    ReportRig()
        : vm({staleContainer('a', "edge"), syncedContainer('b', "web")}) {
        for (const Host& host : vm.session->hosts())
            hosts.add(host);
        QObject::connect(vm.session.get(), &FleetSession::hostScanned, &hosts, &HostModel::take);
        vm.session->scanAll();
        (void)QTest::qWaitFor([&] { return !vm.session->scanning(); }, Patience);
    }
    ReportSource source() const {
        ReportSource made;
        for (const Row& row : vm.session->lastScan("vm1")->rows) {
            MountModel::Entry& entry = made.view.emplace_back();
            entry.host = "vm1";
            entry.row = row;
        }
        made.viewWords = QStringLiteral("all mounts");
        made.hosts = hosts.looks();
        return made;
    }
    QString file(const QString& name) const { return vm.dir.filePath(name); }
    static QString read(const QString& path) {
        QFile f(path);
        return f.open(QIODevice::ReadOnly) ? QString::fromUtf8(f.readAll()) : QString();
    }

    RestartVm vm;
    HostModel hosts;
};

QString stateOf(const ReportDialog& dialog) {
    for (const QLabel* label : dialog.findChildren<QLabel*>())
        if (label->accessibleName() == QStringLiteral("State"))
            return label->text();
    return {};
}

} // namespace

class ReportTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("inodeck-test"));
    }

    void hostileNamesAreTextInMarkdownAndHtml() {
        const Shape plainMarkdown = markdownShape("plain");
        const Shape plainHtml = htmlShape("plain");
        QVERIFY(plainMarkdown.tables > 5);
        QVERIFY(plainMarkdown.headings > 8);
        for (const std::string& name : hostileNames()) {
            const QByteArray which = shownName(name).left(60).toUtf8();
            const Shape markdown = markdownShape(name);
            QVERIFY2(markdown.active == 0, which);
            QVERIFY2(markdown.tables == plainMarkdown.tables, which);
            QVERIFY2(markdown.headings == plainMarkdown.headings, which);
            QVERIFY2(markdown.text.count(shownName(name)) >= 10,
                     which + '\n' + markdown.text.left(3000).toUtf8());
            const Shape html = htmlShape(name);
            QVERIFY2(html.active == 0, which);
            QVERIFY2(html.blocks == plainHtml.blocks && html.tables == plainHtml.tables, which);
            QVERIFY2(html.text.count(shownName(name)) >= 10, which);
        }
    }

    /// What is in it is what the HTML holds, which the test above reads.
    void nothingInThePdfIsActive() {
        std::vector<std::string> names = hostileNames();
        names.emplace_back("plain");
        for (const std::string& name : names) {
            const QByteArray which = shownName(name).left(60).toUtf8();
            const QByteArray pdf = toPdf(report::incidentDocument(incidentWith(name)));
            QVERIFY2(pdf.startsWith("%PDF-") && pdf.contains("/Page"), which);
            for (const char* active : {"/URI", "/JavaScript", "/Launch", "/EmbeddedFile", "/OpenAction"})
                QVERIFY2(!pdf.contains(active), which + active);
        }
    }

    void isWrittenByKeyboardAlone() {
        ReportRig rig;
        ReportDialog dialog(rig.source(), *rig.vm.session, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        (void)QTest::qWaitForWindowActive(&dialog);
        auto* path = dialog.findChild<QLineEdit*>();
        QVERIFY(path->text().endsWith(QStringLiteral(".html")));
        QTest::keyClick(&dialog, Qt::Key_I, Qt::AltModifier);
        QVERIFY(path->hasFocus());
        QTest::keyClick(path, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(path, rig.file(QStringLiteral("r.html")));
        QTest::keyClick(path, Qt::Key_Return);
        QVERIFY(
            QTest::qWaitFor([&] { return stateOf(dialog).startsWith(QStringLiteral("Written")); }, Patience));
        const QString html = ReportRig::read(rig.file(QStringLiteral("r.html")));
        QVERIFY(html.contains(QString::fromStdString(Sha256::of("new\n").hex())));
        QVERIFY(html.contains(QStringLiteral("stale_inode")));
        QVERIFY(html.contains(QStringLiteral("None: every host was observed.")));
        QCOMPARE(QFileInfo(rig.file(QStringLiteral("r.html"))).permissions() &
                     (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        // The same name once more: nothing is replaced.
        path->setFocus();
        QTest::keyClick(path, Qt::Key_Return);
        QVERIFY2(QTest::qWaitFor([&] { return stateOf(dialog).startsWith(QStringLiteral("Cannot create")); },
                                 Patience),
                 qPrintable(stateOf(dialog)));
        QCOMPARE(ReportRig::read(rig.file(QStringLiteral("r.html"))), html);
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }

    void theSelectionInEveryFormat() {
        ReportRig rig;
        for (const auto& [row, end] : {std::pair{0, "html"}, std::pair{1, "pdf"}, std::pair{2, "md"}}) {
            ReportSource source = rig.source();
            source.selection = {source.view.front()};
            ReportDialog dialog(source, *rig.vm.session, nullptr);
            dialog.setAttribute(Qt::WA_DeleteOnClose, false);
            dialog.show();
            dialog.findChildren<QRadioButton*>()[1]->setChecked(true);
            dialog.findChild<QLineEdit*>()->setText(rig.file(QStringLiteral("s.html")));
            dialog.findChild<QComboBox*>()->setCurrentIndex(row);
            const QString path = dialog.findChild<QLineEdit*>()->text();
            QCOMPARE(path, rig.file(QStringLiteral("s.") + QLatin1String(end)));
            QTest::keyClick(dialog.findChild<QLineEdit*>(), Qt::Key_Return);
            QVERIFY(QTest::qWaitFor([&] { return stateOf(dialog).startsWith(QStringLiteral("Written")); },
                                    Patience));
            QVERIFY(QFileInfo(path).size() > 1000);
            if (row == 2) {
                QVERIFY(ReportRig::read(path).contains(QStringLiteral("shop/edge")));
                QVERIFY(!ReportRig::read(path).contains(QStringLiteral("shop/web")));
            }
        }
    }

    void hostsThatWereNotLookedAtAreNamed() {
        ReportRig rig;
        rig.vm.session->addHost(*parseHost("vm9"));
        rig.hosts.add(*parseHost("vm9"));
        const auto looks = rig.hosts.looks();
        QCOMPARE(looks.size(), std::size_t(2));
        QVERIFY(looks[0].status == HostStatus::Ok);
        QVERIFY(looks[0].rows.empty());
        QCOMPARE(looks[1].host, std::string("vm9"));
        QVERIFY(looks[1].status == HostStatus::Failed);
    }

    void aCancelEndsItWithoutAFile() {
        ReportRig rig;
        ReportWriter writer(*rig.vm.session);
        QString trouble;
        bool done = false;
        connect(&writer, &ReportWriter::finished, this, [&](const QString& why) {
            trouble = why;
            done = true;
        });
        ReportWriter::Order order;
        order.path = rig.file(QStringLiteral("c.html"));
        writer.write(order);
        writer.cancel();
        QVERIFY(QTest::qWaitFor([&] { return done; }, Patience));
        QVERIFY(trouble.isEmpty() || trouble == QStringLiteral("The report was cancelled."));
        QCOMPARE(QFileInfo::exists(order.path), trouble.isEmpty());
    }
};

QTEST_MAIN(ReportTest)
#include "report_test.moc"
