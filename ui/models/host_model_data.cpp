#include <QBrush>

#include "ui/models/host_model.h"

namespace inodeck::ui {

namespace {

/// A host that answered nothing cannot vouch for what it showed before.
std::optional<Verdict> worse(std::optional<Verdict> a, std::optional<Verdict> b) {
    if (!a || !b)
        return a ? a : b;
    return std::min(*a, *b);
}

} // namespace

std::optional<Verdict> HostModel::Entry::worst() const {
    std::optional<Verdict> worst;
    for (const Verdict verdict : AllVerdicts)
        if (counts[static_cast<std::size_t>(verdict)] > 0)
            worst = worse(worst, verdict);
    return state == State::Failed ? worse(worst == Verdict::InSync ? std::nullopt : worst, Verdict::Unknown)
                                  : worst;
}

QVariant HostModel::hostData(const Entry& entry, int role) const {
    const std::string& reason =
        entry.last.status == HostStatus::Ok ? entry.last.access.missing : entry.last.error.message;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return literal(entry.host.name) + wordsOf(entry);
    case Qt::DecorationRole:
        return m_icons[entry.state == State::Failed ? Verdict::Unknown
                                                    : entry.worst().value_or(Verdict::NotRunning)];
    case Qt::ForegroundRole:
        return entry.state == State::Failed ? QVariant(QBrush(colour(Verdict::NotRunning, m_dark)))
                                            : QVariant();
    case Qt::ToolTipRole:
        return reason.empty() ? tooltip(entry.host.name) : tooltip(entry.host.name + ": " + reason);
    case ErrorRole:
        return entry.state == State::Failed ? literal(reason) : QString();
    case NameRole:
        return literal(entry.host.name);
    default:
        return {};
    }
}

/// " – 2 Stale inode": the worst in words; nothing where all is well.
QString HostModel::wordsOf(const Entry& entry) const {
    switch (entry.state) {
    case State::Scanning:
        return tr(" – scanning");
    case State::Failed:
        return tr(" – not reached");
    case State::Cancelled:
        return tr(" – cancelled");
    case State::New:
    case State::Ok:
        break;
    }
    return countsWords(entry.worst(), entry.counts);
}

QString HostModel::countsWords(std::optional<Verdict> worst, const Counts& counts) const {
    if (!worst || *worst == Verdict::InSync || *worst == Verdict::NotRunning)
        return {};
    return QStringLiteral(" – %1 %2").arg(counts[static_cast<std::size_t>(*worst)]).arg(label(*worst));
}

QVariant HostModel::groupData(const Group& group, int role) const {
    if (role == NameRole)
        return literal(group.name);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::ToolTipRole &&
        role != Qt::DecorationRole)
        return {}; // what follows looks at each host
    std::optional<Verdict> worst;
    Counts counts{};
    int failed = 0;
    for (const std::size_t host : group.hosts) {
        const Entry& entry = m_hosts[host];
        worst = worse(worst, entry.worst());
        failed += entry.state == State::Failed ? 1 : 0;
        for (std::size_t i = 0; i < counts.size(); ++i)
            counts[i] += entry.counts[i];
    }
    const QString unreached = failed > 0 ? tr(" – %1 not reached").arg(failed) : QString();
    const QString text = literal(group.name) + QStringLiteral(" (%1)").arg(group.hosts.size()) +
                         (worst == Verdict::Unknown && failed > 0 ? QString() : countsWords(worst, counts)) +
                         unreached;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return text;
    case Qt::ToolTipRole:
        return tooltip(text.toStdString());
    case Qt::DecorationRole:
        return m_icons[worst.value_or(Verdict::NotRunning)];
    default:
        return {};
    }
}

} // namespace inodeck::ui
