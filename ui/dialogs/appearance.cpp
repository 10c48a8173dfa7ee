#include "ui/dialogs/appearance.h"

#include <QApplication>
#include <QPainter>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>

#include "ui/models/palettes.h"

namespace inodeck::ui {

namespace {

/// Fusion draws its edges darker than the window, which on a dark one is no edge: fields, boxes and lists get
/// one that can be seen.
class EdgedStyle final : public QProxyStyle {
public:
    EdgedStyle()
        : QProxyStyle(QStringLiteral("Fusion")) {}

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        if (element == PE_FrameLineEdit || element == PE_IndicatorCheckBox ||
            element == PE_IndicatorItemViewItemCheck || element == PE_Frame ||
            element == PE_PanelButtonCommand)
            edge(*option, *painter, false);
        else if (element == PE_IndicatorRadioButton)
            edge(*option, *painter, true);
    }
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        if (control == CC_ComboBox || control == CC_SpinBox)
            edge(*option, *painter, false);
    }

private:
    static void edge(const QStyleOption& option, QPainter& painter, bool round) {
        if (option.state & State_HasFocus && !round)
            return; // the style marks it already
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing, round);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(
            option.palette.color(option.state & State_Enabled ? QPalette::PlaceholderText : QPalette::Mid));
        const QRectF box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
        if (round)
            painter.drawEllipse(box);
        else
            painter.drawRect(box);
        painter.restore();
    }
};

QStyle* styleFor(Preferences::Colours colours, const QString& systemStyle) {
    switch (colours) {
    case Preferences::Colours::System:
        return QStyleFactory::create(systemStyle);
    case Preferences::Colours::Light: // not every style draws with the palette that it is given; Fusion does
        return QStyleFactory::create(QStringLiteral("Fusion"));
    default:
        return new EdgedStyle;
    }
}

} // namespace

void useColours(Preferences::Colours colours) {
    static const QString systemStyle = QApplication::style()->objectName();
    QApplication::setStyle(styleFor(colours, systemStyle));
    QApplication::setPalette(paletteOf(colours));
}

} // namespace inodeck::ui
