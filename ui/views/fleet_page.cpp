#include "ui/views/fleet_page.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSettings>
#include <QVBoxLayout>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"

static void initResources() { // not in a namespace: the macro declares what it calls
    Q_INIT_RESOURCE(fleet);
}

namespace inodeck::ui {

FleetPage::FleetPage(const std::map<std::string, std::string>& environment, QWidget* parent)
    : QWidget(parent)
    , m_check(environment)
    , m_place(plainLabel({}))
    , m_verdictIcon(new QLabel)
    , m_verdict(plainLabel({}))
    , m_banner(new Banner)
    , m_edit(new CodeEdit)
    , m_problems(new QTableWidget(0, 3))
    , m_split(new QSplitter(Qt::Vertical)) {
    initResources();
    setObjectName(QStringLiteral("fleet"));
    m_edit->setAccessibleName(tr("Text of the fleet file"));
    m_edit->setPlaceholderText(tr("No fleet file is open. Open one, or begin a new one from the template."));
    m_problems->setAccessibleName(tr("Problems of the fleet file"));
    m_problems->setHorizontalHeaderLabels({tr("Line"), tr("Column"), tr("Problem")});
    m_problems->horizontalHeader()->setStretchLastSection(true);
    m_problems->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_problems->verticalHeader()->hide();
    m_problems->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_problems->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_problems->setSelectionMode(QAbstractItemView::SingleSelection);
    m_problems->setTabKeyNavigation(false);
    m_problems->setWordWrap(true);
    m_split->addWidget(m_edit);
    m_split->addWidget(m_problems);
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 1);
    m_split->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 2);
    layout->addWidget(m_banner);
    layout->addWidget(buildHead());
    layout->addWidget(m_split, 1);
    setFocusProxy(m_edit);
    connect(m_edit, &QPlainTextEdit::textChanged, this, &FleetPage::check);
    connect(m_edit->document(), &QTextDocument::modificationChanged, this, &FleetPage::updateState);
    connect(&m_check, &FleetCheck::checked, this, &FleetPage::showProblems);
    connect(m_banner, &Banner::pressed, this, [this] { load(m_document.path()); });
    const auto go = [this](int row) {
        const auto& mark = m_edit->marks().at(static_cast<std::size_t>(row));
        m_edit->go(mark.line, mark.column);
    };
    connect(m_problems, &QTableWidget::cellClicked, this, go);
    connect(m_problems, &QTableWidget::cellActivated, this, go);
    updateState();
}

