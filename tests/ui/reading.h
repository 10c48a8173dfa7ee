#pragma once

#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextBlock>
#include <QTextDocument>
#include <algorithm>
#include <optional>

#include "ui/models/look.h"

namespace inodeck::test {

/// No control, bidi or zero-width character; line feeds are ours.
inline bool isPlain(const QString& text) {
    return std::all_of(text.begin(), text.end(),
                       [](QChar c) { return c.isPrint() || c == QLatin1Char('\n'); });
}

/// A document that remembers what it was asked to fetch.
class Document final : public QTextDocument {
public:
    int fetched = 0;

protected:
    QVariant loadResource(int, const QUrl&) override {
        ++fetched;
        return {};
    }
};

/// What a tooltip says once it is drawn; empty where it would be more than text.
inline std::optional<QString> drawn(const QString& tip) {
    if (!Qt::mightBeRichText(tip))
        return tip;
    Document document;
    document.setHtml(tip);
    document.adjustSize();
    bool active = document.fetched > 0;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next())
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextCharFormat format = it.fragment().charFormat();
            active |= format.isAnchor() || format.isImageFormat() || format.fontWeight() > QFont::Normal;
        }
    return active ? std::nullopt : std::optional(document.toPlainText());
}

/// As Qt draws a text whose & marks a key.
inline QString withoutMarks(QString text) {
    text.replace(QLatin1String("&&"), QString(QChar(0xE000)));
    return text.remove(QLatin1Char('&')).replace(QChar(0xE000), QLatin1Char('&'));
}

/// All that a window says, and what is wrong with it.
class Reading {
public:
    explicit Reading(const QWidget& root) {
        take(root);
        for (const QWidget* widget : root.findChildren<QWidget*>())
            if (widget->window() == root.window())
                take(*widget);
    }
    QString said() const { return m_said.join(QLatin1Char('\n')); }
    QString faults() const { return m_faults.join(QLatin1Char('\n')); }
    bool says(const std::string& name) const {
        const QString text = ui::literal(name);
        return std::any_of(m_said.begin(), m_said.end(),
                           [&](const QString& one) { return one.contains(text); });
    }

private:
    void say(const QString& text, const QObject& by) {
        if (!isPlain(text))
            fault(text, by, "holds what cannot be seen");
        m_said << text;
    }
    void fault(const QString& text, const QObject& by, const char* why) {
        m_faults << QStringLiteral("%1 %2: %3")
                        .arg(QLatin1String(by.metaObject()->className()), QLatin1String(why), text.left(200));
    }
    void tip(const QString& text, const QObject& by) {
        const auto seen = drawn(text);
        if (!seen)
            fault(text, by, "has an active tooltip");
        else if (!isPlain(*seen))
            fault(text, by, "has a tooltip that hides something");
    }
    void take(const QWidget& widget) {
        tip(widget.toolTip(), widget);
        if (widget.isWindow())
            say(widget.windowTitle(), widget);
        if (const auto* label = qobject_cast<const QLabel*>(&widget)) {
            // Our own words may be in labels that would take markup, if there were any.
            if (label->textFormat() != Qt::PlainText && Qt::mightBeRichText(label->text()))
                fault(label->text(), widget, "may be rich text");
            say(label->buddy() ? withoutMarks(label->text()) : label->text(), widget);
        } else if (const auto* button = qobject_cast<const QAbstractButton*>(&widget)) {
            say(withoutMarks(button->text()), widget);
        } else if (const auto* edit = qobject_cast<const QPlainTextEdit*>(&widget)) {
            say(edit->toPlainText(), widget);
        } else if (const auto* box = qobject_cast<const QComboBox*>(&widget)) {
            for (int i = 0; i < box->count(); ++i)
                say(box->itemText(i), widget);
        } else if (const auto* line = qobject_cast<const QLineEdit*>(&widget)) {
            say(line->text(), widget);
        } else if (const auto* view = qobject_cast<const QAbstractItemView*>(&widget)) {
            if (view->model())
                take(*view->model(), {}, widget);
        }
    }
    void take(const QAbstractItemModel& model, const QModelIndex& parent, const QWidget& view) {
        for (int row = 0; row < model.rowCount(parent); ++row)
            for (int column = 0; column < model.columnCount(parent); ++column) {
                const QModelIndex index = model.index(row, column, parent);
                for (const int role :
                     {Qt::DisplayRole, Qt::AccessibleTextRole, Qt::AccessibleDescriptionRole})
                    if (const QString text = index.data(role).toString(); !text.isEmpty())
                        say(text, view);
                tip(index.data(Qt::ToolTipRole).toString(), view);
                if (column == 0)
                    take(model, index, view);
            }
    }

    QStringList m_said;
    QStringList m_faults;
};

} // namespace inodeck::test
