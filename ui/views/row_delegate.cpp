#include "ui/views/row_delegate.h"

#include <QApplication>
#include <QPainter>

namespace inodeck::ui {

namespace {

QStyle& styleOf(const QStyleOptionViewItem& option) {
    return option.widget ? *option.widget->style() : *QApplication::style();
}

/// As QCommonStyle places it: behind the icon, with its margins.
QRect textRect(const QStyleOptionViewItem& item) {
    const int margin = styleOf(item).pixelMetric(QStyle::PM_FocusFrameHMargin, nullptr, item.widget) + 1;
    const bool icon = item.features & QStyleOptionViewItem::HasDecoration;
    const QRect rect =
        item.rect.adjusted(icon ? item.decorationSize.width() + 3 * margin : margin, 0, -margin, 0);
    return QStyle::visualRect(item.direction, item.rect, rect);
}

QColor textColour(const QStyleOptionViewItem& item) {
    const QPalette::ColorGroup group = !(item.state & QStyle::State_Enabled)  ? QPalette::Disabled
                                       : !(item.state & QStyle::State_Active) ? QPalette::Inactive
                                                                              : QPalette::Normal;
    return item.palette.color(group, item.state & QStyle::State_Selected ? QPalette::HighlightedText
                                                                         : QPalette::Text);
}

} // namespace

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const int line = option.fontMetrics.lineSpacing();
    return {m_wide == Wide::AsText ? QStyledItemDelegate::sizeHint(option, index).width() : 1,
            line + line / 2};
}

const QStaticText& RowDelegate::shaped(const Line& line, const QPainter& painter) const {
    if (const QStaticText* known = m_shaped.object(line))
        return *known;
    auto* text = new QStaticText(QFontMetrics(line.font).elidedText(line.text, line.elide, line.width));
    text->setTextFormat(Qt::PlainText);
    text->prepare(painter.transform(), line.font);
    m_shaped.insert(line, text);
    return *text;
}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const QString text = std::exchange(item.text, QString());
    item.features &= ~QStyleOptionViewItem::HasDisplay;
    styleOf(item).drawControl(QStyle::CE_ItemViewItem, &item, painter, item.widget);
    const QRect rect = textRect(item);
    if (text.isEmpty() || rect.width() <= 0)
        return;
    const QStaticText& line = shaped({text, item.font, rect.width(), item.textElideMode}, *painter);
    // Fonts of a row differ: their letters stand on one line.
    const QFontMetrics usual = option.fontMetrics;
    const int baseline = rect.top() + (rect.height() + usual.ascent() - usual.descent()) / 2;
    const int left =
        item.direction == Qt::RightToLeft ? rect.right() - qCeil(line.size().width()) : rect.left();
    painter->save();
    painter->setClipRect(rect, Qt::IntersectClip);
    painter->setFont(item.font);
    painter->setPen(textColour(item));
    painter->drawStaticText(left, baseline - QFontMetrics(item.font).ascent(), line);
    painter->restore();
}

} // namespace inodeck::ui
