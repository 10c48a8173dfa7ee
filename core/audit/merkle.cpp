#include "core/audit/merkle.h"

#include <bit>
#include <string>

namespace inodeck {

Sha256 leafHash(std::string_view leaf) {
    std::string text(1, '\0');
    text += leaf;
    return Sha256::of(text);
}

Sha256 nodeHash(const Sha256& left, const Sha256& right) {
    std::string text(1, '\x01');
    text += bytesOf(left);
    text += bytesOf(right);
    return Sha256::of(text);
}

std::string_view bytesOf(const Sha256& hash) {
    return {reinterpret_cast<const char*>(hash.bytes().data()), Sha256::Size};
}

std::vector<LeafRange> subtreesBeside(std::uint64_t index, std::uint64_t size) {
    std::vector<LeafRange> beside;
    LeafRange tree{0, size};
    while (tree.second - tree.first > 1) {
        // RFC 6962's k: the largest power of two below the number of leaves.
        const std::uint64_t middle = tree.first + std::bit_floor(tree.second - tree.first - 1);
        if (index < middle) {
            beside.emplace_back(middle, tree.second);
            tree.second = middle;
        } else {
            beside.emplace_back(tree.first, middle);
            tree.first = middle;
        }
    }
    return beside;
}

std::vector<LeafRange> fullSubtrees(LeafRange range) {
    std::vector<LeafRange> parts;
    while (range.first < range.second) {
        const std::uint64_t size = std::bit_floor(range.second - range.first);
        parts.emplace_back(range.first, range.first + size);
        range.first += size;
    }
    return parts;
}

Sha256 joined(const std::vector<Sha256>& parts) {
    Sha256 hash = parts.back();
    for (std::size_t i = parts.size() - 1; i-- > 0;)
        hash = nodeHash(parts[i], hash);
    return hash;
}

std::optional<TreeEdge> TreeEdge::of(std::uint64_t size, std::vector<Sha256> edge) {
    if (static_cast<std::size_t>(std::popcount(size)) != edge.size())
        return std::nullopt;
    TreeEdge tree;
    tree.m_size = size;
    tree.m_edge = std::move(edge);
    return tree;
}

void TreeEdge::push(const Sha256& leaf, const std::function<void(const Sha256&)>& made) {
    Sha256 hash = leaf;
    if (made)
        made(hash);
    for (std::uint64_t size = m_size; size & 1; size >>= 1) {
        hash = nodeHash(m_edge.back(), hash);
        m_edge.pop_back();
        if (made)
            made(hash);
    }
    m_edge.push_back(hash);
    ++m_size;
}

Sha256 TreeEdge::root() const {
    return m_edge.empty() ? Sha256::of({}) : joined(m_edge);
}

bool verifyInclusion(const Sha256& leaf, std::uint64_t index, std::uint64_t size,
                     const std::vector<Sha256>& proof, const Sha256& root) {
    if (index >= size)
        return false;
    const std::vector<LeafRange> beside = subtreesBeside(index, size);
    if (beside.size() != proof.size())
        return false;
    Sha256 hash = leaf;
    for (std::size_t i = 0; i < proof.size(); ++i)
        hash =
            beside[proof.size() - 1 - i].first > index ? nodeHash(hash, proof[i]) : nodeHash(proof[i], hash);
    return hash == root;
}

} // namespace inodeck
