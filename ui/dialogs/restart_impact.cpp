#include "ui/dialogs/restart_impact.h"

#include <algorithm>

#include "core/base/redact.h"
#include "core/base/text.h"
#include "ui/dialogs/plain.h"
#include "ui/dialogs/wrapped_text.h"
#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

constexpr int MaxMounts = 50;

QString joined(const std::vector<std::string>& words) {
    QStringList list;
    for (const std::string& word : words)
        list << literal(word);
    return list.join(QStringLiteral(", "));
}

QString healthWords(const Container& c) {
    return c.health.empty()
               ? RestartImpact::tr("no: that it runs, and stays up, is all that can be waited for")
               : RestartImpact::tr("yes, now %1").arg(literal(c.health));
}

QString policyWords(const Container& c) {
    return c.restartPolicy.empty() || c.restartPolicy == "no"
               ? RestartImpact::tr("no: if it ends, Docker does not start it again")
               : literal(c.restartPolicy);
}

QWidget* mountLine(const Row& row, bool dark) {
    auto* line = new QWidget;
    auto* layout = new QHBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* mark = new QLabel;
    mark->setPixmap(icon(row.judgement.verdict, dark).pixmap(16, 16));
    layout->addWidget(mark, 0, Qt::AlignTop);
    layout->addWidget(copyableLabel(QStringLiteral("%1: %2").arg(literal(row.observation.destination),
                                                                 label(row.judgement.verdict))),
                      1);
    return line;
}

bool hasVerdict(const RestartPlan& plan, std::initializer_list<Verdict> verdicts) {
    return std::any_of(plan.rows.begin(), plan.rows.end(), [&](const Row& row) {
        return std::find(verdicts.begin(), verdicts.end(), row.judgement.verdict) != verdicts.end();
    });
}

} // namespace

QString reloadWords(const RestartPlan& plan) {
    if (hasVerdict(plan, {Verdict::StaleInode, Verdict::DetachedInode}))
        return RestartImpact::tr(
            "A reload cannot help: the process would read the old inode again, and answer “ok”.");
    if (hasVerdict(plan, {Verdict::ChangedSinceStart, Verdict::NotLoaded}))
        return RestartImpact::tr(
            "The file was changed in place (same inode): here the service's own reload, if it "
            "has one, could load it as well. Inodeck does not reload: it could not prove it.");
    return {};
}

QString commandWords(const RestartPlan& plan, const RestartOrder& order) {
    return QString::fromStdString(printable(shellJoin(redactedWords(restartArgv(plan, order)))));
}

RestartImpact::RestartImpact(QWidget* parent)
    : QScrollArea(parent) {
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("What the restart touches"));
}

void RestartImpact::show(const RestartPlan& plan, const RestartOrder& order) {
    auto* content = new QWidget;
    auto* form = new QFormLayout(content);
    form->setContentsMargins(0, 0, 8, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    QStringList causes;
    for (const std::string& cause : plan.causes)
        causes << QString::fromStdString(cause);
    if (causes.isEmpty())
        causes << tr("None: no mount of it is stale or changed.");
    form->addRow(tr("Cause"), copyableLabel(causes.join(QLatin1Char('\n'))));
    form->addRow(tr("Command"), new WrappedText(commandWords(plan, order)));
    if (!order.validate.empty())
        form->addRow(tr("Only if this succeeds"), new WrappedText(QString::fromStdString(
                                                      printable(shellJoin(redactedWords(order.validate))))));
    addContainer(*form, plan);
    addMounts(*form, plan);
    setWidget(content); // the old one is deleted
}

void RestartImpact::addContainer(QFormLayout& form, const RestartPlan& plan) const {
    const Container& c = plan.container;
    form.addRow(tr("Container"),
                copyableLabel(literal(c.name) + QStringLiteral("  ") + QString::fromStdString(c.id.brief())));
    form.addRow(tr("Up for"),
                plainLabel(c.running ? ago(c.startedAt, Clock::system().now()) : tr("it is not running")));
    form.addRow(tr("Ports"),
                plainLabel(c.ports.empty() ? tr("none published")
                                           : tr("%1 (no answer there meanwhile)").arg(joined(c.ports))));
    form.addRow(tr("Healthcheck"), plainLabel(healthWords(c)));
    form.addRow(tr("Restart policy"), plainLabel(policyWords(c)));
    form.addRow(tr("Depends on it"), plainLabel(plan.dependents.empty() ? tr("no service that says so")
                                                                        : joined(plan.dependents)));
}

void RestartImpact::addMounts(QFormLayout& form, const RestartPlan& plan) const {
    auto* all = new QWidget;
    auto* lines = new QVBoxLayout(all);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(2);
    const int count = static_cast<int>(plan.rows.size());
    for (int i = 0; i < std::min(count, MaxMounts); ++i)
        lines->addWidget(mountLine(plan.rows[static_cast<std::size_t>(i)], isDark(*this)));
    if (count > MaxMounts)
        lines->addWidget(plainLabel(tr("and %n more", nullptr, count - MaxMounts)));
    form.addRow(tr("Refreshes"), all);
}

} // namespace inodeck::ui
