#pragma once

#include <string>
#include <vector>

#include "core/audit/proof_tree.h"

namespace inodeck {

/// RFC 6962, section 2.1, word by word: what the tree is compared with.
Sha256 naiveRoot(const std::vector<Sha256>& hashes);
/// Section 2.1.1, word by word.
std::vector<Sha256> naiveProof(std::size_t index, const std::vector<Sha256>& hashes);

std::vector<Sha256> numberedLeaves(std::size_t size);
/// A tree on the disk of `folder`.
ProofTree treeOf(const std::string& folder, const std::vector<Sha256>& leaves);
/// Expects that there is one.
std::vector<Sha256> proofIn(ProofTree& tree, std::uint64_t index);

/// While it lives, no file can be made longer than that by this process: a disk that is full in the middle.
class FileSizeLimit {
public:
    explicit FileSizeLimit(std::uint64_t bytes);
    ~FileSizeLimit();
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    std::uint64_t m_before = 0;
};

} // namespace inodeck
