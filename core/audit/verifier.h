#pragma once

#include <map>
#include <vector>

#include "core/audit/audit_store.h"
#include "core/audit/checkpoint.h"
#include "core/audit/merkle.h"
#include "core/audit/verify_report.h"

namespace inodeck {

/// A signed note that the log must be, or extend.
struct Anchor {
    SignedCheckpoint note;
    bool outside = true;     ///< kept elsewhere; false: it came with the log, which proves nothing by itself
    bool remembered = false; ///< by this installation itself, see HeadMemory
};

struct VerifyOptions {
    bool complete = true;   ///< every record, from the genesis on
    bool signatures = true; ///< false: a plain JSONL without signatures
    std::vector<Anchor> anchors;
};

/// Checks a log, record by record, in memory that does not grow with it (but for open intents). The bytes are
/// the evidence: nothing is written again to be compared, except to see that a line is canonical.
class LogVerifier {
public:
    explicit LogVerifier(VerifyOptions options);
    /// False once a bad record was found: the rest adds nothing.
    bool take(const StoredRecord& record);
    VerifyReport finish();
    /// What finish() would report now; more records may follow.
    VerifyReport soFar();
    /// For the records that follow, and for the log as it is now; those of a smaller size are not compared.
    void setAnchors(std::vector<Anchor> anchors);

private:
    struct Pending {
        StoredRecord stored;
        ParsedRecord record;
        std::string hash;
        std::string publicKey; ///< empty: the signature is checked already
    };
    void checkBatch();
    /// Empty when the record is in place: parsed, in order, linked.
    std::string whyMisplaced(const Pending& pending) const;
    std::string whyNotAllowed(Pending& pending);
    void follow(const Pending& pending);
    void followOperation(const ParsedRecord& record);
    void compareWithAnchors();
    void judgeAnchor(const Anchor& anchor);
    void checkBytes();
    void bad(std::uint64_t seq, const std::string& why);
    void notice(const std::string& text);

    VerifyOptions m_options;
    VerifyReport m_report;
    std::vector<Pending> m_batch;
    TreeEdge m_tree;
    std::optional<TimePoint> m_lastTime;
    std::map<std::string, std::uint64_t> m_open; ///< op_id of intents without an end, and their seq
};

/// Empty when `line` is RFC 8785 JSON as this format wants it.
bool isCanonical(const std::string& line);

} // namespace inodeck
