#include "core/audit/key_ring.h"

#include "core/audit/signing_key.h"
#include "core/base/text.h"

namespace inodeck {

Result<void> KeyRing::learn(const ParsedRecord& record) {
    const RecordDraft& draft = record.draft;
    const std::uint64_t seq = record.envelope.seq;
    const bool genesis = draft.type == RecordType::Genesis;
    if (!genesis && draft.type != RecordType::KeyRotate)
        return {};
    if (!draft.key)
        return fail(ErrorCode::Protocol, "it names no key");
    if (genesis != m_keys.empty())
        return fail(ErrorCode::Protocol,
                    genesis ? "it is a second genesis record" : "a key is named before the genesis record");
    if (!draft.key->retires.empty()) {
        const auto old = m_keys.find(draft.key->retires);
        if (old == m_keys.end() || old->second.last)
            return fail(ErrorCode::Protocol, "it retires a key that is not in use");
        old->second.last = seq;
    }
    m_keys.try_emplace(keyId(draft.key->publicKey),
                       Key{draft.key->publicKey, genesis ? seq : seq + 1, std::nullopt});
    return {};
}

KeyRing::Right KeyRing::right(const std::string& kid, std::uint64_t seq) const {
    const Key* key = find(kid);
    if (!key)
        return Right::Unknown;
    return seq >= key->from && seq <= key->last.value_or(seq) ? Right::Granted : Right::OutOfRange;
}

const KeyRing::Key* KeyRing::find(const std::string& kid) const {
    const auto found = m_keys.find(kid);
    return found == m_keys.end() ? nullptr : &found->second;
}

std::string whyNotSigned(const ParsedRecord& record, const std::string& hash, const std::string& signature,
                         const KeyRing& ring) {
    const Envelope& e = record.envelope;
    const bool introducesItself = record.draft.type == RecordType::Genesis && ring.keys().empty() &&
                                  record.draft.key && keyId(record.draft.key->publicKey) == e.kid;
    const KeyRing::Right right = introducesItself ? KeyRing::Right::Granted : ring.right(e.kid, e.seq);
    if (right == KeyRing::Right::Unknown)
        return "it is signed by an unknown key (" + printable(e.kid) + ")";
    if (right == KeyRing::Right::OutOfRange)
        return "it is signed by key " + printable(e.kid) + ", which may not sign it any more, or not yet";
    const std::string& publicKey =
        introducesItself ? record.draft.key->publicKey : ring.find(e.kid)->publicKey;
    return verifySignature(publicKey, signedText(e.log, e.seq, hash), signature)
               ? std::string{}
               : "its signature does not verify";
}

} // namespace inodeck
