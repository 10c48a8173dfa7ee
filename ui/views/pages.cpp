#include "ui/views/pages.h"

#include <QShortcut>

namespace inodeck::ui {

Pages::Pages(QWidget* parent)
    : QStackedWidget(parent)
    , m_bar(new QTabBar) {
    m_bar->setDrawBase(false);
    m_bar->setExpanding(false);
    m_bar->setUsesScrollButtons(false); // in a small window other things of the tool bar go into its menu
    m_bar->setAccessibleName(tr("Pages"));
    connect(m_bar, &QTabBar::currentChanged, this, &QStackedWidget::setCurrentIndex);
}

void Pages::add(QWidget* page, const QString& title, const QIcon& icon) {
    addWidget(page);
    const int tab = m_bar->addTab(icon, title);
    if (tab >= 9)
        return;
    const QKeySequence key(QKeyCombination(Qt::CTRL, static_cast<Qt::Key>(Qt::Key_1 + tab)));
    m_bar->setTabToolTip(tab, tr("%1 (%2)").arg(title, key.toString(QKeySequence::NativeText)));
    auto* shortcut = new QShortcut(key, this);
    shortcut->setWhatsThis(tr("Page “%1”").arg(title)); // what F1 lists
    connect(shortcut, &QShortcut::activated, this, [this, page] { open(page); });
}

void Pages::open(QWidget* page) {
    m_bar->setCurrentIndex(indexOf(page));
    page->setFocus(Qt::ShortcutFocusReason);
}

void Pages::open(const QString& objectName) {
    for (int i = 0; i < count(); ++i)
        if (widget(i)->objectName() == objectName)
            m_bar->setCurrentIndex(i);
}

} // namespace inodeck::ui
