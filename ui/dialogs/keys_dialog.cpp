#include "ui/dialogs/keys_dialog.h"

#include <QAbstractButton>
#include <QAction>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QShortcut>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/dialogs/local_keys.h"
#include "ui/dialogs/plain.h"

namespace inodeck::ui {

namespace {

QString shown(const QList<QKeySequence>& keys) {
    QStringList texts;
    for (const QKeySequence& key : keys)
        if (!key.isEmpty() && !(key[0].keyboardModifiers() & Qt::AltModifier))
            texts << key.toString(QKeySequence::NativeText);
    return texts.join(QStringLiteral(", "));
}

void take(std::vector<KeyHelp>& found, const QString& keys, const QString& does) {
    const bool known = std::any_of(found.begin(), found.end(),
                                   [&](const KeyHelp& one) { return one.keys == keys && one.does == does; });
    if (!keys.isEmpty() && !does.isEmpty() && !known)
        found.push_back({keys, does});
}

QString firstOf(std::initializer_list<QString> texts) {
    const auto found =
        std::find_if(texts.begin(), texts.end(), [](const QString& t) { return !t.isEmpty(); });
    return found == texts.end() ? QString() : QString(*found).remove(QLatin1Char('&'));
}

} // namespace

std::vector<KeyHelp> keysOf(const QWidget& window) {
    std::vector<KeyHelp> found;
    // Dialogs are the window's children too, and have keys of their own.
    const auto isHere = [&](const QObject* object) {
        const QObject* at = object;
        while (at && at != &window && !(at->isWidgetType() && static_cast<const QWidget*>(at)->isWindow()))
            at = at->parent();
        return at == &window;
    };
    const auto actions = [&](Qt::FindChildOptions where) {
        for (const auto* one : window.findChildren<QAction*>(QString(), where))
            if (isHere(one))
                take(found, shown(one->shortcuts()), firstOf({one->whatsThis(), one->text()}));
    };
    actions(Qt::FindDirectChildrenOnly); // the window's own first, then those of its pages
    actions(Qt::FindChildrenRecursively);
    for (const auto* one : window.findChildren<QShortcut*>())
        if (isHere(one))
            take(found, shown({one->key()}), one->whatsThis());
    for (const auto* one : window.findChildren<LocalKeys*>())
        if (isHere(one))
            for (const LocalKeys::Key& key : one->keys())
                take(found, shown({key.key}), key.does);
    for (const auto* one : window.findChildren<QAbstractButton*>())
        if (isHere(one))
            take(found, shown({one->shortcut()}),
                 firstOf({one->accessibleName(), one->text(), one->toolTip()}));
    return found;
}

KeysDialog::KeysDialog(const QWidget& window, QWidget* parent)
    : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keys"));
    const std::vector<KeyHelp> keys = keysOf(window);
    auto* table = new QTableWidget(static_cast<int>(keys.size()), 2);
    table->setAccessibleName(tr("Keys"));
    table->setHorizontalHeaderLabels({tr("Key"), tr("What it does")});
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->setShowGrid(false);
    for (int row = 0; row < table->rowCount(); ++row) {
        table->setItem(row, 0, new QTableWidgetItem(keys[static_cast<std::size_t>(row)].keys));
        table->setItem(row, 1, new QTableWidgetItem(keys[static_cast<std::size_t>(row)].does));
    }
    table->resizeColumnsToContents();
    table->setColumnWidth(0, table->columnWidth(0) + 2 * fontMetrics().averageCharWidth());
    table->horizontalHeader()->setStretchLastSection(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(table);
    layout->addWidget(plainLabel(tr(
        "Tab goes to the next part of the window, the arrow keys move in it, Enter opens what is selected. "
        "Alt with an underlined letter presses that button.")));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    resize(640, 520);
}

} // namespace inodeck::ui
