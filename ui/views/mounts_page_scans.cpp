#include <QHeaderView>
#include <QSettings>

#include "ui/models/look.h"
#include "ui/views/mounts_page.h"

namespace inodeck::ui {

void MountsPage::takeScan(const HostScan& scan) {
    m_hosts.take(scan);
    const std::vector<MountNews> news = m_mounts.merge(scan);
    m_changes.add(news, scan.scannedAt);
    std::copy_if(news.begin(), news.end(), std::back_inserter(m_newStale),
                 [](const MountNews& one) { return one.isNewStale(); });
    if (scan.status == HostStatus::Failed)
        m_hostErrors[scan.host] = scan.error.message;
    else if (scan.status == HostStatus::Ok)
        m_hostErrors.erase(scan.host);
    if (scan.status == HostStatus::Failed && scan.error.code == ErrorCode::HostKeyChanged)
        Q_EMIT keyRefused(scan);
}

/// What is told once for many hosts.
void MountsPage::finishBatch() {
    m_tellSoon.stop();
    m_summary->setCounts(m_mounts.counts());
    showHostErrors();
    showHost();
    tellNews();
    Q_EMIT changed();
}

void MountsPage::tellNews() {
    if (m_newStale.empty())
        return;
    constexpr std::size_t Shown = 3;
    m_unseen += static_cast<int>(m_newStale.size());
    QStringList lines;
    for (const MountNews& news : m_newStale)
        if (static_cast<std::size_t>(lines.size()) < Shown)
            lines << sentenceOf(news);
    if (m_newStale.size() > Shown)
        lines << tr("and %1 more").arg(m_newStale.size() - Shown);
    m_newStale.clear();
    const QString title = m_unseen == 1 ? tr("1 new stale mount") : tr("%1 new stale mounts").arg(m_unseen);
    m_newsBanner->show(title + QLatin1Char('\n') + lines.join(QLatin1Char('\n')), tr("Mark as &seen"));
    Q_EMIT newStale(title, lines.join(QLatin1Char('\n')));
}

void MountsPage::markSeen() {
    m_unseen = 0;
    m_newsBanner->show({});
    m_mounts.clearChanges();
    Q_EMIT changed();
}

void MountsPage::showHostErrors() {
    constexpr std::size_t Shown = 3;
    QStringList lines;
    for (const auto& [host, message] : m_hostErrors) {
        if (static_cast<std::size_t>(lines.size()) == Shown)
            break;
        lines << tr("%1 was not observed: %2").arg(literal(host), QString::fromStdString(message));
    }
    if (m_hostErrors.size() > Shown)
        lines << tr("and %1 more; the list of hosts says why").arg(m_hostErrors.size() - Shown);
    m_hostBanner->show(lines.join(QLatin1Char('\n')));
}

void MountsPage::restore(const QSettings& settings) {
    m_across->restoreState(settings.value(QStringLiteral("mounts/across")).toByteArray());
    m_down->restoreState(settings.value(QStringLiteral("mounts/down")).toByteArray());
    m_table->header()->restoreState(settings.value(QStringLiteral("mounts/header")).toByteArray());
    applyState(SavedFilters::unpack(settings.value(QStringLiteral("mounts/filter")).toStringList()));
}

void MountsPage::save(QSettings& settings) const {
    settings.setValue(QStringLiteral("mounts/across"), m_across->saveState());
    settings.setValue(QStringLiteral("mounts/down"), m_down->saveState());
    settings.setValue(QStringLiteral("mounts/header"), m_table->header()->saveState());
    settings.setValue(QStringLiteral("mounts/filter"),
                      SavedFilters::pack({m_filterBar->text(), m_filter.verdict, m_filterBar->groupBy()}));
}

} // namespace inodeck::ui
