#include <algorithm>

#include "core/audit/log_reader.h"
#include "core/audit/postgres_backend.h"
#include "core/audit/postgres_log.h"
#include "core/audit/verify_source.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t BatchSize = 500;

tl::unexpected<Error> refuse(const std::string& why) {
    return fail(ErrorCode::AuditUnavailable, why);
}

Result<VerifyReport> verified(AuditReader& log, std::vector<Anchor> anchors, const Cancel& cancel) {
    auto report = verifyStore(log, std::move(anchors), cancel);
    if (report && report->standing() == VerifyReport::Standing::Broken)
        return refuse("The audit log at " + log.location() +
                      " does not verify and is not copied; run 'inodeck audit verify'.");
    return report;
}

Result<MadeRecord> remade(const StoredRecord& stored) {
    auto record = parseRecordLine(stored.line);
    if (!record)
        return tl::unexpected(record.error());
    return MadeRecord{std::move(record->envelope), std::move(record->draft), stored.line,
                      Sha256::of(stored.line).hex(), stored.signature};
}

/// Appends to the copy, some hundred records a transaction.
class Copy {
public:
    Copy(PostgresBackend& to, ChainHead head)
        : m_to(to)
        , m_head(std::move(head)) {}

    Result<void> take(const StoredRecord& record) {
        m_batch.push_back(record);
        return m_batch.size() == BatchSize ? flush() : Result<void>{};
    }

    Result<void> flush() {
        if (m_batch.empty())
            return {};
        const Deadline deadline = Deadline::after(60s);
        auto begun = m_to.begin(deadline);
        if (!begun)
            return begun;
        auto written = write();
        if (!written) {
            m_to.rollback();
            return written;
        }
        // Without an answer the next run looks where the copy ends, and goes on from there.
        auto committed = m_to.commit(deadline);
        m_batch.clear();
        return committed;
    }

private:
    Result<void> write() {
        if (const auto now = m_to.head(); !now || now->next != m_head.next || now->hash != m_head.hash)
            return now ? refuse("Somebody else writes the audit log at " + m_to.location() +
                                " while it is being copied; stop that first.")
                       : tl::unexpected(now.error());
        for (const StoredRecord& stored : m_batch) {
            const auto record = remade(stored);
            if (!record)
                return tl::unexpected(record.error());
            if (auto inserted = m_to.insert(*record); !inserted)
                return inserted;
            m_head = headAfter(*record);
        }
        return {};
    }

    PostgresBackend& m_to;
    ChainHead m_head;
    std::vector<StoredRecord> m_batch;
};

/// Whether what is there already is the beginning of `from`: its last line links all before it.
Result<void> checkBeginning(AuditReader& from, const VerifyReport& source, const ChainHead& copied,
                            const std::string& to) {
    if (copied.next == 0)
        return {};
    std::string hash;
    RecordFilter last;
    last.from = copied.next - 1;
    last.to = copied.next;
    const auto read = from.each(last, [&](const StoredRecord& record) {
        hash = Sha256::of(record.line).hex();
        return true;
    });
    if (!read)
        return tl::unexpected(read.error());
    if (copied.log == source.log && copied.hash == hash)
        return {};
    return refuse("The audit log at " + to + " holds other records than the one at " + from.location() +
                  ": a log is copied into an empty one.");
}

Result<std::uint64_t> copyRest(AuditReader& from, const VerifyReport& source, PostgresBackend& to,
                               const Cancel& cancel, const std::function<void(std::uint64_t)>& progress) {
    const auto head = to.head();
    if (!head)
        return tl::unexpected(head.error());
    if (auto begins = checkBeginning(from, source, *head, to.location()); !begins)
        return tl::unexpected(begins.error());
    Copy copy(to, *head);
    RecordFilter rest;
    rest.from = head->next;
    rest.to = source.records;
    Result<void> good;
    const auto read = from.each(rest, [&](const StoredRecord& record) {
        good = copy.take(record);
        if (good && progress && record.seq % BatchSize == 0)
            progress(record.seq);
        return good.has_value() && !cancel.requested();
    });
    if (!read)
        return read;
    if (good && cancel.requested())
        good = fail(ErrorCode::Cancelled, "The copy was cancelled; another run goes on from where it ended.");
    if (good)
        good = copy.flush();
    return good ? Result<std::uint64_t>(source.records - std::min(source.records, head->next))
                : tl::unexpected(good.error());
}

} // namespace

Result<std::uint64_t> copyLog(AuditReader& from, const std::string& toUri, const Cancel& cancel,
                              const std::function<void(std::uint64_t)>& progress) {
    auto to = PostgresBackend::open(toUri);
    if (!to)
        return tl::unexpected(to.error());
    const auto source = verified(from, ownAnchor(from.location()).anchors, cancel);
    if (!source)
        return tl::unexpected(source.error());
    const auto copied = copyRest(from, *source, **to, cancel, progress);
    if (!copied)
        return copied;
    const auto left = from.count({});
    if (!left || *left != source->records)
        return left ? refuse("The audit log at " + from.location() +
                             " was written while it was copied: stop its writers, then copy again.")
                    : tl::unexpected(left.error());
    LogReader copy(std::move(*to));
    const auto target = verified(copy, {}, cancel);
    if (!target)
        return tl::unexpected(target.error());
    if (target->records != source->records || target->head != source->head)
        return refuse("The copy at " + copy.location() + " is not what was copied; do not use it.");
    return copied;
}

} // namespace inodeck
