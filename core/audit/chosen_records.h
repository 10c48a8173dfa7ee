#pragma once

#include "core/audit/audit_store.h"
#include "core/audit/output_file.h"
#include "core/audit/proof_tree.h"
#include "core/base/cancel.h"

namespace inodeck {

/// What a filter chooses of a log, and with it the records that name keys, without which no signature can be
/// checked; and the proofs of all these. On disk, at most 65 bytes for each record of the log: memory does
/// not grow.
class ChosenRecords {
public:
    /// Of the first `size` records. Asked once: what the filter chooses may change while others append (an
    /// intent that is open). Scratch files are made in `folder`. Incomplete when cancelled.
    static Result<ChosenRecords> find(AuditReader& log, const RecordFilter& filter, std::uint64_t size,
                                      const std::string& folder, const Cancel& cancel);
    /// Each record of the log, from the first on. Whether it is chosen.
    Result<bool> pass(const StoredRecord& record);
    /// When all have passed: a line for each that is chosen (docs/audit-format.md). Incomplete when
    /// cancelled.
    Result<void> writeProofs(OutputFile& file, const Cancel& cancel);

private:
    ChosenRecords(ScratchFile marks, ScratchFile nodes, std::uint64_t size)
        : m_marks(std::move(marks))
        , m_tree(std::move(nodes))
        , m_size(size) {}
    Result<bool> isChosen(std::uint64_t seq);

    ScratchFile m_marks; ///< byte `seq` is not 0: that record is chosen
    ProofTree m_tree;
    std::uint64_t m_size;
    std::string m_window; ///< some of the marks
    std::uint64_t m_windowAt = 0;
};

} // namespace inodeck
