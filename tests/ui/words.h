#pragma once

#include <QLabel>
#include <QListWidget>
#include <QPushButton>

namespace inodeck::test {

/// The button that says `text`; null: none does.
inline QPushButton* button(const QWidget& in, const QString& text) {
    for (auto* one : in.findChildren<QPushButton*>())
        if (one->text().remove(QLatin1Char('&')) == text)
            return one;
    return nullptr;
}

/// All that labels and lists of `in` say.
inline QString words(const QWidget& in) {
    QStringList all;
    for (const QLabel* label : in.findChildren<QLabel*>())
        if (label->isVisible())
            all << label->text();
    for (const QListWidget* list : in.findChildren<QListWidget*>())
        for (int row = 0; row < list->count(); ++row)
            all << list->item(row)->text();
    return all.join(QLatin1Char('\n'));
}

} // namespace inodeck::test
