#pragma once

#include <QDialog>
#include <QLineEdit>

namespace inodeck::ui {

/// Asks whether secrets are to be shown, and why; says that it is put on record. Cancel is the default
/// answer.
class RevealDialog final : public QDialog {
    Q_OBJECT

public:
    RevealDialog(const QString& file, QWidget* parent);
    std::string reason() const { return m_reason->text().trimmed().toStdString(); }

private:
    QLineEdit* m_reason;
};

} // namespace inodeck::ui
