#pragma once

#include <QStyledItemDelegate>

class QTextLayout;

namespace inodeck::ui {

class DiffPane;

/// Paints one line of a diff as plain text. A difference is never told by colour alone: changed lines have a
/// sign, changed words are bold and underlined.
class DiffDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit DiffDelegate(DiffPane& pane);
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintText(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                   bool selected) const;
    const DiffPane& m_pane;
};

} // namespace inodeck::ui
