#include "core/audit/proof_tree.h"

#include <bit>

#include "core/base/hex.h"

namespace inodeck {

namespace {

constexpr std::size_t FlushSize = 65536;

/// Of a full subtree among all of them. When `range.second` leaves are there, 2n - popcount(n) subtrees are
/// complete; the last leaf has just completed one of each size up to the largest that ends there.
std::uint64_t placeOf(const LeafRange& range) {
    const std::uint64_t leaves = range.second;
    const auto complete = 2 * leaves - static_cast<std::uint64_t>(std::popcount(leaves));
    const int larger = std::countr_zero(leaves) - std::countr_zero(range.second - range.first);
    return complete - 1 - static_cast<std::uint64_t>(larger);
}

} // namespace

Result<void> ProofTree::push(const Sha256& leaf) {
    m_edge.push(leaf, [this](const Sha256& made) { m_pending += bytesOf(made); });
    return m_pending.size() < FlushSize ? Result<void>{} : flush();
}

Result<void> ProofTree::flush() {
    auto written = m_file.write(m_written, m_pending);
    if (written) {
        m_written += m_pending.size();
        m_pending.clear();
    }
    return written;
}

Result<Sha256> ProofTree::hashOf(const LeafRange& range) {
    std::vector<Sha256> parts;
    for (const LeafRange& part : fullSubtrees(range)) {
        const auto bytes = m_file.read(placeOf(part) * Sha256::Size, Sha256::Size);
        if (!bytes)
            return tl::unexpected(bytes.error());
        const auto hash = Sha256::fromHex(hexEncode(*bytes));
        if (!hash)
            return fail(ErrorCode::Io, "A temporary file of this export ends too early.");
        parts.push_back(*hash);
    }
    return joined(parts);
}

Result<std::vector<Sha256>> ProofTree::proof(std::uint64_t index) {
    if (auto flushed = flush(); !flushed)
        return tl::unexpected(flushed.error());
    const std::vector<LeafRange> beside = subtreesBeside(index, size());
    m_last.resize(beside.size());
    std::vector<Sha256> hashes(beside.size());
    for (std::size_t i = 0; i < beside.size(); ++i) {
        if (m_last[i].first != beside[i]) { // the upper ones are mostly those of the leaf before
            const auto hash = hashOf(beside[i]);
            if (!hash)
                return tl::unexpected(hash.error());
            m_last[i] = {beside[i], *hash};
        }
        hashes[beside.size() - 1 - i] = m_last[i].second;
    }
    return hashes;
}

} // namespace inodeck
