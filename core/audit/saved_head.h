#pragma once

#include <optional>
#include <string>

#include "core/audit/checkpoint.h"
#include "core/audit/guarded_file.h"
#include "core/audit/merkle.h"

namespace inodeck {

/// The newest checkpoint that this installation signed, and the edge of its tree.
struct SavedHead {
    SignedCheckpoint note;
    std::string text; ///< the signed note itself
    TreeEdge tree;
};

/// What this installation has seen of the log at one place, kept apart from the log: a log that was cut,
/// replaced or removed no longer extends it. One file in the XDG state folder for each location.
class HeadMemory {
public:
    explicit HeadMemory(const std::string& location);
    /// nullopt: nothing was seen there yet. An error: the file is damaged or badly guarded.
    Result<std::optional<SavedHead>> load() const;
    /// Takes the place of what was saved; hold lock() from load() on.
    Result<void> save(const Checkpoint& checkpoint, const TreeEdge& tree, const SigningKey& key) const;
    FileLock lock(const Deadline& deadline) const;
    const std::string& path() const { return m_path; }

private:
    std::string m_path;
};

} // namespace inodeck
