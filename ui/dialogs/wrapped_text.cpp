#include "ui/dialogs/wrapped_text.h"

#include <QFontDatabase>
#include <QTextLayout>
#include <QtMath>

namespace inodeck::ui {

namespace {

constexpr auto Wrap = QTextOption::WrapAtWordBoundaryOrAnywhere;
constexpr int UsualLetters = 48;
constexpr int LeastLetters = 16;

} // namespace

WrappedText::WrappedText(const QString& text, QWidget* parent)
    : QPlainTextEdit(parent) {
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setFrameShape(NoFrame);
    setWordWrapMode(Wrap);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(0);
    setPlainText(text);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int WrappedText::heightForWidth(int width) const {
    QTextLayout layout(toPlainText(), font());
    QTextOption option;
    option.setWrapMode(Wrap);
    layout.setTextOption(option);
    layout.beginLayout();
    qreal height = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLeadingIncluded(true); // as the text edit does
        line.setLineWidth(width);
        height += line.height();
    }
    layout.endLayout();
    return qCeil(height) + 1;
}

QSize WrappedText::sizeHint() const {
    const int width = fontMetrics().averageCharWidth() * UsualLetters;
    return {width, heightForWidth(width)};
}

QSize WrappedText::minimumSizeHint() const {
    return {fontMetrics().averageCharWidth() * LeastLetters, fontMetrics().height() + 1};
}

} // namespace inodeck::ui
