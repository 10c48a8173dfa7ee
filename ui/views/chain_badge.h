#pragma once

#include <QToolButton>

#include "ui/models/chain_watch.h"

namespace inodeck::ui {

/// Icon and word of how far the log can be trusted; the sentence is its tooltip.
class ChainBadge final : public QToolButton {
    Q_OBJECT

public:
    explicit ChainBadge(const ChainWatch& watch, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    const ChainWatch& m_watch;
};

} // namespace inodeck::ui
