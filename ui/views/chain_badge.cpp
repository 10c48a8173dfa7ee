#include "ui/views/chain_badge.h"

#include <QEvent>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

Verdict lookOf(ChainStatus::State state) {
    switch (state) {
    case ChainStatus::State::Broken:
    case ChainStatus::State::NotWritable:
        return Verdict::StaleInode;
    case ChainStatus::State::SelfConsistent:
        return Verdict::NotLoaded;
    case ChainStatus::State::Anchored:
    case ChainStatus::State::Verified:
        return Verdict::InSync;
    case ChainStatus::State::NoLog:
        return Verdict::NotRunning;
    case ChainStatus::State::Checking:
    case ChainStatus::State::Unreadable:
        break;
    }
    return Verdict::Unknown;
}

} // namespace

ChainBadge::ChainBadge(const ChainWatch& watch, QWidget* parent)
    : QToolButton(parent)
    , m_watch(watch) {
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setAutoRaise(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&watch, &ChainWatch::changed, this, &ChainBadge::refresh);
    refresh();
}

void ChainBadge::refresh() {
    const ChainStatus& status = m_watch.status();
    setText(status.word);
    setIcon(ui::icon(lookOf(status.state), isDark(*this)));
    setToolTip(tooltip(status.sentence.toStdString()));
    setAccessibleName(status.word);
    setAccessibleDescription(status.sentence);
}

void ChainBadge::changeEvent(QEvent* event) {
    QToolButton::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

} // namespace inodeck::ui
