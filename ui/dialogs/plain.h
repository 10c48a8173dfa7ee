#pragma once

#include <QLabel>
#include <QString>

namespace inodeck::ui {

/// A label that shows text literally: never rich text, whatever it looks like.
inline QLabel* plainLabel(const QString& text, QWidget* parent = nullptr) {
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setWordWrap(true);
    return label;
}

/// The same, to be copied from.
inline QLabel* copyableLabel(const QString& text, QWidget* parent = nullptr) {
    QLabel* label = plainLabel(text, parent);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

inline bool isDark(const QWidget& widget) {
    return widget.palette().color(QPalette::Window).lightness() < 128;
}

inline void makeBold(QLabel* label, qreal factor = 1.0) {
    QFont font = label->font();
    font.setBold(true);
    font.setPointSizeF(font.pointSizeF() * factor);
    label->setFont(font);
}

} // namespace inodeck::ui
