#include "ui/views/diff_delegate.h"

#include <QPainter>
#include <QTextLayout>
#include <cmath>

#include "ui/models/look.h"
#include "ui/views/diff_pane.h"

namespace inodeck::ui {

namespace {

QColor tint(const DiffModel::Line& line, bool dark, int alpha) {
    QColor colour = ui::colour(line.sign == QLatin1Char('+') ? Verdict::InSync : Verdict::StaleInode, dark);
    colour.setAlpha(alpha);
    return colour;
}

/// Bytes of UTF-8 to characters of a QString.
QTextLayout::FormatRange range(const std::string& text, const TextSpan& span) {
    const auto characters = [&](std::size_t bytes) {
        return static_cast<int>(QString::fromUtf8(text.data(), static_cast<qsizetype>(bytes)).size());
    };
    QTextLayout::FormatRange format;
    format.start = characters(span.begin);
    format.length = characters(span.begin + span.length) - format.start;
    return format;
}

void layOut(QTextLayout& layout, const QString& text, const QFont& font, int width, bool wrapped) {
    layout.setText(text);
    layout.setFont(font);
    QTextOption option;
    option.setWrapMode(wrapped ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    qreal y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition({0, y});
        y += line.height();
    }
    layout.endLayout();
}

int heightOf(const DiffPane& pane, int row) {
    QTextLayout layout;
    layOut(layout, QLatin1Char(' ') + pane.lines().text(row), pane.font(), pane.textWidth(), true);
    return static_cast<int>(std::ceil(layout.boundingRect().height()));
}

} // namespace

DiffDelegate::DiffDelegate(DiffPane& pane)
    : QStyledItemDelegate(&pane)
    , m_pane(pane) {}

QSize DiffDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    int height = option.fontMetrics.height() + 2;
    if (m_pane.wrapped() && index.column() == DiffModel::Text) {
        height = std::max(height, heightOf(m_pane, index.row()));
        if (m_pane.partner())
            height = std::max(height, heightOf(*m_pane.partner(), index.row()));
    }
    return {1, height};
}

void DiffDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const DiffModel::Line line = m_pane.lines().line(index.row());
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setClipRect(option.rect);
    if (selected)
        painter->fillRect(option.rect, option.palette.highlight());
    else if (line.header)
        painter->fillRect(option.rect, option.palette.alternateBase());
    else if (!line.line)
        painter->fillRect(option.rect, QBrush(option.palette.color(QPalette::Mid), Qt::BDiagPattern));
    else if (line.sign != QLatin1Char(' '))
        painter->fillRect(option.rect, tint(line, m_pane.dark(), 34));
    if (index.column() == DiffModel::Number) {
        const int gap = option.fontMetrics.horizontalAdvance(QLatin1Char(' '));
        painter->setPen(
            option.palette.color(selected ? QPalette::HighlightedText : QPalette::PlaceholderText));
        painter->drawText(option.rect.adjusted(0, 1, -gap, 0), Qt::AlignRight | Qt::AlignTop,
                          m_pane.lines().number(index.row()));
    } else {
        paintText(painter, option, index, selected);
    }
    painter->restore();
}

void DiffDelegate::paintText(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                             bool selected) const {
    const DiffModel::Line line = m_pane.lines().line(index.row());
    const QString text = line.sign + m_pane.lines().text(index.row());
    QTextLayout layout;
    QList<QTextLayout::FormatRange> formats;
    if (line.line) {
        for (const TextSpan& span : line.line->marks) {
            QTextLayout::FormatRange format = range(line.line->text, span);
            format.start += 1; // the sign
            format.format.setFontWeight(QFont::Bold);
            format.format.setFontUnderline(true);
            if (!selected)
                format.format.setBackground(tint(line, m_pane.dark(), 90));
            formats << format;
        }
    }
    const QString& searched = m_pane.searched();
    for (qsizetype at = searched.isEmpty() ? -1 : text.indexOf(searched, 1, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(searched, at + searched.size(), Qt::CaseInsensitive)) {
        QTextLayout::FormatRange format;
        format.start = static_cast<int>(at);
        format.length = static_cast<int>(searched.size());
        format.format.setBackground(QColor(0xFF, 0xD5, 0x4F));
        format.format.setForeground(Qt::black);
        formats << format;
    }
    layout.setFormats(formats);
    layOut(layout, text, option.font, option.rect.width(), m_pane.wrapped());
    painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
    layout.draw(painter, option.rect.topLeft() + QPointF(0, 1));
}

} // namespace inodeck::ui
