#pragma once

#include <QTreeView>

#include "ui/models/host_model.h"

namespace inodeck::ui {

/// Groups and hosts; a click or Enter chooses one.
class HostTree final : public QTreeView {
    Q_OBJECT

public:
    explicit HostTree(HostModel& hosts, QWidget* parent = nullptr);
    /// Nothing is selected any more.
    void forget();

Q_SIGNALS:
    void chosen(const QModelIndex& index);

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace inodeck::ui
