#include "ui/models/mount_filter.h"

#include <algorithm>
#include <cstring>

namespace inodeck::ui {

namespace {

/// Several times as fast as std::string::find() where the first letter is a frequent one.
bool holds(const std::string& text, const std::string& word) {
    return memmem(text.data(), text.size(), word.data(), word.size()) != nullptr;
}

/// Shorter ones are in the hashes of nearly every row.
bool mayBeHash(const std::string& word) {
    constexpr std::size_t Least = 4;
    return word.size() >= Least && word.find_first_not_of("0123456789abcdef") == std::string::npos;
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
    return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return holds(entry.search, word) || (mayBeHash(word) && holds(entry.hashes, word));
    });
}

bool MountFilter::isWithin(const MountFilter& other) const {
    if ((other.verdict && verdict != other.verdict) || (!other.hosts.empty() && hosts != other.hosts))
        return false;
    return std::all_of(other.words.begin(), other.words.end(), [this](const std::string& theirs) {
        return std::any_of(words.begin(), words.end(), [&](const std::string& mine) {
            return holds(mine, theirs) && (!mayBeHash(mine) || mayBeHash(theirs));
        });
    });
}

} // namespace inodeck::ui
