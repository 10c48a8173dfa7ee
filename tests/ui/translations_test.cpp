// Every sentence of the console has a finished German translation, and every count its English plurals:
// what tr() has now is compared with resources/translations. A failure names each string that is missing;
// scripts/translate adds them to the files.
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include "ui/models/language.h"
#include "ui/models/look.h"

using namespace inodeck;
using namespace inodeck::ui;

namespace {

const QString Root = QStringLiteral(INODECK_SOURCE_DIR);

struct Message {
    QString context;
    QString source;
    bool plural = false;
    QString state;     ///< "unfinished", "vanished", "obsolete"; empty: finished
    QStringList texts; ///< of a plural: each form
    QString place() const { return context + QStringLiteral(": ") + source; }
};

Message readMessage(QXmlStreamReader& xml, const QString& context) {
    Message message;
    message.context = context;
    message.plural = xml.attributes().value(QLatin1String("numerus")) == QLatin1String("yes");
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("source")) {
            message.source = xml.readElementText();
        } else if (xml.name() == QLatin1String("translation")) {
            message.state = xml.attributes().value(QLatin1String("type")).toString();
            if (!message.plural)
                message.texts << xml.readElementText();
            else
                while (xml.readNextStartElement())
                    message.texts << xml.readElementText();
        } else {
            xml.skipCurrentElement();
        }
    }
    return message;
}

QList<Message> readMessages(const QString& path) {
    QFile file(path);
    QList<Message> found;
    if (!file.open(QIODevice::ReadOnly))
        return found;
    QXmlStreamReader xml(&file);
    QString context;
    while (!xml.atEnd()) {
        if (!xml.readNextStartElement() && xml.name() != QLatin1String("context"))
            continue;
        if (xml.name() == QLatin1String("name"))
            context = xml.readElementText();
        else if (xml.name() == QLatin1String("message"))
            found << readMessage(xml, context);
    }
    return found;
}

/// A copy of the translations as they would be after scripts/translate.
QList<Message> updated(const QString& language, const QTemporaryDir& dir) {
    const QString ts = dir.filePath(language + QStringLiteral(".ts"));
    QFile::copy(Root + QStringLiteral("/resources/translations/inodeck_%1.ts").arg(language), ts);
    QProcess lupdate;
    lupdate.setWorkingDirectory(Root);
    QStringList arguments{QStringLiteral("-silent"), QStringLiteral("-locations"),
                          QStringLiteral("none"),    QStringLiteral("-no-obsolete"),
                          QStringLiteral("-I"),      QStringLiteral("."),
                          QStringLiteral("ui"),      QStringLiteral("app/inodeck-console"),
                          QStringLiteral("-ts"),     ts};
    if (language == QLatin1String("en"))
        arguments.prepend(QStringLiteral("-pluralonly"));
    lupdate.start(QStringLiteral(INODECK_LUPDATE), arguments);
    if (!lupdate.waitForFinished(60000) || lupdate.exitCode() != 0)
        return {};
    return readMessages(ts);
}

/// What must be the same in a translation: %1, %n, line ends, tabs, a mnemonic.
QStringList marksOf(const QString& text, bool plural) {
    static const QRegularExpression Mark(QStringLiteral("%L?[0-9]+|%[vmn]|\\n|\\t|&(?=\\S)"));
    QStringList marks;
    for (auto match = Mark.globalMatch(text); match.hasNext();) {
        const QString mark = match.next().captured();
        if (!plural || mark != QLatin1String("%n")) // "one mount" is a good plural form
            marks << mark;
    }
    marks.sort();
    return marks;
}

} // namespace

class TranslationsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySentenceIsTranslated_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("German") << QStringLiteral("de");
        QTest::newRow("English plurals") << QStringLiteral("en");
    }

    void everySentenceIsTranslated() {
        QFETCH(QString, language);
        const QTemporaryDir dir;
        const QList<Message> messages = updated(language, dir);
        QVERIFY2(messages.size() > (language == QLatin1String("de") ? 200 : 1), "lupdate found nothing");
        QStringList missing;
        for (const Message& message : messages) {
            const bool empty = message.texts.isEmpty() || message.texts.contains(QString());
            if (!message.state.isEmpty() || empty || (message.plural && message.texts.size() != 2))
                missing << message.place();
        }
        QVERIFY2(missing.isEmpty(), qPrintable(QStringLiteral("run scripts/translate, then translate:\n") +
                                               missing.join(QLatin1Char('\n'))));
    }

    void nothingIsTranslatedThatNobodySays() {
        const QTemporaryDir dir;
        QSet<QString> said;
        for (const Message& message : updated(QStringLiteral("de"), dir))
            said << message.place();
        for (const Message& message :
             readMessages(Root + QStringLiteral("/resources/translations/inodeck_de.ts")))
            QVERIFY2(said.contains(message.place()), qPrintable(message.place()));
    }

    void placeholdersAreKept() {
        for (const Message& message :
             readMessages(Root + QStringLiteral("/resources/translations/inodeck_de.ts")))
            for (const QString& text : message.texts)
                QVERIFY2(marksOf(text, message.plural) == marksOf(message.source, message.plural),
                         qPrintable(message.place() + QStringLiteral(" -> ") + text));
    }

    void theLanguageIsSpoken() {
        useLanguage(QStringLiteral("de"));
        QCOMPARE(label(Verdict::StaleInode), QStringLiteral("Alter Inode"));
        QCOMPARE(QCoreApplication::translate("inodeck::ui::FleetPage", "%n problem(s):", nullptr, 1),
                 QStringLiteral("1 Fehler:"));
        useLanguage(QStringLiteral("en"));
        QCOMPARE(label(Verdict::StaleInode), QStringLiteral("Stale inode"));
        QCOMPARE(QCoreApplication::translate("inodeck::ui::FleetPage", "%n problem(s):", nullptr, 1),
                 QStringLiteral("1 problem:"));
        QCOMPARE(QCoreApplication::translate("inodeck::ui::FleetPage", "%n problem(s):", nullptr, 3),
                 QStringLiteral("3 problems:"));
    }
};

QTEST_MAIN(TranslationsTest)
#include "translations_test.moc"
