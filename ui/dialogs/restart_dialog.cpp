#include "ui/dialogs/restart_dialog.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QHeaderView>

#include "ui/dialogs/plain.h"
#include "ui/dialogs/restart_recreate_dialog.h"
#include "ui/models/fleet_session.h"
#include "ui/models/look.h"

namespace inodeck::ui {

using State = QueuedRestart::State;

RestartDialog::RestartDialog(const std::vector<RestartPlan>& plans, FleetSession& session, QWidget* parent)
    : QDialog(parent)
    , m_session(session)
    , m_queue(plans, session)
    , m_finder(session)
    , m_inputs(new RestartInputs(plans)) {
    setAttribute(Qt::WA_DeleteOnClose);
    const Container& first = m_queue.item(0).plan.container;
    const QString what =
        m_queue.count() == 1 ? literal(first.label()) : tr("%n containers", nullptr, m_queue.count());
    setWindowTitle(tr("Restart %1").arg(what));
    setMinimumSize(860, 420);
    auto* layout = new QVBoxLayout(this);
    QLabel* head = plainLabel(
        m_queue.count() == 1
            ? tr("Restart %1 on %2").arg(what, literal(m_queue.item(0).plan.host.name))
            : tr("Restart %1, one after the other; the first that is not proven ends it").arg(what));
    makeBold(head, 1.2);
    layout->addWidget(head);
    buildList(*layout);
    buildMiddle(*layout);
    layout->addWidget(m_inputs);
    m_reload = plainLabel({});
    layout->addWidget(m_reload);
    m_hint = plainLabel({});
    m_hint->setAccessibleName(tr("State"));
    layout->addWidget(m_hint);
    buildButtons(*layout);
    connectQueue();
    m_queue.setDark(isDark(*this));
    showItem(0);
    resize(1080, 620);
    m_inputs->setFocus();
    m_queue.check();
}

void RestartDialog::buildList(QVBoxLayout& layout) {
    m_list = new QTreeView;
    m_list->setModel(&m_queue);
    m_list->setAccessibleName(tr("Containers, in the order of their restarts"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->header()->setStretchLastSection(true);
    const int letter = fontMetrics().averageCharWidth();
    m_list->setColumnWidth(RestartQueue::Name, letter * 34);
    m_list->setColumnWidth(RestartQueue::HostName, letter * 22);
    m_list->setColumnWidth(RestartQueue::StateWord, letter * 16);
    m_list->setMaximumHeight(fontMetrics().lineSpacing() * 9);
    m_list->setVisible(m_queue.count() > 1);
    layout.addWidget(m_list);
}

void RestartDialog::buildMiddle(QVBoxLayout& layout) {
    auto* middle = new QHBoxLayout;
    m_impact = new RestartImpact;
    m_checks = new RestartChecks;
    m_steps = new RestartSteps;
    m_steps->hide();
    middle->addWidget(m_impact, 11);
    auto* right = new QVBoxLayout;
    m_checksTitle = plainLabel(tr("Checked before it, and once more by the restart itself:"));
    right->addWidget(m_checksTitle);
    right->addWidget(m_checks, 1);
    right->addWidget(m_steps, 2);
    middle->addLayout(right, 10);
    layout.addLayout(middle, 1);
}

void RestartDialog::buildButtons(QVBoxLayout& layout) {
    auto* buttons = new QDialogButtonBox;
    m_recreate = buttons->addButton(tr("R&ecreate…"), QDialogButtonBox::ActionRole);
    m_stop = buttons->addButton(tr("Stop &after this one"), QDialogButtonBox::ActionRole);
    m_restart = buttons->addButton(tr("Re&start"), QDialogButtonBox::ActionRole);
    m_close = buttons->addButton(QDialogButtonBox::Cancel);
    m_recreate->setToolTip(tr("Have compose make a new container in its place; asks first"));
    // Return in a field neither restarts nor throws away what was typed.
    for (QPushButton* button : {m_recreate, m_stop, m_restart, m_close})
        button->setAutoDefault(false);
    layout.addWidget(buttons);
    connect(m_inputs, &RestartInputs::done, m_restart, [this] { m_restart->setFocus(); });
    connect(m_restart, &QPushButton::clicked, this, &RestartDialog::start);
    connect(m_close, &QPushButton::clicked, this, &RestartDialog::closeOrStopWaiting);
    connect(m_stop, &QPushButton::clicked, this, [this] {
        m_queue.stopAfterThis();
        updateState();
    });
    connect(m_recreate, &QPushButton::clicked, this, [this] {
        m_finding = true;
        m_hint->setText(tr("Looking how compose would make a new container…"));
        updateState();
        m_finder.find(m_queue.item(uncured()).plan);
    });
}

void RestartDialog::connectQueue() {
    connect(m_inputs, &RestartInputs::changed, this, &RestartDialog::updateState);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& index) { showItem(index.row()); });
    connect(&m_queue, &RestartQueue::itemChanged, this, [this](int row) {
        // The one that runs is the one to look at.
        if (m_queue.item(row).state == State::Running)
            m_list->setCurrentIndex(m_queue.index(row, 0));
        if (row == m_shown || m_queue.item(row).state == State::Running)
            showItem(row);
        updateState();
    });
    connect(&m_queue, &RestartQueue::stepTaken, this, [this](int row, const StepEvent& event) {
        if (row == m_shown)
            m_steps->add(event);
    });
    connect(&m_queue, &RestartQueue::finished, this, &RestartDialog::finish);
    connect(&m_finder, &RecreateFinder::found, this, &RestartDialog::confirmRecreate);
    connect(&m_finder, &RecreateFinder::failed, this, [this](const QString& why) {
        m_finding = false;
        updateState();
        m_hint->setText(why);
    });
}

void RestartDialog::showItem(int row) {
    if (row < 0 || row >= m_queue.count())
        return;
    const QueuedRestart& item = m_queue.item(row);
    if (row != m_shown) {
        m_impact->show(item.plan, item.how);
        m_reload->setText(reloadWords(item.plan));
        m_reload->setVisible(!m_reload->text().isEmpty());
    }
    m_shown = row;
    m_checks->show(item.checks ? &*item.checks : nullptr);
    for (QWidget* one : std::initializer_list<QWidget*>{m_checksTitle, m_checks})
        one->setVisible(!item.recreates);
    m_steps->clear();
    m_steps->setVisible(!item.steps.empty() || item.state == State::Running);
    for (const StepEvent& event : item.steps)
        m_steps->add(event);
    if (item.result)
        m_steps->addProof(*item.result);
}

void RestartDialog::start() {
    m_inputs->remember();
    m_inputs->setReadOnly();
    m_queue.start({m_inputs->reason(), m_inputs->confirmedHosts(), m_inputs->evenIfInSync()});
    updateState();
}

void RestartDialog::finish() {
    updateState();
    m_close->setFocus();
}

/// The last that was restarted, if that did not cure it and compose made it.
int RestartDialog::uncured() const {
    for (int row = m_queue.count() - 1; row >= 0; --row) {
        const QueuedRestart& item = m_queue.item(row);
        if (!item.result)
            continue;
        const bool stale = item.result->status == RestartStatus::StillStale;
        return stale && !item.recreates && !item.plan.container.service.empty() ? row : -1;
    }
    return -1;
}

QString RestartDialog::summary() const {
    int proven = 0;
    QString last;
    for (int row = 0; row < m_queue.count(); ++row) {
        const QueuedRestart& item = m_queue.item(row);
        proven += item.state == State::Proven;
        if (item.result)
            last = item.why;
    }
    if (m_queue.count() == 1)
        return last;
    const QString counts = tr("%1 of %2 proven.").arg(proven).arg(m_queue.count());
    return proven == m_queue.count() ? counts : counts + QLatin1Char(' ') + last;
}

void RestartDialog::updateState() {
    const bool running = m_queue.running() >= 0;
    const QString why = m_queue.whyNot().isEmpty() ? m_inputs->missing() : m_queue.whyNot();
    m_restart->setVisible(!m_queue.started());
    m_restart->setEnabled(!m_queue.started() && why.isEmpty());
    m_stop->setVisible(running && m_queue.waiting() > 0);
    m_recreate->setVisible(!running && uncured() >= 0);
    m_recreate->setEnabled(!m_finding);
    m_close->setText(running ? tr("Stop &waiting") : m_queue.started() ? tr("&Close") : tr("Cancel"));
    m_close->setEnabled(true);
    QFont font = m_hint->font();
    font.setBold(m_queue.started());
    m_hint->setFont(font);
    if (!m_queue.started())
        m_hint->setText(why);
    else if (running)
        m_hint->setText(
            tr("Restarting %1…").arg(literal(m_queue.item(m_queue.running()).plan.container.label())));
    else if (!m_finding)
        m_hint->setText(summary());
}

void RestartDialog::closeOrStopWaiting() {
    if (m_queue.running() < 0) {
        QDialog::reject();
        return;
    }
    // What was begun is followed to a known end and recorded; only the waiting can be cut short.
    m_session.stopWaiting();
    m_close->setEnabled(false);
}

void RestartDialog::reject() {
    if (m_queue.running() < 0)
        QDialog::reject();
}

void RestartDialog::confirmRecreate(const RestartPlan& plan, const std::vector<std::string>& command) {
    m_finding = false;
    updateState();
    auto* dialog = new RecreateDialog(plan, command, QString::fromStdString(m_inputs->reason()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, plan, command] {
        m_queue.recreate(plan, command, {dialog->inputs().reason(), dialog->inputs().confirmedHosts(), true});
        m_list->setVisible(true);
        updateState();
    });
    dialog->open();
}

void RestartDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_steps)
        return;
    m_queue.setDark(isDark(*this));
    const int row = std::exchange(m_shown, -1); // all of it once more
    showItem(row);
}

} // namespace inodeck::ui
