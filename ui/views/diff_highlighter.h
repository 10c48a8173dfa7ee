#pragma once

#include <QSyntaxHighlighter>

namespace inodeck::ui {

/// Colours the lines of a unified diff; the signs at their beginning say the same without colour.
class DiffHighlighter final : public QSyntaxHighlighter {
    Q_OBJECT

public:
    using QSyntaxHighlighter::QSyntaxHighlighter;
    void setDark(bool dark);

protected:
    void highlightBlock(const QString& text) override;

private:
    bool m_dark = false;
};

} // namespace inodeck::ui
