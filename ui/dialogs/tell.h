#pragma once

#include <QMessageBox>

namespace inodeck::ui {

/// A message box whose text is never rich text and that does not stop the event loop.
void tell(QWidget* parent, QMessageBox::Icon kind, const QString& title, const QString& head,
          const QString& text);

} // namespace inodeck::ui
