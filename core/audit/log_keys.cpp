#include "core/audit/log_keys.h"

#include "core/audit/guarded_file.h"

namespace inodeck {

namespace {

tl::unexpected<Error> broken(const std::string& why) {
    return fail(ErrorCode::AuditUnavailable, why);
}

} // namespace

Result<void> LogKeys::learn() {
    RecordFilter naming;
    naming.keysOnly = true;
    naming.from = m_readTo;
    Result<void> good;
    const auto done = m_backend.each(naming, [&](const StoredRecord& stored) {
        const auto record = parseRecordLine(stored.line);
        const std::string why =
            record ? whyNotSigned(*record, Sha256::of(stored.line).hex(), stored.signature, m_ring)
                   : record.error().message;
        if (!why.empty())
            good = broken("Record " + std::to_string(stored.seq) + " of the audit log names a key, but " +
                          why + "; run 'inodeck audit verify'.");
        else if (auto learned = m_ring.learn(*record); !learned)
            good = broken("Record " + std::to_string(stored.seq) + " of the audit log cannot be right: " +
                          learned.error().message + "; run 'inodeck audit verify'.");
        m_readTo = stored.seq + 1;
        return good.has_value();
    });
    return done ? good : tl::unexpected(done.error());
}

Result<void> LogKeys::checkOwn(const ChainHead& head) {
    if (auto learned = learn(); !learned)
        return learned;
    const auto granted = [&] { return m_ring.right(m_own.kid(), head.next) == KeyRing::Right::Granted; };
    if (granted())
        return {};
    // Another process of ours may have rotated it, or one died while it did.
    const auto next = SigningKey::loadNext(keyDirectory());
    if (next && m_ring.right(next->kid(), head.next) == KeyRing::Right::Granted)
        if (auto adopted = SigningKey::adoptNext(keyDirectory()); !adopted)
            return adopted;
    auto fresh = SigningKey::load(keyDirectory(), false);
    if (!fresh)
        return tl::unexpected(fresh.error());
    m_own = std::move(*fresh);
    if (granted())
        return {};
    return broken("This installation's key " + m_own.kid() + " may not sign in " + m_backend.location() +
                  "; somebody whose key may can allow it: inodeck audit key allow " + m_own.publicText());
}

void LogKeys::forget() {
    m_readTo = 0;
    m_ring = {};
}

} // namespace inodeck
