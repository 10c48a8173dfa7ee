#include "ui/models/mount_filter.h"

#include <algorithm>

namespace inodeck::ui {

void MountFilter::setText(const QString& text) {
    words.clear();
    for (const QString& word : text.toLower().simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts))
        words.push_back(word.toStdString());
}

bool MountFilter::accepts(const MountModel::Entry& entry) const {
    if (verdict && entry.row.judgement.verdict != *verdict)
        return false;
    if (!hosts.empty() && !hosts.contains(entry.host))
        return false;
    return std::all_of(words.begin(), words.end(),
                       [&](const std::string& word) { return entry.search.find(word) != std::string::npos; });
}

} // namespace inodeck::ui
