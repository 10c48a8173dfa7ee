#pragma once

#include <QCache>
#include <QStaticText>
#include <QStyledItemDelegate>

namespace inodeck::ui {

/// Rows of one line with some air between them. Tables are painted again and
/// again with the same words: how these are elided and shaped is kept.
class RowDelegate final : public QStyledItemDelegate {
public:
    enum class Wide { AsText, AsTheView };
    explicit RowDelegate(QObject* parent, Wide wide = Wide::AsText)
        : QStyledItemDelegate(parent)
        , m_wide(wide) {}
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    struct Line {
        QString text;
        QFont font;
        int width = 0;
        Qt::TextElideMode elide = Qt::ElideNone;
        bool operator==(const Line&) const = default;
    };
    friend std::size_t qHash(const Line& line, std::size_t seed) {
        return qHashMulti(seed, line.text, line.font, line.width);
    }
    const QStaticText& shaped(const Line& line, const QPainter& painter) const;

    Wide m_wide; ///< AsTheView: what is longer is elided, not scrolled to
    mutable QCache<Line, QStaticText> m_shaped{4000}; ///< some screens full
};

} // namespace inodeck::ui
