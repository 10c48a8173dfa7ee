#pragma once

#include <QSortFilterProxyModel>
#include <optional>
#include <string>

#include "core/drift/verdict.h"

namespace inodeck::ui {

/// Sorts by raw values, worst first by default; shows the rows that hold every word of the text, and of one
/// verdict or host if asked.
class MountFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit MountFilter(QObject* parent = nullptr);
    void setText(const QString& text);
    void setVerdict(std::optional<Verdict> verdict);
    void setHost(const QString& host);
    const QString& host() const { return m_host; }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    QStringList m_words;
    std::optional<Verdict> m_verdict;
    QString m_host;
};

} // namespace inodeck::ui
