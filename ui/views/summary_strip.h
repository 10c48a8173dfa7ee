#pragma once

#include <QToolButton>
#include <QWidget>
#include <map>
#include <optional>

#include "ui/models/look.h"

namespace inodeck::ui {

/// How many mounts have each verdict, worst first; a click shows only those, another click shows all again.
class SummaryStrip final : public QWidget {
    Q_OBJECT

public:
    explicit SummaryStrip(QWidget* parent = nullptr);
    void setCounts(const std::map<Verdict, int>& counts);
    void setDark(bool dark);
    /// Without a word about it.
    void choose(std::optional<Verdict> verdict);

Q_SIGNALS:
    void chosen(std::optional<Verdict> verdict);

private:
    void refresh();

    std::map<Verdict, QToolButton*> m_buttons;
    std::map<Verdict, int> m_counts;
    VerdictIcons m_icons{false};
};

} // namespace inodeck::ui
