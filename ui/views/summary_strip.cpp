#include "ui/views/summary_strip.h"

#include <utility>

#include "ui/views/flow_layout.h"

namespace inodeck::ui {

SummaryStrip::SummaryStrip(QWidget* parent)
    : QWidget(parent) {
    auto* layout = new FlowLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (const Verdict verdict : AllVerdicts) {
        auto* button = new QToolButton;
        button->setCheckable(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::StrongFocus);
        layout->addWidget(button);
        m_buttons[verdict] = button;
        connect(button, &QToolButton::clicked, this, [this, verdict](bool on) {
            for (const auto& [other, otherButton] : m_buttons)
                otherButton->setChecked(on && other == verdict);
            Q_EMIT chosen(on ? std::optional(verdict) : std::nullopt);
        });
    }
    refresh();
}

void SummaryStrip::setCounts(const std::map<Verdict, int>& counts) {
    if (counts != std::exchange(m_counts, counts))
        refresh();
}

void SummaryStrip::choose(std::optional<Verdict> verdict) {
    for (const auto& [other, button] : m_buttons)
        button->setChecked(other == verdict);
    refresh();
}

void SummaryStrip::setDark(bool dark) {
    m_icons = VerdictIcons(dark);
    refresh();
}

void SummaryStrip::refresh() {
    for (const auto& [verdict, button] : m_buttons) {
        const auto found = m_counts.find(verdict);
        const int count = found == m_counts.end() ? 0 : found->second;
        button->setText(QStringLiteral("%1 %2").arg(count).arg(label(verdict)));
        button->setIcon(m_icons[verdict]);
        button->setAccessibleName(
            tr("%1 mounts: %2; press to show only these").arg(count).arg(label(verdict)));
        // A verdict that nobody has takes no room, unless it is the filter in force.
        button->setVisible(count > 0 || button->isChecked());
    }
}

} // namespace inodeck::ui
