#include "ui/models/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

static void initResources() { // not in a namespace: the macro declares what it calls
    Q_INIT_RESOURCE(translations);
}

namespace inodeck::ui {

namespace {

/// "en" or "de": the first of what the system asks for that we have, English where there is none.
QString ofTheSystem() {
    for (const QString& wanted : QLocale::system().uiLanguages()) {
        const QString language = wanted.section(QLatin1Char('-'), 0, 0);
        if (language == QLatin1String("en") || language == QLatin1String("de"))
            return language;
    }
    return QStringLiteral("en");
}

void load(const QString& file, const QString& folder) {
    auto* translator = new QTranslator(QCoreApplication::instance());
    translator->setObjectName(QStringLiteral("language"));
    if (!translator->load(file, folder) || !QCoreApplication::installTranslator(translator))
        delete translator; // Qt's own translations are a package that may be missing
}

} // namespace

void useLanguage(const QString& language) {
    initResources();
    QLocale::setDefault(language.isEmpty() ? QLocale::system() : QLocale(language)); // numbers, too
    const QString chosen = language.isEmpty() ? ofTheSystem() : language;
    qDeleteAll(QCoreApplication::instance()->findChildren<QTranslator*>(QStringLiteral("language")));
    load(QStringLiteral("qtbase_") + chosen, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    load(QStringLiteral("inodeck_") + chosen, QStringLiteral(":/i18n"));
}

} // namespace inodeck::ui
