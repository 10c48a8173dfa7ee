#include "ui/dialogs/restart_steps.h"

#include "core/base/text.h"
#include "ui/dialogs/plain.h"
#include "ui/models/look.h"

namespace inodeck::ui {

StepList::StepList(const QString& name, QWidget* parent)
    : QListWidget(parent) {
    setAccessibleName(name);
    setIconSize({16, 16});
    setWordWrap(true);
    setTextElideMode(Qt::ElideNone);
    setResizeMode(Adjust);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSelectionMode(NoSelection);
    setTabKeyNavigation(false);
}

QListWidgetItem* StepList::line(const QIcon& mark, const QString& word, const QString& text) {
    return new QListWidgetItem(mark, word + QStringLiteral(": ") + text, this);
}

RestartChecks::RestartChecks(QWidget* parent)
    : StepList(tr("Checks before the restart"), parent) {}

void RestartChecks::show(const std::vector<GuardCheck>* checks) {
    clear();
    const bool dark = isDark(*this);
    if (!checks)
        line(icon(Verdict::NotRunning, dark), tr("Looking"), tr("at the host and the container once more."));
    else
        for (const GuardCheck& check : *checks)
            line(icon(check.passed ? Verdict::InSync : Verdict::StaleInode, dark),
                 check.passed ? tr("Passed") : tr("Failed"),
                 QString::fromStdString(check.passed ? check.what : check.what + ". " + check.detail));
}

RestartSteps::RestartSteps(QWidget* parent)
    : StepList(tr("Steps of the restart"), parent) {}

namespace {

QString stepWord(RestartStep step) {
    switch (step) {
    case RestartStep::Guard:
        return RestartSteps::tr("Guard");
    case RestartStep::Intent:
        return RestartSteps::tr("Intent");
    case RestartStep::Restart:
        return RestartSteps::tr("Restart");
    case RestartStep::Wait:
        return RestartSteps::tr("Wait");
    case RestartStep::Prove:
        return RestartSteps::tr("Proof");
    case RestartStep::Outcome:
        break;
    }
    return RestartSteps::tr("Outcome");
}

QString stateWord(StepState state) {
    return state == StepState::Passed   ? RestartSteps::tr("done")
           : state == StepState::Failed ? RestartSteps::tr("failed")
                                        : RestartSteps::tr("running");
}

} // namespace

void RestartSteps::add(const StepEvent& event) {
    const bool dark = isDark(*this);
    const QIcon mark = event.state == StepState::Passed   ? icon(Verdict::InSync, dark)
                       : event.state == StepState::Failed ? icon(Verdict::StaleInode, dark)
                                                          : icon(Verdict::NotRunning, dark);
    // The end of a step takes the place of its beginning.
    QListWidgetItem* last = item(count() - 1);
    const int step = static_cast<int>(event.step);
    if (last && last->data(Qt::UserRole).toInt() == step && event.state != StepState::Running)
        delete last;
    const QString word = tr("%1, %2", "step, state").arg(stepWord(event.step), stateWord(event.state));
    line(mark, word, QString::fromStdString(event.text))->setData(Qt::UserRole, step);
    scrollToBottom();
}

void RestartSteps::addProof(const RestartResult& result) {
    const bool dark = isDark(*this);
    for (const Row& row : result.after.rows) {
        const Observation& o = row.observation;
        line(icon(row.judgement.verdict, dark), label(row.judgement.verdict),
             tr("%1: host %2, container %3")
                 .arg(literal(o.destination), briefHash(o.hostSide, row.secret),
                      briefHash(o.containerSide, row.secret)))
            ->setData(Qt::UserRole, -1);
    }
    scrollToBottom();
}

} // namespace inodeck::ui
