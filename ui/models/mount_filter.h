#pragma once

#include <optional>
#include <set>

#include "ui/models/mount_model.h"

namespace inodeck::ui {

/// Which rows to show: those that hold every word (in hashes and ids only words of four hex digits and more
/// are looked for), and are of one verdict and of these hosts if asked.
struct MountFilter {
    std::vector<std::string> words; ///< lower case
    std::optional<Verdict> verdict;
    std::set<std::string> hosts; ///< empty: all
    bool operator==(const MountFilter&) const = default;

    void setText(const QString& text);
    bool accepts(const MountModel::Entry& entry) const;
    /// Whether all that this one accepts the other accepts too, as far as the two alone can tell: so it is
    /// with each letter that is typed.
    bool isWithin(const MountFilter& other) const;
};

} // namespace inodeck::ui
