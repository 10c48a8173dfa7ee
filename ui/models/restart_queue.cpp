#include "ui/models/restart_queue.h"

#include <algorithm>

#include "core/reconcile/order.h"
#include "ui/models/look.h"

namespace inodeck::ui {

using State = QueuedRestart::State;

bool QueuedRestart::passed() const {
    return checks &&
           std::all_of(checks->begin(), checks->end(), [](const auto& check) { return check.passed; });
}

QString label(State state) {
    switch (state) {
    case State::Waiting:
        return RestartQueue::tr("Waiting");
    case State::Running:
        return RestartQueue::tr("Running");
    case State::Proven:
        return RestartQueue::tr("Proven");
    case State::Failed:
        return RestartQueue::tr("Not proven");
    case State::Skipped:
        break;
    }
    return RestartQueue::tr("Left alone");
}

QIcon icon(State state, bool dark) {
    switch (state) {
    case State::Proven:
        return icon(Verdict::InSync, dark);
    case State::Failed:
        return icon(Verdict::StaleInode, dark);
    case State::Running:
        return icon(Verdict::ChangedSinceStart, dark);
    default:
        return icon(Verdict::NotRunning, dark);
    }
}

namespace {

/// The first check that it does not pass.
QString whyNotYet(const QueuedRestart& one) {
    if (one.checks)
        for (const GuardCheck& check : *one.checks)
            if (!check.passed)
                return QString::fromStdString(check.detail);
    return {};
}

} // namespace

std::vector<RestartPlan> inOrder(std::vector<RestartPlan> plans) {
    std::vector<RestartPlan> unique;
    for (RestartPlan& plan : plans)
        if (std::none_of(unique.begin(), unique.end(), [&](const RestartPlan& other) {
                return other.host.name == plan.host.name && other.container.id == plan.container.id;
            }))
            unique.push_back(std::move(plan));
    std::vector<OrderKey> keys;
    for (const RestartPlan& plan : unique) {
        const Container& c = plan.container;
        // A project of the same name on another host is another project.
        keys.push_back(
            {OrderKey::Unranked, plan.host.name + '\0' + c.project, c.service, c.name, c.dependsOn});
    }
    std::vector<RestartPlan> ordered;
    for (const std::size_t i : restartOrder(keys))
        ordered.push_back(std::move(unique[i]));
    return ordered;
}

RestartQueue::RestartQueue(std::vector<RestartPlan> plans, FleetSession& session, QObject* parent)
    : QAbstractTableModel(parent)
    , m_session(session)
    , m_preflight(session) {
    for (RestartPlan& plan : inOrder(std::move(plans))) {
        QueuedRestart item;
        item.plan = std::move(plan);
        item.how = session.order(item.plan);
        m_items.push_back(std::move(item));
    }
    connect(&m_preflight, &RestartPreflight::checked, this,
            [this](int row, const std::vector<GuardCheck>& checks) {
                at(row).checks = checks;
                changed(row);
            });
    connect(&session, &FleetSession::restartStep, this, &RestartQueue::takeStep);
    connect(&session, &FleetSession::restartFinished, this, &RestartQueue::takeResult);
}

void RestartQueue::changed(int row) {
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    Q_EMIT itemChanged(row);
}

int RestartQueue::waiting() const {
    return static_cast<int>(std::count_if(m_items.begin(), m_items.end(), [](const QueuedRestart& item) {
        return item.chosen && item.state == State::Waiting;
    }));
}

QString RestartQueue::whyNot() const {
    if (m_started)
        return tr("It was begun already.");
    int bad = 0;
    int chosen = 0;
    bool checking = false;
    for (const QueuedRestart& item : m_items) {
        if (!item.chosen)
            continue;
        ++chosen;
        checking |= !item.checks.has_value();
        bad += item.checks && !item.passed();
    }
    if (m_session.restarting())
        return tr("Another restart is under way.");
    if (chosen == 0)
        return tr("No container is chosen.");
    if (bad > 0 && count() > 1)
        return tr("%n container(s) cannot be restarted now: see why, and leave them out.", nullptr, bad);
    if (bad > 0)
        return tr("It cannot be restarted now: see the checks.");
    return checking ? tr("Looking at the host once more…") : QString();
}

void RestartQueue::check() {
    std::vector<RestartPlan> plans;
    for (const QueuedRestart& item : m_items)
        plans.push_back(item.plan);
    m_preflight.run(plans);
}

void RestartQueue::start(const QueueOrder& order) {
    if (!whyNot().isEmpty())
        return;
    m_started = true;
    m_order = order;
    for (int row = 0; row < count(); ++row)
        if (!item(row).chosen) {
            at(row).state = State::Skipped;
            at(row).why = tr("You left it out.");
            changed(row);
        }
    next();
}

void RestartQueue::next() {
    for (int row = 0; row < count(); ++row)
        if (item(row).state == State::Waiting) {
            begin(row);
            return;
        }
    Q_EMIT finished();
}

void RestartQueue::begin(int row) {
    QueuedRestart& one = at(row);
    RestartOrder order = one.how;
    order.opId = newUuid();
    order.reason = m_order.reason;
    order.actor = m_session.actor();
    order.protectedConfirmed = m_order.confirmedHosts.contains(one.plan.host.name);
    order.evenIfInSync = m_order.evenIfInSync && one.plan.causes.empty();
    one.state = State::Running;
    m_running = row;
    m_session.restart(one.plan, order);
    changed(row);
}

void RestartQueue::stopAfterThis() {
    skipRest(tr("You stopped before it."));
}

void RestartQueue::skipRest(const QString& why) {
    for (int row = 0; row < count(); ++row)
        if (item(row).state == State::Waiting) {
            at(row).state = State::Skipped;
            at(row).why = why;
            changed(row);
        }
}

void RestartQueue::recreate(const RestartPlan& plan, const std::vector<std::string>& command,
                            const QueueOrder& order) {
    if (m_running >= 0 || m_session.restarting())
        return;
    QueuedRestart one;
    one.plan = plan;
    one.how = m_session.order(plan);
    one.how.command = command;
    one.recreates = true;
    m_order = order;
    beginInsertRows({}, count(), count());
    m_items.push_back(std::move(one));
    endInsertRows();
    begin(count() - 1);
}

void RestartQueue::takeStep(const StepEvent& event) {
    if (m_running < 0)
        return;
    at(m_running).steps.push_back(event);
    Q_EMIT stepTaken(m_running, event);
}

void RestartQueue::takeResult(const RestartResult& result) {
    if (m_running < 0)
        return;
    const int row = std::exchange(m_running, -1);
    const bool proven = result.status == RestartStatus::Verified;
    at(row).result = result;
    at(row).state = proven ? State::Proven : State::Failed;
    at(row).why = QString::fromStdString(result.text);
    if (!proven)
        skipRest(
            tr("Not begun: %1 before it was not proven.").arg(literal(item(row).plan.container.label())));
    changed(row);
    next();
}

// --- the table ---

void RestartQueue::setDark(bool dark) {
    m_dark = dark;
    Q_EMIT dataChanged(index(0, 0), index(count() - 1, ColumnCount - 1));
}

int RestartQueue::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

int RestartQueue::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QVariant RestartQueue::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const QueuedRestart& one = item(index.row());
    if (role == Qt::CheckStateRole && index.column() == Name && !m_started)
        return one.chosen ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::DecorationRole && index.column() == StateWord)
        return icon(!m_started && one.checks && !one.passed() ? State::Failed : one.state, m_dark);
    if (role == Qt::ToolTipRole)
        return tooltip(data(index, Qt::DisplayRole).toString().toStdString());
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Name:
        return literal(one.plan.container.label()) + (one.recreates ? tr(" (recreate)") : QString());
    case HostName:
        return literal(one.plan.host.name);
    case StateWord:
        if (m_started)
            return label(one.state);
        return !one.checks ? tr("Looking…") : one.passed() ? tr("Ready") : tr("Not now");
    default:
        return m_started ? one.why : whyNotYet(one);
    }
}

bool RestartQueue::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != Name || m_started)
        return false;
    at(index.row()).chosen = value.toInt() == Qt::Checked;
    changed(index.row());
    return true;
}

Qt::ItemFlags RestartQueue::flags(const QModelIndex& index) const {
    const Qt::ItemFlags common = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return index.column() == Name && !m_started ? common | Qt::ItemIsUserCheckable : common;
}

QVariant RestartQueue::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const char* const Names[] = {QT_TR_NOOP("Container"), QT_TR_NOOP("Host"), QT_TR_NOOP("State"),
                                        QT_TR_NOOP("Why")};
    return section >= 0 && section < ColumnCount ? tr(Names[section]) : QVariant();
}

} // namespace inodeck::ui
