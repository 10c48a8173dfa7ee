#include "ui/views/diff_view.h"

#include <QHBoxLayout>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/dialogs/local_keys.h"
#include "ui/dialogs/plain.h"

namespace inodeck::ui {

namespace {

QToolButton* arrow(Qt::ArrowType type, const QString& name, const QString& keys) {
    auto* button = new QToolButton;
    button->setArrowType(type);
    button->setAutoRaise(true);
    button->setAccessibleName(name);
    button->setToolTip(QStringLiteral("%1 (%2)").arg(name, keys));
    return button;
}

QWidget* withTitle(DiffPane* pane, const QString& title) {
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    QLabel* label = plainLabel(title);
    makeBold(label);
    layout->addWidget(label);
    layout->addWidget(pane, 1);
    pane->setAccessibleName(title);
    return box;
}

} // namespace

DiffView::DiffView(QWidget* parent)
    : QWidget(parent)
    , m_previous(arrow(Qt::UpArrow, tr("Previous change"), QStringLiteral("Shift+F7")))
    , m_next(arrow(Qt::DownArrow, tr("Next change"), QStringLiteral("F7")))
    , m_place(plainLabel({}))
    , m_search(new QLineEdit)
    , m_blanks(new QCheckBox(tr("Ignore &blanks")))
    , m_wrap(new QCheckBox(tr("&Wrap")))
    , m_unified(new QCheckBox(tr("&Unified")))
    , m_reveal(new QPushButton(tr("Show secrets…")))
    , m_notes(copyableLabel({}))
    , m_stack(new QStackedWidget)
    , m_message(copyableLabel({}))
    , m_sides(new QSplitter(Qt::Horizontal))
    , m_before(new DiffPane(DiffModel::Pane::Before))
    , m_after(new DiffPane(DiffModel::Pane::After))
    , m_both(new DiffPane(DiffModel::Pane::Unified)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(buildBar());
    layout->addWidget(m_notes);
    m_message->setAlignment(Qt::AlignCenter);
    m_message->setMargin(16);
    m_stack->addWidget(m_message);
    m_stack->addWidget(buildSides());
    m_both->setAccessibleName(
        tr("Unified difference: minus is what the container reads, plus is what the host has"));
    m_stack->addWidget(m_both);
    layout->addWidget(m_stack, 1);
    m_before->setObjectName(QStringLiteral("before"));
    m_after->setObjectName(QStringLiteral("after"));
    m_both->setObjectName(QStringLiteral("unified"));
    connectParts();
    addKeys();
    showMessage({});
}

QWidget* DiffView::buildBar() {
    m_search->setPlaceholderText(tr("Search (Ctrl+F)"));
    m_search->setAccessibleName(tr("Search in the diff"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(m_search->fontMetrics().averageCharWidth() * 32);
    m_place->setWordWrap(false);
    m_reveal->setAutoDefault(false);
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    layout->addWidget(m_place);
    layout->addStretch(1);
    layout->addWidget(m_search);
    layout->addWidget(m_blanks);
    layout->addWidget(m_wrap);
    layout->addWidget(m_unified);
    layout->addWidget(m_reveal);
    return bar;
}

QWidget* DiffView::buildSides() {
    m_before->setPartner(m_after);
    m_after->setPartner(m_before);
    m_sides->addWidget(withTitle(m_before, tr("− What the container reads")));
    m_sides->addWidget(withTitle(m_after, tr("+ What the host has")));
    m_sides->setChildrenCollapsible(false);
    m_sides->setSizes({1000, 1000});
    return m_sides;
}

void DiffView::connectParts() {
    synchronise(m_before, m_after);
    synchronise(m_after, m_before);
    connect(m_previous, &QToolButton::clicked, this, [this] { goToChange(false); });
    connect(m_next, &QToolButton::clicked, this, [this] { goToChange(true); });
    connect(m_search, &QLineEdit::textChanged, this, [this] { search(true, true); });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { search(true, false); });
    connect(m_blanks, &QCheckBox::toggled, this, &DiffView::ignoreBlanksWanted);
    connect(m_wrap, &QCheckBox::toggled, this, &DiffView::setWrapped);
    connect(m_unified, &QCheckBox::toggled, this, &DiffView::setUnified);
    connect(m_reveal, &QPushButton::clicked, this, [this] {
        if (m_revealed)
            Q_EMIT concealWanted();
        else
            Q_EMIT revealWanted();
    });
    for (DiffPane* pane : {m_before, m_after, m_both})
        connect(pane->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
                &DiffView::updatePlace);
}

/// Scrolled together, up and across; one line is current in both.
void DiffView::synchronise(DiffPane* from, DiffPane* to) {
    connect(from->verticalScrollBar(), &QScrollBar::valueChanged, to->verticalScrollBar(),
            &QScrollBar::setValue);
    connect(from->horizontalScrollBar(), &QScrollBar::valueChanged, to->horizontalScrollBar(),
            &QScrollBar::setValue);
    connect(from->selectionModel(), &QItemSelectionModel::currentRowChanged, to,
            [to](const QModelIndex& index) {
                if (to->currentRow() != index.row())
                    to->selectionModel()->setCurrentIndex(to->lines().index(index.row(), 0),
                                                          QItemSelectionModel::ClearAndSelect |
                                                              QItemSelectionModel::Rows);
            });
}

void DiffView::showMessage(const QString& text) {
    m_shown = false;
    m_revealed = false;
    for (DiffPane* pane : {m_before, m_after, m_both})
        pane->setSides(std::make_shared<const SideBySide>());
    m_message->setText(text);
    m_stack->setCurrentIndex(0);
    warn({});
    m_reveal->setEnabled(false);
    m_reveal->setText(tr("Show secrets…"));
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_previous, m_next, m_search, m_blanks, m_wrap, m_unified})
        part->setEnabled(false);
    updatePlace();
}

