#include "core/audit/chain.h"

namespace inodeck {

MadeRecord makeRecord(const ChainHead& head, const RecordDraft& draft, const std::string& id, TimePoint now,
                      const SigningKey& key) {
    MadeRecord made;
    made.envelope = {head.log, head.next, head.hash, id, now, key.kid()};
    made.draft = draft;
    made.line = recordLine(made.envelope, draft);
    made.hash = Sha256::of(made.line).hex();
    made.signature = key.sign(signedText(head.log, head.next, made.hash));
    return made;
}

ChainHead headAfter(const MadeRecord& record) {
    return {record.envelope.seq + 1, record.hash, record.envelope.log};
}

RecordDraft genesisDraft(const AuditActor& actor, const SigningKey& key) {
    RecordDraft draft;
    draft.type = RecordType::Genesis;
    draft.actor = actor;
    draft.key = AuditKeyChange{key.publicKey(), {}};
    return draft;
}

} // namespace inodeck
