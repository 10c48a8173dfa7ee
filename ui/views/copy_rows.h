#pragma once

#include <QClipboard>
#include <QGuiApplication>
#include <QModelIndexList>
#include <algorithm>

namespace inodeck::ui {

/// What these rows show, a line each and in their order, to the clipboard; nothing where there is none.
inline void copyRows(QModelIndexList rows) {
    std::sort(rows.begin(), rows.end());
    QStringList lines;
    for (const QModelIndex& index : rows)
        lines << index.data().toString();
    if (!lines.isEmpty())
        QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace inodeck::ui
