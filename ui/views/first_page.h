#pragma once

#include <QWidget>

namespace inodeck::ui {

/// What a first start shows: what this is, and the one thing to do next.
class FirstPage final : public QWidget {
    Q_OBJECT

public:
    explicit FirstPage(QWidget* parent = nullptr);

Q_SIGNALS:
    void addHostWanted();
};

} // namespace inodeck::ui
