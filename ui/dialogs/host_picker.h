#pragma once

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <vector>

#include "core/fleet/host.h"

namespace inodeck::ui {

/// A field for an ssh alias or [user@]host[:port], and the aliases of the ssh configuration, several at once.
class HostPicker final : public QWidget {
    Q_OBJECT

public:
    explicit HostPicker(QWidget* parent = nullptr);
    void setAliases(const std::vector<std::string>& aliases);
    /// The chosen aliases, or else what was typed; empty while something is wrong with it.
    const std::vector<Host>& hosts() const { return m_hosts; }
    void setProblem(const QString& sentence) { m_problem->setText(sentence); }

Q_SIGNALS:
    /// hosts() may have changed.
    void changed();
    /// An alias was double-clicked, or Enter pressed on it or in the field.
    void activated();

private:
    void narrow();
    void check();

    QLineEdit* m_edit;
    QLabel* m_known;
    QListWidget* m_aliases;
    QLabel* m_problem;
    std::vector<Host> m_hosts;
};

} // namespace inodeck::ui
