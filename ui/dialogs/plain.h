#pragma once

#include <QLabel>
#include <QProgressBar>
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

/// QProgressBar::setValue() paints at once, and with it all that waits to be painted; here it waits as well.
inline void setProgress(QProgressBar& bar, int done, int total) {
    bar.setUpdatesEnabled(false);
    bar.setRange(0, total);
    bar.setValue(done);
    bar.setUpdatesEnabled(true);
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