void DiffView::show(const ShownSides& shown) {
    const int row = m_shown ? current()->currentRow() : -1; // the same file, shown otherwise
    m_shown = true;
    m_revealed = shown.revealed;
    for (DiffPane* pane : {m_before, m_after, m_both})
        pane->setSides(shown.sides);
    for (QWidget* part :
         std::initializer_list<QWidget*>{m_previous, m_next, m_search, m_blanks, m_wrap, m_unified})
        part->setEnabled(true);
    m_reveal->setEnabled(shown.sides->masked || shown.revealed);
    m_reveal->setText(shown.revealed ? tr("Mask secrets") : tr("Show secrets…"));
    warn(notesOn(shown));
    if (row >= 0 && row < current()->lines().rowCount())
        current()->showRow(row);
    setUnified(m_unified->isChecked());
}

void DiffView::warn(const QString& text) {
    m_notes->setText(text);
    m_notes->setVisible(!text.isEmpty());
}

void DiffView::setDark(bool dark) {
    for (DiffPane* pane : {m_before, m_after, m_both})
        pane->setDark(dark);
}

void DiffView::setUnified(bool unified) {
    if (m_shown) {
        m_stack->setCurrentIndex(unified ? 2 : 1);
        if (current()->currentRow() < 0 && changes() > 0)
            current()->showRow(current()->lines().changes().front());
    }
    updatePlace();
}

void DiffView::setWrapped(bool wrapped) {
    for (DiffPane* pane : {m_before, m_after, m_both})
        pane->setWrapped(wrapped);
}

int DiffView::changes() const {
    return m_shown ? static_cast<int>(m_before->lines().changes().size()) : -1;
}

void DiffView::goToChange(bool forward) {
    const std::vector<int>& rows = current()->lines().changes();
    if (rows.empty())
        return;
    const int here = current()->currentRow();
    if (forward) {
        const auto next = std::upper_bound(rows.begin(), rows.end(), here);
        current()->showRow(next == rows.end() ? rows.front() : *next);
    } else {
        const auto next = std::lower_bound(rows.begin(), rows.end(), here);
        current()->showRow(next == rows.begin() ? rows.back() : *(next - 1));
    }
    updatePlace();
}

void DiffView::updatePlace() {
    if (!m_shown) {
        m_place->clear();
        return;
    }
    const std::vector<int>& rows = current()->lines().changes();
    const auto passed = std::upper_bound(rows.begin(), rows.end(), current()->currentRow()) - rows.begin();
    m_place->setText(rows.empty() ? tr("no differences")
                                  : tr("change %1 of %2").arg(passed).arg(rows.size()));
}

void DiffView::openSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void DiffView::closeSearch() {
    m_search->clear();
    current()->setFocus();
}

/// In both panes: the nearer hit counts.
void DiffView::search(bool forward, bool fromHere) {
    const QString text = m_search->text();
    for (DiffPane* pane : {m_before, m_after, m_both})
        pane->setSearched(text);
    m_search->setToolTip({});
    if (text.isEmpty() || !m_shown)
        return;
    const int count = current()->lines().rowCount();
    const int here = std::max(current()->currentRow(), 0) + (fromHere ? 0 : forward ? 1 : -1);
    int best = -1;
    int steps = count;
    for (const DiffPane* pane : {current(), m_unified->isChecked() ? current() : m_after}) {
        const int row = pane->lines().find(text, here, forward);
        const int away = row < 0 ? count : ((forward ? row - here : here - row) % count + count) % count;
        if (row >= 0 && away < steps) {
            best = row;
            steps = away;
        }
    }
    if (best >= 0)
        current()->showRow(best);
    m_place->setText(best < 0 ? tr("not found") : m_place->text());
}

void DiffView::addKeys() {
    auto* keys = new LocalKeys(this);
    const auto shown = [this] { return m_shown; };
    keys->add(Qt::Key_F7, tr("Diff: next change"), [this] { goToChange(true); });
    keys->add(Qt::SHIFT | Qt::Key_F7, tr("Diff: previous change"), [this] { goToChange(false); });
    keys->add(
        Qt::CTRL | Qt::Key_F, tr("Diff: search"), [this] { openSearch(); }, shown);
    keys->add(Qt::Key_F3, tr("Diff: next hit"), [this] { search(true, false); });
    keys->add(Qt::SHIFT | Qt::Key_F3, tr("Diff: previous hit"), [this] { search(false, false); });
    keys->add(
        Qt::Key_Escape, tr("Diff: end the search"), [this] { closeSearch(); },
        [this] { return !m_search->text().isEmpty(); });
    for (DiffPane* pane : {m_before, m_after, m_both})
        (new LocalKeys(pane))->add(Qt::CTRL | Qt::Key_C, tr("Diff: copy the selected lines"), [pane] {
            pane->copySelected();
        });
}

} // namespace inodeck::ui
