#include "ui/views/first_page.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "ui/dialogs/plain.h"

namespace inodeck::ui {

FirstPage::FirstPage(QWidget* parent)
    : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->addStretch(2);
    QLabel* title = plainLabel(tr("Which configuration are your containers really running?"));
    makeBold(title, 1.5);
    QLabel* text = plainLabel(
        tr("Add a VM to see each bind-mounted config as the host has it and as the container reads it.\n"
           "Hosts are ssh aliases or [user@]host[:port]; keys, agents and jump hosts work as with ssh.\n"
           "Looking changes nothing on the host. A restart is proposed, explained and recorded first."));
    auto* add = new QPushButton(tr("&Add a host…"));
    add->setDefault(true);
    for (QLabel* label : {title, text}) {
        label->setAlignment(Qt::AlignCenter);
        layout->addWidget(label);
        layout->addSpacing(8);
    }
    layout->addWidget(add, 0, Qt::AlignCenter);
    layout->addStretch(3);
    connect(add, &QPushButton::clicked, this, &FirstPage::addHostWanted);
}

} // namespace inodeck::ui
