#include "ui/views/filter_bar.h"

#include <QHBoxLayout>
#include <QInputDialog>
#include <QSettings>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"

namespace inodeck::ui {

FilterBar::FilterBar(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLineEdit)
    , m_group(new QComboBox)
    , m_saved(new QToolButton)
    , m_menu(new QMenu(this)) {
    m_text->setPlaceholderText(tr("Filter: host, service, path, hash, verdict, reason (/)"));
    m_text->setAccessibleName(tr("Filter"));
    m_text->setClearButtonEnabled(true);
    for (const QString& name : {tr("Not grouped"), tr("By host"), tr("By project"), tr("By verdict")})
        m_group->addItem(name);
    m_group->setAccessibleName(tr("Group by"));
    m_group->setToolTip(tr("Put the mounts into groups"));
    m_saved->setText(tr("Saved filters"));
    m_saved->setAccessibleName(tr("Saved filters"));
    m_saved->setToolTip(tr("Choose, save or delete a filter"));
    m_saved->setPopupMode(QToolButton::InstantPopup);
    m_saved->setFocusPolicy(Qt::StrongFocus);
    m_saved->setMenu(m_menu);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_group);
    layout->addWidget(m_saved);
    connect(m_text, &QLineEdit::textChanged, this, &FilterBar::changed);
    connect(m_text, &QLineEdit::returnPressed, this, &FilterBar::entered);
    connect(m_group, &QComboBox::currentIndexChanged, this, &FilterBar::changed);
    connect(m_menu, &QMenu::aboutToShow, this, &FilterBar::fillMenu);
}

GroupBy FilterBar::groupBy() const {
    return static_cast<GroupBy>(m_group->currentIndex());
}

void FilterBar::setState(const QString& text, GroupBy groupBy) {
    m_text->setText(text);
    m_group->setCurrentIndex(static_cast<int>(groupBy));
}

void FilterBar::focusText() {
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

/// An ampersand of the name is no mnemonic.
QAction* FilterBar::addName(QMenu& menu, const QString& name) {
    return menu.addAction(literal(name.toStdString()).replace(QLatin1Char('&'), QLatin1String("&&")));
}

/// Read again each time: another window may have saved one.
void FilterBar::fillMenu() {
    m_menu->clear();
    QSettings settings;
    const QStringList names = SavedFilters::names(settings);
    for (const QString& name : names)
        connect(addName(*m_menu, name), &QAction::triggered, this, [this, name] {
            QSettings now;
            if (const auto state = SavedFilters::load(now, name))
                Q_EMIT savedChosen(*state);
        });
    if (names.isEmpty())
        m_menu->addAction(tr("No filter is saved yet"))->setEnabled(false);
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("&Save this filter…")), &QAction::triggered, this, &FilterBar::askForName);
    if (names.isEmpty())
        return;
    QMenu* remove = m_menu->addMenu(tr("&Delete"));
    for (const QString& name : names)
        connect(addName(*remove, name), &QAction::triggered, this, [name] {
            QSettings now;
            SavedFilters::remove(now, name);
        });
}

void FilterBar::askForName() {
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save this filter"));
    dialog->setLabelText(tr("Name; one that exists is replaced:"));
    dialog->setTextValue(m_text->text());
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& name) {
        if (name.trimmed().isEmpty())
            return;
        QSettings settings;
        SavedFilters::save(settings, name.trimmed(), {m_text->text(), m_verdict, groupBy()});
    });
    dialog->open();
}

} // namespace inodeck::ui
