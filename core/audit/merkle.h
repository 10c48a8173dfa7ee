#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/sha256.h"

namespace inodeck {

/// The Merkle tree of RFC 6962, section 2.1.
Sha256 leafHash(std::string_view leaf);
Sha256 nodeHash(const Sha256& left, const Sha256& right);

/// A growing tree of which only the right edge is kept: one hash for each full subtree.
class TreeEdge {
public:
    TreeEdge() = default;
    /// nullopt unless there are as many hashes as `size` has one bits.
    static std::optional<TreeEdge> of(std::uint64_t size, std::vector<Sha256> edge);

    void push(const Sha256& leaf);
    std::uint64_t size() const { return m_size; }
    /// The root; of no leaves: SHA-256 of nothing.
    Sha256 root() const;
    /// Full subtrees, largest first.
    const std::vector<Sha256>& edge() const { return m_edge; }

private:
    std::uint64_t m_size = 0;
    std::vector<Sha256> m_edge;
};

/// Inclusion proofs (RFC 6962, section 2.1.1) for chosen leaves of a tree that is seen once, leaf by leaf.
/// Keeps only the nodes that the proofs need.
class ProofCollector {
public:
    /// `chosen`: indexes below `size`.
    ProofCollector(const std::vector<std::uint64_t>& chosen, std::uint64_t size);
    void push(const Sha256& leaf);
    /// After `size` leaves: the sibling hashes from leaf to root.
    std::vector<Sha256> proof(std::uint64_t index) const;
    Sha256 root() const { return m_tree.root(); }

private:
    using Node = std::pair<std::uint64_t, std::uint64_t>; ///< leaves [first, second)
    void keep(const Node& node, const Sha256& hash);
    Sha256 hashOf(const Node& node) const;

    std::uint64_t m_size;
    std::map<Node, std::optional<Sha256>> m_nodes; ///< full subtrees that some proof is made of
    std::vector<std::pair<Node, Sha256>> m_open;
    TreeEdge m_tree;
};

/// Whether `leaf` is number `index` of the tree of this size and root.
bool verifyInclusion(const Sha256& leaf, std::uint64_t index, std::uint64_t size,
                     const std::vector<Sha256>& proof, const Sha256& root);

} // namespace inodeck
