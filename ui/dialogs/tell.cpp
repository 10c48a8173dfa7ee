#include "ui/dialogs/tell.h"

namespace inodeck::ui {

void tell(QWidget* parent, QMessageBox::Icon kind, const QString& title, const QString& head,
          const QString& text) {
    auto* box = new QMessageBox(kind, title, head, QMessageBox::Close, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    // The informative text guesses its format on its own: as escaped markup it stays literal.
    box->setInformativeText(QStringLiteral("<p style='white-space:pre-wrap'>") + text.toHtmlEscaped() +
                            QStringLiteral("</p>"));
    box->open();
}

} // namespace inodeck::ui
