#pragma once

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include "ui/views/chain_badge.h"

namespace inodeck::ui {

/// The badge with its sentence, and the verification of the whole log with its progress.
class ChainPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ChainPanel(ChainWatch& watch, QWidget* parent = nullptr);

private:
    void refresh();
    void progress(quint64 done, quint64 total);

    ChainWatch& m_watch;
    QLabel* m_sentence;
    QProgressBar* m_progress;
    QPushButton* m_verify;
    QPushButton* m_cancel;
};

} // namespace inodeck::ui
