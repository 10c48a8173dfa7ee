#pragma once

#include "core/audit/merkle.h"
#include "core/audit/scratch_file.h"

namespace inodeck {

/// A growing Merkle tree that gives inclusion proofs. Its nodes are on disk, 64 bytes for each leaf: memory
/// does not grow.
class ProofTree {
public:
    explicit ProofTree(ScratchFile file)
        : m_file(std::move(file)) {}

    Result<void> push(const Sha256& leaf);
    std::uint64_t size() const { return m_edge.size(); }
    Sha256 root() const { return m_edge.root(); }
    /// RFC 6962, section 2.1.1, for leaf `index` below size(): the sibling hashes from leaf to root. Cheap in
    /// the order of leaves.
    Result<std::vector<Sha256>> proof(std::uint64_t index);

private:
    Result<void> flush();
    Result<Sha256> hashOf(const LeafRange& range);

    ScratchFile m_file; ///< the hashes of full subtrees, in the order in which leaves complete them
    std::uint64_t m_written = 0;
    std::string m_pending; ///< not yet written
    TreeEdge m_edge;
    std::vector<std::pair<LeafRange, Sha256>> m_last; ///< the last proof, from the root down
};

} // namespace inodeck
