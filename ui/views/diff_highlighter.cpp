#include "ui/views/diff_highlighter.h"

#include "ui/models/look.h"

namespace inodeck::ui {

void DiffHighlighter::setDark(bool dark) {
    m_dark = dark;
    rehighlight();
}

void DiffHighlighter::highlightBlock(const QString& text) {
    QTextCharFormat format;
    if (text.startsWith(QLatin1Char('+')))
        format.setForeground(colour(Verdict::InSync, m_dark));
    else if (text.startsWith(QLatin1Char('-')))
        format.setForeground(colour(Verdict::StaleInode, m_dark));
    else if (text.startsWith(QLatin1String("@@")))
        format.setForeground(colour(Verdict::Unknown, m_dark));
    else
        return;
    setFormat(0, static_cast<int>(text.size()), format);
}

} // namespace inodeck::ui
