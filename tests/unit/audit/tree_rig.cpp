#include "tests/unit/audit/tree_rig.h"

#include <csignal>
#include <gtest/gtest.h>
#include <stdexcept>
#include <sys/resource.h>

namespace inodeck {

Sha256 naiveRoot(const std::vector<Sha256>& hashes) {
    if (hashes.empty())
        return Sha256::of({});
    if (hashes.size() == 1)
        return hashes.front();
    std::size_t k = 1;
    while (k * 2 < hashes.size())
        k *= 2;
    const auto middle = hashes.begin() + static_cast<std::ptrdiff_t>(k);
    return nodeHash(naiveRoot({hashes.begin(), middle}), naiveRoot({middle, hashes.end()}));
}

std::vector<Sha256> naiveProof(std::size_t index, const std::vector<Sha256>& hashes) {
    if (hashes.size() == 1)
        return {};
    std::size_t k = 1;
    while (k * 2 < hashes.size())
        k *= 2;
    const auto middle = hashes.begin() + static_cast<std::ptrdiff_t>(k);
    const std::vector<Sha256> left(hashes.begin(), middle);
    const std::vector<Sha256> right(middle, hashes.end());
    std::vector<Sha256> path = index < k ? naiveProof(index, left) : naiveProof(index - k, right);
    path.push_back(naiveRoot(index < k ? right : left));
    return path;
}

std::vector<Sha256> numberedLeaves(std::size_t size) {
    std::vector<Sha256> hashes;
    for (std::size_t i = 0; i < size; ++i)
        hashes.push_back(leafHash("leaf " + std::to_string(i)));
    return hashes;
}

ProofTree treeOf(const std::string& folder, const std::vector<Sha256>& leaves) {
    auto file = ScratchFile::create(folder);
    if (!file)
        throw std::runtime_error(file.error().message);
    ProofTree tree(std::move(*file));
    for (const Sha256& leaf : leaves)
        EXPECT_TRUE(tree.push(leaf));
    return tree;
}

std::vector<Sha256> proofIn(ProofTree& tree, std::uint64_t index) {
    const auto proof = tree.proof(index);
    EXPECT_TRUE(proof) << proof.error().message;
    return proof.value_or(std::vector<Sha256>{});
}

FileSizeLimit::FileSizeLimit(std::uint64_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    m_before = limit.rlim_cur;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

FileSizeLimit::~FileSizeLimit() {
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = m_before;
    ::setrlimit(RLIMIT_FSIZE, &limit);
}

} // namespace inodeck
