#include "ui/views/first_page.h"

#include <QHBoxLayout>
#include <QPushButton>

#include "ui/dialogs/plain.h"

namespace inodeck::ui {

FirstPage::FirstPage(QWidget* parent)
    : QWidget(parent)
    , m_picker(new HostPicker) {
    QLabel* title = plainLabel(tr("Which configuration are your containers really running?"));
    makeBold(title, 1.5);
    QLabel* text = plainLabel(
        tr("Add a VM to see each bind-mounted config as the host has it and as the container reads it.\n"
           "Keys, agents and jump hosts work as with ssh; nothing is installed on the VM.\n"
           "Looking changes nothing there. A restart is proposed, explained and recorded first."));
    auto* connectButton = new QPushButton(tr("&Connect and look"));
    connectButton->setEnabled(false);
    auto* fleet = new QPushButton(tr("&Open a fleet file…"));
    fleet->setToolTip(tr("A file that names hosts, groups and services: inodeck.yaml"));

    auto* column = new QWidget;
    column->setMaximumWidth(fontMetrics().averageCharWidth() * 100);
    auto* inner = new QVBoxLayout(column);
    inner->addStretch(1);
    inner->addWidget(title);
    inner->addSpacing(8);
    inner->addWidget(text);
    inner->addSpacing(16);
    inner->addWidget(m_picker, 2);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(connectButton);
    buttons->addWidget(fleet);
    buttons->addStretch(1);
    inner->addLayout(buttons);
    inner->addStretch(1);
    auto* outer = new QHBoxLayout(this);
    outer->addStretch(1);
    outer->addWidget(column, 4);
    outer->addStretch(1);
    setFocusProxy(m_picker);
    connect(m_picker, &HostPicker::changed, this,
            [this, connectButton] { connectButton->setEnabled(!m_picker->hosts().empty()); });
    connect(m_picker, &HostPicker::activated, connectButton, &QPushButton::click);
    connect(connectButton, &QPushButton::clicked, this, [this] { Q_EMIT hostsWanted(m_picker->hosts()); });
    connect(fleet, &QPushButton::clicked, this, &FirstPage::fleetWanted);
}

} // namespace inodeck::ui
