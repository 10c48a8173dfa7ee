#pragma once

#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>

namespace inodeck::test {

/// The button that says `text`; null: none does.
inline QPushButton* button(const QWidget& in, const QString& text) {
    for (auto* one : in.findChildren<QPushButton*>())
        if (one->text().remove(QLatin1Char('&')) == text)
            return one;
    return nullptr;
}

/// What the labels of `in` say that can be seen.
inline QString labels(const QWidget& in) {
    QStringList all;
    for (const QLabel* label : in.findChildren<QLabel*>())
        if (label->isVisible())
            all << label->text();
    return all.join(QLatin1Char('\n'));
}

/// All that labels, texts and lists of `in` say.
inline QString words(const QWidget& in) {
    QStringList all{labels(in)};
    for (const auto* text : in.findChildren<QPlainTextEdit*>())
        if (text->isVisible())
            all << text->toPlainText();
    for (const QListWidget* list : in.findChildren<QListWidget*>())
        for (int row = 0; row < list->count(); ++row)
            all << list->item(row)->text();
    return all.join(QLatin1Char('\n'));
}

} // namespace inodeck::test
