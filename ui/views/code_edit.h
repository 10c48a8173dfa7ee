#pragma once

#include <QPlainTextEdit>
#include <vector>

namespace inodeck::ui {

/// A plain text editor with line numbers, and marks at what is wrong.
class CodeEdit final : public QPlainTextEdit {
    Q_OBJECT

public:
    struct Mark {
        int line = 1;   ///< both count from 1
        int column = 1; ///< characters, not UTF-16 units
        QString text;   ///< printable
    };

    explicit CodeEdit(QWidget* parent = nullptr);
    /// Exactly as it was set, unless it was edited; toPlainText() would change some blanks.
    QString text() const;
    void setText(const QString& text);
    void setMarks(std::vector<Mark> marks);
    const std::vector<Mark>& marks() const { return m_marks; }
    /// The cursor goes there, and the focus.
    void go(int line, int column);
    /// The mark after the cursor, or before it; around at the ends.
    void goToMark(bool forward);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    friend class CodeMargin;
    int marginWidth() const;
    void placeMargin();
    void paintMargin(QPaintEvent* event);
    QString marksOf(int line) const;
    void highlight();
    QTextCursor cursorAt(int line, int column) const;

    QWidget* m_margin;
    std::vector<Mark> m_marks;
    bool m_crlf = false;
};

} // namespace inodeck::ui
