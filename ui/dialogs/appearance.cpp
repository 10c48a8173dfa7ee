#include "ui/dialogs/appearance.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>

#include "ui/models/palettes.h"

namespace inodeck::ui {

void useColours(Preferences::Colours colours) {
    static const QString systemStyle = QApplication::style()->objectName();
    const bool own = colours != Preferences::Colours::System;
    // Not every style draws with the palette that it is given; Fusion does.
    QApplication::setStyle(QStyleFactory::create(own ? QStringLiteral("Fusion") : systemStyle));
    QApplication::setPalette(paletteOf(colours));
}

} // namespace inodeck::ui
