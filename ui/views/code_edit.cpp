#include "ui/views/code_edit.h"

#include <QFontDatabase>
#include <QHelpEvent>
#include <QPainter>
#include <QTextBlock>
#include <QToolTip>
#include <algorithm>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"

namespace inodeck::ui {

/// Numbers and marks left of the text.
class CodeMargin final : public QWidget {
public:
    explicit CodeMargin(CodeEdit& edit)
        : QWidget(&edit)
        , m_edit(edit) {}

protected:
    void paintEvent(QPaintEvent* event) override { m_edit.paintMargin(event); }
    bool event(QEvent* event) override {
        if (event->type() != QEvent::ToolTip)
            return QWidget::event(event);
        const auto* help = static_cast<QHelpEvent*>(event);
        const int line = m_edit.cursorForPosition({0, help->pos().y()}).blockNumber() + 1;
        const QString text = m_edit.marksOf(line);
        QToolTip::showText(help->globalPos(), text.isEmpty() ? text : tooltip(text.toStdString()), this);
        return true;
    }

private:
    CodeEdit& m_edit;
};

CodeEdit::CodeEdit(QWidget* parent)
    : QPlainTextEdit(parent)
    , m_margin(new CodeMargin(*this)) {
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setLineWrapMode(NoWrap);
    setTabChangesFocus(true); // YAML knows no tabs, and the keyboard must get out of here
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEdit::placeMargin);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& rect, int dy) {
        if (dy != 0)
            m_margin->scroll(0, dy);
        else
            m_margin->update(0, rect.y(), m_margin->width(), rect.height());
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, m_margin, qOverload<>(&QWidget::update));
    placeMargin();
}

QString CodeEdit::text() const {
    QString text = document()->toRawText();
    text.replace(QChar::ParagraphSeparator, m_crlf ? QStringLiteral("\r\n") : QStringLiteral("\n"));
    return text;
}

void CodeEdit::setText(const QString& text) {
    m_crlf = text.contains(QLatin1String("\r\n"));
    m_marks.clear();
    setPlainText(text);
    document()->setModified(false);
    highlight();
}

// --- marks ---

void CodeEdit::setMarks(std::vector<Mark> marks) {
    m_marks = std::move(marks);
    highlight();
}

QString CodeEdit::marksOf(int line) const {
    QStringList texts;
    for (const Mark& mark : m_marks)
        if (mark.line == line)
            texts << mark.text;
    return texts.join(QLatin1Char('\n'));
}

QTextCursor CodeEdit::cursorAt(int line, int column) const {
    QTextBlock block = document()->findBlockByNumber(line - 1);
    if (!block.isValid())
        block = document()->lastBlock();
    const QString text = block.text();
    qsizetype at = 0;
    for (int passed = 1; passed < column && at < text.size(); ++passed)
        at += text.at(at).isHighSurrogate() ? 2 : 1;
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + static_cast<int>(std::min(at, text.size())));
    return cursor;
}

void CodeEdit::highlight() {
    QList<QTextEdit::ExtraSelection> selections;
    for (const Mark& mark : m_marks) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = cursorAt(mark.line, mark.column);
        const QString rest = selection.cursor.block().text().mid(selection.cursor.positionInBlock());
        const qsizetype word =
            std::find_if(
                rest.begin(), rest.end(),
                [](QChar c) { return c.isSpace() || c == QLatin1Char(':') || c == QLatin1Char(','); }) -
            rest.begin();
        selection.cursor.movePosition(QTextCursor::Right, QTextCursor::KeepAnchor,
                                      std::max(1, static_cast<int>(word)));
        selection.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        selection.format.setUnderlineColor(colour(Verdict::StaleInode, isDark(*this)));
        selections << selection;
    }
    setExtraSelections(selections);
    m_margin->update();
}

void CodeEdit::go(int line, int column) {
    setTextCursor(cursorAt(line, column));
    centerCursor();
    setFocus();
}

void CodeEdit::goToMark(bool forward) {
    if (m_marks.empty())
        return;
    const int now = textCursor().position();
    const Mark* best = forward ? &m_marks.front() : &m_marks.back();
    const auto passes = [&](const Mark& mark) {
        const int at = cursorAt(mark.line, mark.column).position();
        return forward ? at > now : at < now;
    };
    if (forward) {
        const auto found = std::find_if(m_marks.begin(), m_marks.end(), passes);
        best = found != m_marks.end() ? &*found : best;
    } else {
        const auto found = std::find_if(m_marks.rbegin(), m_marks.rend(), passes);
        best = found != m_marks.rend() ? &*found : best;
    }
    go(best->line, best->column);
}

// --- the margin ---

int CodeEdit::marginWidth() const {
    const int digits = std::max(3, static_cast<int>(QString::number(blockCount()).size()));
    return fontMetrics().horizontalAdvance(QLatin1Char('9')) * digits + fontMetrics().height() + 12;
}

void CodeEdit::placeMargin() {
    setViewportMargins(marginWidth(), 0, 0, 0);
    const QRect inside = contentsRect();
    m_margin->setGeometry(inside.left(), inside.top(), marginWidth(), inside.height());
}

void CodeEdit::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    placeMargin();
}

void CodeEdit::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        highlight();
    if (event->type() == QEvent::FontChange)
        placeMargin();
}

void CodeEdit::paintMargin(QPaintEvent* event) {
    QPainter painter(m_margin);
    painter.fillRect(event->rect(), palette().color(QPalette::Window));
    const int line = fontMetrics().height();
    QTextBlock block = firstVisibleBlock();
    qreal top = blockBoundingGeometry(block).translated(contentOffset()).top();
    for (; block.isValid() && top <= event->rect().bottom(); block = block.next()) {
        const int number = block.blockNumber() + 1;
        const QRect row(0, static_cast<int>(top), m_margin->width() - 6, line);
        const bool wrong = std::any_of(m_marks.begin(), m_marks.end(),
                                       [&](const Mark& mark) { return mark.line == number; });
        if (wrong)
            icon(Verdict::StaleInode, isDark(*this)).paint(&painter, QRect(3, row.top(), line, line));
        const bool current = block == textCursor().block();
        painter.setPen(palette().color(current || wrong ? QPalette::WindowText : QPalette::PlaceholderText));
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, QString::number(number));
        top += blockBoundingRect(block).height();
    }
}

} // namespace inodeck::ui
