#include "ui/models/row_text.h"

#include <QStringList>

#include "ui/models/look.h"

namespace inodeck::ui {

QString sideWords(const Side& side, bool secret) {
    if (side.missing)
        return QObject::tr("does not exist");
    if (!side.facts)
        return QString::fromStdString(side.problem.empty() ? "–" : side.problem);
    if (secret)
        return QObject::tr("not shown: secret");
    if (side.facts->sha256)
        return QString::fromStdString(side.facts->sha256->hex());
    return side.facts->overLimit ? QObject::tr("too large to hash") : QStringLiteral("–");
}

QString sinceWords(const Judgement& judgement, TimePoint now) {
    if (!judgement.since)
        return {};
    return QObject::tr("since %1 (%2 ago)").arg(localTime(judgement.since), ago(judgement.since, now));
}

QString rowText(const MountModel::Entry& entry, TimePoint now) {
    const Observation& o = entry.row.observation;
    const auto side = [secret = entry.row.secret](const QString& name, const std::string& path,
                                                  const Side& one) {
        const QString inode =
            one.facts ? QObject::tr(" (inode %1, %2 bytes)").arg(one.facts->inode).arg(one.facts->size)
                      : QString();
        return QStringLiteral("  %1 %2: %3%4").arg(name, literal(path), sideWords(one, secret), inode);
    };
    const QString since = sinceWords(entry.row.judgement, now);
    QStringList lines;
    lines << QStringLiteral("%1 · %2 · %3: %4%5")
                 .arg(literal(entry.host), literal(o.container.label()), literal(o.destination),
                      label(entry.row.judgement.verdict),
                      since.isEmpty() ? QString() : QStringLiteral(", ") + since);
    lines << QStringLiteral("  ") + QString::fromStdString(entry.row.judgement.reason);
    lines << side(QObject::tr("host"), o.source, o.hostSide);
    lines << side(QObject::tr("container"), o.destination, o.containerSide);
    return lines.join(QLatin1Char('\n'));
}

} // namespace inodeck::ui
