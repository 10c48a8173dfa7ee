#pragma once

#include <QGridLayout>
#include <QLabel>
#include <QWidget>

#include "core/scan/scan.h"

namespace inodeck::ui {

/// Both sides of a mount next to each other, fact by fact. What differs says so in a word and a sign, and is
/// bold.
class SidesCard final : public QWidget {
    Q_OBJECT

public:
    explicit SidesCard(QWidget* parent = nullptr);
    void show(const Row& row);

private:
    enum Field { Path, Type, Inode, Device, Size, Changed, Hash, FieldCount };
    void set(Field field, const QString& host, const QString& container);

    QGridLayout* m_grid;
    QLabel* m_host[FieldCount] = {};
    QLabel* m_container[FieldCount] = {};
    QLabel* m_compared[FieldCount] = {};
    QLabel* m_root;
};

} // namespace inodeck::ui
