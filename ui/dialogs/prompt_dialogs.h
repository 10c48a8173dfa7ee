#pragma once

#include <QDialog>
#include <QLineEdit>

#include "core/transport/prompter.h"

namespace inodeck::ui {

/// An unknown host key: fingerprint, type, address. Cancel is the default answer.
class HostKeyDialog final : public QDialog {
    Q_OBJECT

public:
    HostKeyDialog(const HostKeyQuestion& question, QWidget* parent);
};

/// A passphrase, a password, or a server's challenge.
class SecretDialog final : public QDialog {
    Q_OBJECT

public:
    SecretDialog(const SecretQuestion& question, QWidget* parent);
    std::string secret() const;

private:
    QLineEdit* m_edit;
};

} // namespace inodeck::ui
