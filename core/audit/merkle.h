#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/sha256.h"

namespace inodeck {

/// The Merkle tree of RFC 6962, section 2.1.
Sha256 leafHash(std::string_view leaf);
Sha256 nodeHash(const Sha256& left, const Sha256& right);
std::string_view bytesOf(const Sha256& hash);

/// Leaves [first, second) of a tree.
using LeafRange = std::pair<std::uint64_t, std::uint64_t>;
/// The subtrees beside the way from the root down to leaf `index`. Their hashes, the last first, are its
/// inclusion proof (section 2.1.1).
std::vector<LeafRange> subtreesBeside(std::uint64_t index, std::uint64_t size);
/// The full subtrees that one of these is made of, largest first.
std::vector<LeafRange> fullSubtrees(LeafRange range);
/// The hash of what is made of full subtrees with these hashes.
Sha256 joined(const std::vector<Sha256>& parts);

/// A growing tree of which only the right edge is kept: one hash for each full subtree.
class TreeEdge {
public:
    TreeEdge() = default;
    /// nullopt unless there are as many hashes as `size` has one bits.
    static std::optional<TreeEdge> of(std::uint64_t size, std::vector<Sha256> edge);

    /// Calls `made` with the hash of each full subtree that this leaf completes, the leaf's own first.
    void push(const Sha256& leaf, const std::function<void(const Sha256&)>& made = {});
    std::uint64_t size() const { return m_size; }
    /// The root; of no leaves: SHA-256 of nothing.
    Sha256 root() const;
    /// Full subtrees, largest first.
    const std::vector<Sha256>& edge() const { return m_edge; }

private:
    std::uint64_t m_size = 0;
    std::vector<Sha256> m_edge;
};

/// Whether `leaf` is number `index` of the tree of this size and root.
bool verifyInclusion(const Sha256& leaf, std::uint64_t index, std::uint64_t size,
                     const std::vector<Sha256>& proof, const Sha256& root);

} // namespace inodeck
