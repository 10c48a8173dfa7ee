#include "ui/views/chain_panel.h"

#include <QHBoxLayout>

#include "ui/dialogs/plain.h"

namespace inodeck::ui {

ChainPanel::ChainPanel(ChainWatch& watch, QWidget* parent)
    : QWidget(parent)
    , m_watch(watch)
    , m_sentence(copyableLabel({}))
    , m_progress(new QProgressBar)
    , m_verify(new QPushButton(tr("&Verify again")))
    , m_cancel(new QPushButton(tr("S&top"))) {
    m_progress->setMaximumWidth(200);
    m_progress->setAccessibleName(tr("Progress of the verification"));
    m_verify->setToolTip(tr("Read and verify the whole log from its first record on"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* badge = new ChainBadge(watch);
    badge->setFocusPolicy(Qt::NoFocus); // its sentence stands beside it
    layout->addWidget(badge);
    layout->addWidget(m_sentence, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_cancel);
    layout->addWidget(m_verify);
    connect(&watch, &ChainWatch::changed, this, &ChainPanel::refresh);
    connect(&watch, &ChainWatch::progressed, this, &ChainPanel::progress);
    connect(m_verify, &QPushButton::clicked, &watch, &ChainWatch::verifyAgain);
    connect(m_cancel, &QPushButton::clicked, &watch, &ChainWatch::cancel);
    progress(0, 0);
    refresh();
}

void ChainPanel::refresh() {
    m_sentence->setText(m_watch.status().sentence);
    const bool checking = m_watch.status().state == ChainStatus::State::Checking;
    m_verify->setEnabled(!checking);
}

/// Shown only for what takes long enough to report it.
void ChainPanel::progress(quint64 done, quint64 total) {
    const bool running = done < total;
    m_progress->setVisible(running);
    m_cancel->setVisible(running);
    setProgress(*m_progress, static_cast<int>(done / 1000), static_cast<int>(total / 1000));
}

} // namespace inodeck::ui
