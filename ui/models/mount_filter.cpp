#include "ui/models/mount_filter.h"

#include <algorithm>

#include "ui/models/mount_model.h"

namespace inodeck::ui {

MountFilter::MountFilter(QObject* parent)
    : QSortFilterProxyModel(parent) {
    setSortRole(MountModel::SortRole);
    setDynamicSortFilter(true);
    setSortLocaleAware(false);
}

void MountFilter::setText(const QString& text) {
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateRowsFilter();
}

void MountFilter::setVerdict(std::optional<Verdict> verdict) {
    m_verdict = verdict;
    invalidateRowsFilter();
}

void MountFilter::setHost(const QString& host) {
    m_host = host;
    invalidateRowsFilter();
}

bool MountFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_verdict && index.data(MountModel::VerdictRole).toInt() != static_cast<int>(*m_verdict))
        return false;
    if (!m_host.isEmpty() && index.siblingAtColumn(MountModel::HostColumn).data().toString() != m_host)
        return false;
    const QString text = index.data(MountModel::SearchRole).toString();
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool MountFilter::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const QVariant a = left.data(sortRole());
    const QVariant b = right.data(sortRole());
    if (a != b)
        return QSortFilterProxyModel::lessThan(left, right);
    // Rows of one verdict keep a stable, readable order.
    const auto name = [](const QModelIndex& index) {
        return index.siblingAtColumn(MountModel::HostColumn).data().toString() +
               index.siblingAtColumn(MountModel::ServiceColumn).data().toString() +
               index.siblingAtColumn(MountModel::ConfigColumn).data().toString();
    };
    return name(left) < name(right);
}

} // namespace inodeck::ui
