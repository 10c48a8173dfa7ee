#include "ui/models/change_model.h"

#include <QBrush>
#include <array>

namespace inodeck::ui {

void ChangeModel::add(const std::vector<MountNews>& news, TimePoint when) {
    if (news.empty())
        return;
    const int count = std::min(static_cast<int>(news.size()), Limit);
    beginInsertRows({}, 0, count - 1);
    for (int i = count - 1; i >= 0; --i)
        m_entries.push_front({when, news[static_cast<std::size_t>(i)]});
    endInsertRows();
    if (rowCount() <= Limit)
        return;
    beginRemoveRows({}, Limit, rowCount() - 1);
    m_entries.resize(Limit, Entry{});
    endRemoveRows();
}

void ChangeModel::clear() {
    beginResetModel();
    m_entries.clear();
    endResetModel();
}

void ChangeModel::setDark(bool dark) {
    m_dark = dark;
    m_icons = VerdictIcons(dark);
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ChangeModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

int ChangeModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ChangeModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry& one = entry(index.row());
    const MountNews& news = one.news;
    const bool verdict = index.column() == Now && news.change != Change::Vanished;
    if (role == Qt::DecorationRole && verdict)
        return m_icons[news.now];
    if (role == Qt::ForegroundRole && verdict)
        return QBrush(colour(news.now, m_dark));
    if (role == Qt::ToolTipRole)
        return tooltip(data(index, Qt::DisplayRole).toString().toStdString());
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case When:
        return localTime(one.when);
    case What:
        return label(news.change);
    case Now:
        return news.change == Change::Vanished ? tr("was %1").arg(label(news.before))
               : news.before == news.now       ? label(news.now)
                                               : tr("%1, was %2").arg(label(news.now), label(news.before));
    case HostColumn:
        return literal(news.host);
    case Service:
        return literal(news.service);
    case Config:
        return literal(news.config);
    default:
        return {};
    }
}

QVariant ChangeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static const std::array<const char*, ColumnCount> Titles{QT_TR_NOOP("When"),    QT_TR_NOOP("What"),
                                                             QT_TR_NOOP("Verdict"), QT_TR_NOOP("Host"),
                                                             QT_TR_NOOP("Service"), QT_TR_NOOP("Config")};
    return section >= 0 && section < ColumnCount ? tr(Titles[static_cast<std::size_t>(section)]) : QVariant();
}

QString sentenceOf(const MountNews& news) {
    // Names of any length; the list of changes has them whole.
    const auto brief = [](const std::string& name) {
        const QString text = literal(name);
        return text.size() <= 60 ? text : text.left(30) + QChar(0x2026) + text.right(29);
    };
    return QStringLiteral("%1: %2 · %3 · %4")
        .arg(label(news.now), brief(news.host), brief(news.service), brief(news.config));
}

} // namespace inodeck::ui
