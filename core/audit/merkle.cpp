#include "core/audit/merkle.h"

#include <bit>
#include <string>

namespace inodeck {

namespace {

std::string_view bytesOf(const Sha256& hash) {
    return {reinterpret_cast<const char*>(hash.bytes().data()), Sha256::Size};
}

using Range = std::pair<std::uint64_t, std::uint64_t>;

/// RFC 6962's k: the largest power of two below n (n > 1).
std::uint64_t split(std::uint64_t n) {
    return std::bit_floor(n - 1);
}

/// The subtrees beside the way from leaf `index` up to the root, from the leaf on.
std::vector<Range> siblings(std::uint64_t index, Range tree) {
    std::vector<Range> down;
    while (tree.second - tree.first > 1) {
        const std::uint64_t middle = tree.first + split(tree.second - tree.first);
        if (index < middle) {
            down.emplace_back(middle, tree.second);
            tree.second = middle;
        } else {
            down.emplace_back(tree.first, middle);
            tree.first = middle;
        }
    }
    return {down.rbegin(), down.rend()};
}

/// The full subtrees that a range is made of, largest first (a range that begins where RFC 6962 lets it).
std::vector<Range> fullSubtrees(Range range) {
    std::vector<Range> parts;
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

} // namespace

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

std::optional<TreeEdge> TreeEdge::of(std::uint64_t size, std::vector<Sha256> edge) {
    if (static_cast<std::size_t>(std::popcount(size)) != edge.size())
        return std::nullopt;
    TreeEdge tree;
    tree.m_size = size;
    tree.m_edge = std::move(edge);
    return tree;
}

void TreeEdge::push(const Sha256& leaf) {
    Sha256 hash = leaf;
    for (std::uint64_t size = m_size; size & 1; size >>= 1) {
        hash = nodeHash(m_edge.back(), hash);
        m_edge.pop_back();
    }
    m_edge.push_back(hash);
    ++m_size;
}

Sha256 TreeEdge::root() const {
    return m_edge.empty() ? Sha256::of({}) : joined(m_edge);
}

ProofCollector::ProofCollector(const std::vector<std::uint64_t>& chosen, std::uint64_t size)
    : m_size(size) {
    for (const std::uint64_t index : chosen)
        for (const Range& sibling : siblings(index, {0, size}))
            for (const Range& part : fullSubtrees(sibling))
                m_nodes.try_emplace(part);
}

void ProofCollector::keep(const Node& node, const Sha256& hash) {
    if (const auto found = m_nodes.find(node); found != m_nodes.end())
        found->second = hash;
}

void ProofCollector::push(const Sha256& leaf) {
    std::pair<Node, Sha256> done{{m_tree.size(), m_tree.size() + 1}, leaf};
    keep(done.first, done.second);
    while (!m_open.empty() &&
           m_open.back().first.second - m_open.back().first.first == done.first.second - done.first.first) {
        done = {{m_open.back().first.first, done.first.second}, nodeHash(m_open.back().second, done.second)};
        m_open.pop_back();
        keep(done.first, done.second);
    }
    m_open.push_back(done);
    m_tree.push(leaf);
}

Sha256 ProofCollector::hashOf(const Node& node) const {
    std::vector<Sha256> parts;
    for (const Range& part : fullSubtrees(node))
        parts.push_back(m_nodes.at(part).value());
    return joined(parts);
}

std::vector<Sha256> ProofCollector::proof(std::uint64_t index) const {
    std::vector<Sha256> hashes;
    for (const Range& sibling : siblings(index, {0, m_size}))
        hashes.push_back(hashOf(sibling));
    return hashes;
}

bool verifyInclusion(const Sha256& leaf, std::uint64_t index, std::uint64_t size,
                     const std::vector<Sha256>& proof, const Sha256& root) {
    if (index >= size)
        return false;
    const std::vector<Range> path = siblings(index, {0, size});
    if (path.size() != proof.size())
        return false;
    Sha256 hash = leaf;
    for (std::size_t i = 0; i < path.size(); ++i)
        hash = path[i].first > index ? nodeHash(hash, proof[i]) : nodeHash(proof[i], hash);
    return hash == root;
}

} // namespace inodeck
