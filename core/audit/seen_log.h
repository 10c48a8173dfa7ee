#pragma once

#include <chrono>

#include "core/audit/log_backend.h"
#include "core/audit/saved_head.h"

namespace inodeck {

/// What this object and this installation have seen of a log, so that a log that was cut, replaced or removed
/// is told from one that grew. What is saved is at most a fifth of a second behind its own records. Not
/// thread-safe.
class SeenLog {
public:
    explicit SeenLog(LogBackend& backend)
        : m_backend(backend)
        , m_memory(backend.location()) {}
    /// Where the log ends now; an error when it is not what was seen, gone on.
    Result<ChainHead> headThatExtendsIt();
    /// Of what was committed just now. In a burst of records not each is saved at once; should saving fail,
    /// the older state is still one that the log extends.
    void follow(const MadeRecord& made, const SigningKey& key);
    /// Saves that the log was seen up to `head`, unless more of it was.
    Result<void> remember(const ChainHead& head, const SigningKey& key);
    /// The same for what follow() did not come to save.
    void rememberTheRest(const SigningKey& key);
    /// After the last record of this object.
    const ChainHead& last() const { return m_last; }
    const HeadMemory& memory() const { return m_memory; }

private:
    Result<void> verify(const Checkpoint& seen, const ChainHead& head);
    Result<void> catchUp(TreeEdge& tree, std::uint64_t size);

    LogBackend& m_backend;
    HeadMemory m_memory;
    ChainHead m_last;
    TreeEdge m_tree;           ///< of the records before m_last, or of fewer
    std::uint64_t m_saved = 0; ///< so many records are in what was saved
    std::chrono::steady_clock::time_point m_savedAt{};
};

} // namespace inodeck