QWidget* FleetPage::buildHead() {
    auto* head = new QWidget;
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    auto* begin = new QPushButton(tr("&New from the template"));
    auto* openButton = new QPushButton(tr("&Open…"));
    m_save = new QPushButton(tr("&Save"));
    auto* saveAs = new QPushButton(tr("Save &as…"));
    m_use = new QPushButton(tr("&Look at its hosts"));
    for (QPushButton* button : {begin, openButton, m_save, saveAs})
        row->addWidget(button);
    row->addStretch(1);
    row->addWidget(m_use);
    rows->addLayout(row);
    auto* state = new QHBoxLayout;
    state->addWidget(m_verdictIcon);
    state->addWidget(m_verdict, 1);
    rows->addWidget(m_place);
    rows->addLayout(state);
    connect(begin, &QPushButton::clicked, this, &FleetPage::beginNew);
    connect(openButton, &QPushButton::clicked, this, &FleetPage::askForFile);
    connect(m_save, &QPushButton::clicked, this, &FleetPage::saveFile);
    connect(saveAs, &QPushButton::clicked, this, &FleetPage::askWhereToSave);
    connect(m_use, &QPushButton::clicked, this, [this] { Q_EMIT fleetWanted(m_fleet); });
    const auto key = [this](const QKeySequence& sequence, const QString& does, auto slot) {
        auto* action = new QAction(does, this);
        action->setShortcut(sequence);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    key(QKeySequence::Save, tr("Fleet: save the file"), [this] { saveFile(); });
    key(QKeySequence::Open, tr("Fleet: open a file"), [this] { askForFile(); });
    key(Qt::Key_F8, tr("Fleet: next problem"), [this] { m_edit->goToMark(true); });
    key(Qt::SHIFT | Qt::Key_F8, tr("Fleet: previous problem"), [this] { m_edit->goToMark(false); });
    return head;
}

// --- what is wrong with it ---

void FleetPage::check() {
    m_valid = false;
    m_check.check(m_edit->text(), m_document.path().empty() ? "inodeck.yaml" : m_document.path());
    updateState();
}

void FleetPage::showProblems(const std::vector<FleetProblem>& problems, const Fleet& fleet) {
    m_valid = problems.empty();
    m_fleet = fleet;
    std::vector<CodeEdit::Mark> marks;
    m_problems->setRowCount(static_cast<int>(problems.size()));
    for (int row = 0; const FleetProblem& problem : problems) {
        const QString sentence = QString::fromStdString(problem.sentence);
        marks.push_back({problem.line, problem.column, sentence});
        m_problems->setItem(row, 0, new QTableWidgetItem(QString::number(problem.line)));
        m_problems->setItem(row, 1, new QTableWidgetItem(QString::number(problem.column)));
        m_problems->setItem(row++, 2, new QTableWidgetItem(sentence));
    }
    m_problems->resizeRowsToContents();
    m_edit->setMarks(std::move(marks));
    updateState();
}

void FleetPage::updateState() {
    const bool empty = m_document.path().empty() && m_edit->document()->isEmpty();
    const QString place = m_document.path().empty() ? tr("not saved yet") : literal(m_document.path());
    m_place->setText(empty ? QString() : hasUnsavedEdits() ? tr("%1 (edited)").arg(place) : place);
    const auto count = m_edit->marks().size();
    const bool busy = m_check.busy();
    QString verdict;
    if (empty)
        verdict = QString();
    else if (m_valid)
        verdict = tr("Nothing is wrong with it. Hosts: %1; services: %2.")
                      .arg(m_fleet.hosts.size())
                      .arg(m_fleet.services.size());
    else if (busy)
        verdict = tr("Checking…");
    else if (count >= 20) // where the check stops
        verdict = tr("%1 problems, perhaps more:").arg(count);
    else
        verdict = tr("%n problem(s):", nullptr, static_cast<int>(count));
    m_verdict->setText(verdict);
    const bool judged = !empty && (m_valid || !busy);
    m_verdictIcon->setVisible(judged);
    m_verdictIcon->setPixmap(
        icon(m_valid ? Verdict::InSync : Verdict::StaleInode, isDark(*this)).pixmap(16, 16));
    m_problems->setVisible(m_problems->rowCount() > 0);
    m_save->setEnabled(hasUnsavedEdits() && !m_edit->isReadOnly());
    m_use->setEnabled(m_valid && !hasUnsavedEdits() && !m_fleet.hosts.empty());
    m_use->setToolTip(hasUnsavedEdits() ? tr("Save it first") : QString());
}

void FleetPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    lookAtDisk();
}

void FleetPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isActiveWindow() && isVisible())
        lookAtDisk();
    if (event->type() == QEvent::PaletteChange) {
        m_banner->setDark(isDark(*this));
        updateState();
    }
}

void FleetPage::save(QSettings& settings) const {
    settings.setValue(QStringLiteral("fleet/split"), m_split->saveState());
    settings.setValue(QStringLiteral("fleet/open"), QString::fromStdString(m_document.path()));
}

void FleetPage::restore(const QSettings& settings) {
    m_split->restoreState(settings.value(QStringLiteral("fleet/split")).toByteArray());
    const QString path = settings.value(QStringLiteral("fleet/open")).toString();
    if (!path.isEmpty() && m_document.path().empty())
        load(path.toStdString());
}

} // namespace inodeck::ui
