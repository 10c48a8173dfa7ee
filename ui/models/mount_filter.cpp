#include "ui/models/mount_filter.h"

#include <algorithm>
#include <cstring>

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
    // Several times as fast as std::string::find() where the first letter is a frequent one.
    return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return memmem(entry.search.data(), entry.search.size(), word.data(), word.size()) != nullptr;
    });
}

} // namespace inodeck::ui
