#pragma once

#include <QDialog>
#include <vector>

namespace inodeck::ui {

/// A key, or several with the same effect, and what it does.
struct KeyHelp {
    QString keys; ///< "F5, Ctrl+R"
    QString does;
};
/// What the actions, shortcuts, buttons and LocalKeys of a window answer to, itself and its pages; keys after
/// Alt are left out, since each control shows its own. Taken from them, so it cannot say what is not so.
std::vector<KeyHelp> keysOf(const QWidget& window);

/// F1: all keys of a window.
class KeysDialog final : public QDialog {
    Q_OBJECT

public:
    KeysDialog(const QWidget& window, QWidget* parent);
};

} // namespace inodeck::ui
