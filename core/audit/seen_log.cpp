#include "core/audit/seen_log.h"

#include <algorithm>

namespace inodeck {

namespace {

using namespace std::chrono_literals;

constexpr auto SaveInterval = 200ms;

tl::unexpected<Error> broken(const std::string& why) {
    return fail(ErrorCode::AuditUnavailable, why);
}

} // namespace

void SeenLog::follow(const MadeRecord& made, const SigningKey& key) {
    m_last = headAfter(made);
    if (m_tree.size() == made.envelope.seq)
        m_tree.push(leafHash(made.line));
    if (std::chrono::steady_clock::now() - m_savedAt > SaveInterval) [[maybe_unused]]
        const auto saved = remember(m_last, key);
}

void SeenLog::rememberTheRest(const SigningKey& key) {
    if (m_last.next > m_saved) [[maybe_unused]]
        const auto saved = remember(m_last, key);
}

Result<void> SeenLog::catchUp(TreeEdge& tree, std::uint64_t size) {
    RecordFilter missed;
    missed.from = tree.size();
    missed.to = size;
    const auto read = m_backend.each(missed, [&](const StoredRecord& record) {
        tree.push(leafHash(record.line));
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    return tree.size() == size ? Result<void>{}
                               : broken("Records of the audit log are missing; run 'inodeck audit verify'.");
}

Result<void> SeenLog::remember(const ChainHead& head, const SigningKey& key) {
    const FileLock lock = m_memory.lock(Deadline::after(2s));
    if (auto held = lock.held(); !held)
        return held;
    const auto saved = m_memory.load();
    if (!saved)
        return tl::unexpected(saved.error());
    const std::uint64_t known = *saved ? (*saved)->tree.size() : 0;
    if (known < head.next && m_tree.size() != head.next) {
        m_tree = *saved ? (*saved)->tree : TreeEdge{};
        if (auto caught = catchUp(m_tree, head.next); !caught)
            return caught;
    }
    if (known < head.next)
        if (auto kept = m_memory.save({head.log, head.next, m_tree.root(), head.hash}, m_tree, key); !kept)
            return kept;
    m_saved = std::max(known, head.next);
    m_savedAt = std::chrono::steady_clock::now();
    return {};
}

Result<ChainHead> SeenLog::headThatExtendsIt() {
    // In this order: others write on, and what they save after the head was read is beyond it.
    const auto saved = m_memory.load();
    if (!saved)
        return tl::unexpected(saved.error());
    auto head = m_backend.head();
    if (head && *saved)
        if (auto good = verify((*saved)->note.checkpoint, *head); !good)
            return tl::unexpected(good.error());
    if (head && m_last.next > 0)
        if (auto good = verify({m_last.log, m_last.next, {}, m_last.hash}, *head); !good)
            return tl::unexpected(good.error());
    return head;
}

Result<void> SeenLog::verify(const Checkpoint& seen, const ChainHead& head) {
    const auto gone = [&] {
        return broken("The audit log at " + m_backend.location() + " no longer holds record " +
                      std::to_string(seen.size - 1) +
                      " as this installation saw it: it was cut or replaced; run 'inodeck audit verify'.");
    };
    if (head.next < seen.size || head.log != seen.log)
        return gone();
    RecordFilter one;
    one.from = seen.size - 1;
    one.to = seen.size;
    bool same = false;
    const auto read = m_backend.each(one, [&](const StoredRecord& record) {
        same = Sha256::of(record.line).hex() == seen.head;
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    return same ? Result<void>{} : gone();
}

} // namespace inodeck
