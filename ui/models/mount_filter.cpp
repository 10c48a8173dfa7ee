#include "ui/models/mount_filter.h"

#include <algorithm>
#include <cstring>

namespace inodeck::ui {

namespace {

/// Several times as fast as std::string::find() where the first letter is a frequent one.
bool holds(const std::string& text, const std::string& word) {
    return memmem(text.data(), text.size(), word.data(), word.size()) != nullptr;
}

} // namespace

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
                       [&](const std::string& word) { return holds(entry.search, word); });
}

bool MountFilter::isWithin(const MountFilter& other) const {
    if ((other.verdict && verdict != other.verdict) || (!other.hosts.empty() && hosts != other.hosts))
        return false;
    return std::all_of(other.words.begin(), other.words.end(), [this](const std::string& theirs) {
        return std::any_of(words.begin(), words.end(),
                           [&](const std::string& mine) { return holds(mine, theirs); });
    });
}

} // namespace inodeck::ui
