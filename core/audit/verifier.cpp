#include "core/audit/verifier.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <future>
#include <thread>

#include "core/audit/canonical_json.h"
#include "core/audit/log_backend.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

constexpr std::size_t BatchSize = 2048;
constexpr std::size_t MaxNotices = 100;
constexpr const char* NotCanonical = "its line is not in canonical form";

CanonicalJson fromQt(const QJsonValue& value) {
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool();
    case QJsonValue::Double:
        return std::int64_t{value.toInteger()};
    case QJsonValue::String:
        return value.toString().toStdString();
    case QJsonValue::Array: {
        CanonicalJson::Array array;
        for (const QJsonValue& item : value.toArray())
            array.push_back(fromQt(item));
        return array;
    }
    case QJsonValue::Object: {
        CanonicalJson::Object object;
        const QJsonObject source = value.toObject();
        for (auto it = source.begin(); it != source.end(); ++it)
            object[it.key().toLatin1().toStdString()] =
                fromQt(it.value()); // other keys than ASCII come out as others
        return object;
    }
    default:
        return {};
    }
}

} // namespace

bool isCanonical(const std::string& line) {
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(line));
    return line.size() <= MaxLine && document.isObject() && fromQt(document.object()).dump() == line;
}

LogVerifier::LogVerifier(VerifyOptions options)
    : m_options(std::move(options)) {
    m_report.complete = m_options.complete;
    m_report.signatures = m_options.signatures;
    m_batch.reserve(BatchSize);
}

void LogVerifier::bad(std::uint64_t seq, const std::string& why) {
    if (!m_report.bad || seq < m_report.bad->seq)
        m_report.bad = VerifyReport::Bad{seq, why};
}

void LogVerifier::notice(const std::string& text) {
    if (m_report.notices.size() < MaxNotices)
        m_report.notices.push_back(text);
    else
        ++m_report.noticesLeftOut;
}

bool LogVerifier::take(const StoredRecord& stored) {
    if (m_report.bad)
        return false;
    auto record = parseRecordLine(stored.line);
    if (!record) {
        checkBatch();
        bad(stored.seq, "it is no audit record of version 1");
        return false;
    }
    Pending pending{stored, std::move(*record), Sha256::of(stored.line).hex(), {}};
    if (const std::string why = whyMisplaced(pending); !why.empty()) {
        checkBatch();
        bad(m_options.complete ? m_report.records : stored.seq, why);
        return false;
    }
    follow(pending);
    m_batch.push_back(std::move(pending));
    if (m_batch.size() == BatchSize)
        checkBatch();
    compareWithAnchors();
    return !m_report.bad;
}

std::string LogVerifier::whyMisplaced(const Pending& p) const {
    const Envelope& e = p.record.envelope;
    if (e.seq != p.stored.seq)
        return "it says that it is record " + std::to_string(e.seq);
    if (m_report.first && e.log != m_report.log)
        return "it is of another log (" + printable(e.log) + ")";
    if (m_options.complete && e.seq != m_report.records)
        return "record " + std::to_string(m_report.records) + " is missing: record " + std::to_string(e.seq) +
               " is in its place";
    if (!m_options.complete && m_report.first && e.seq <= m_report.last)
        return "it is out of order";
    const bool first = e.seq == 0;
    if (first != (p.record.draft.type == RecordType::Genesis))
        return first ? "a log begins with its genesis record" : "it is a genesis record in the middle";
    const bool neighbour = m_report.first && e.seq == m_report.last + 1;
    if (first ? e.prev != NoHash : neighbour && e.prev != m_report.head)
        return "it does not link to the record before: the hash of that one is another";
    return {};
}

/// Takes the record's place in the log as given; its own bytes are checked with its batch.
void LogVerifier::follow(const Pending& p) {
    const Envelope& e = p.record.envelope;
    if (!m_report.first) {
        m_report.first = e.seq;
        m_report.log = e.log;
    }
    m_report.last = e.seq;
    m_report.head = p.hash;
    ++m_report.records;
    if (m_options.complete)
        m_tree.push(leafHash(p.stored.line));
    if (m_lastTime && e.ts < *m_lastTime)
        notice("the clock went backwards before record " + std::to_string(e.seq) + ", by " +
               formatDuration(*m_lastTime - e.ts));
    m_lastTime = e.ts;
    followOperation(p.record);
}

void LogVerifier::followOperation(const ParsedRecord& record) {
    const std::string& operation = record.draft.opId;
    if (record.draft.type == RecordType::Intent)
        m_open.try_emplace(operation, record.envelope.seq);
    else if (record.draft.type == RecordType::Outcome || record.draft.type == RecordType::Recovered)
        if (m_open.erase(operation) == 0 && m_options.complete)
            notice("record " + std::to_string(record.envelope.seq) + " is an outcome without an open intent");
}

std::string LogVerifier::whyNotAllowed(Pending& p) {
    const RecordType type = p.record.draft.type;
    if (type == RecordType::Genesis || type == RecordType::KeyRotate) {
        // What follows depends on it: at once, not with the batch.
        if (!isCanonical(p.stored.line))
            return NotCanonical;
        std::string why = m_options.signatures
                              ? whyNotSigned(p.record, p.hash, p.stored.signature, m_report.keys)
                              : std::string{};
        if (!why.empty())
            return why;
        const auto learned = m_report.keys.learn(p.record);
        return learned ? std::string{} : learned.error().message;
    }
    const Envelope& e = p.record.envelope;
    switch (m_report.keys.right(e.kid, e.seq)) {
    case KeyRing::Right::Unknown:
        return "it is signed by an unknown key (" + printable(e.kid) + ")";
    case KeyRing::Right::OutOfRange:
        return "it is signed by key " + printable(e.kid) + ", which may not sign it any more, or not yet";
    case KeyRing::Right::Granted:
        if (m_options.signatures)
            p.publicKey = m_report.keys.find(e.kid)->publicKey;
    }
    return {};
}

void LogVerifier::checkBatch() {
    for (Pending& pending : m_batch) {
        if (const std::string why = whyNotAllowed(pending); !why.empty()) {
            bad(pending.stored.seq, why);
            break;
        }
    }
    checkBytes();
    m_batch.clear();
}

/// What costs most, and needs no other record: on all cores.
void LogVerifier::checkBytes() {
    const auto firstBad = [this](std::size_t begin, std::size_t end) -> std::optional<VerifyReport::Bad> {
        for (std::size_t i = begin; i < end; ++i) {
            const Pending& p = m_batch[i];
            const Envelope& e = p.record.envelope;
            if (!isCanonical(p.stored.line))
                return VerifyReport::Bad{p.stored.seq, NotCanonical};
            if (!p.stored.listed.empty() && p.stored.listed != listedAs(e, p.record.draft, p.hash))
                return VerifyReport::Bad{e.seq, "the columns that it is found by do not say what it says"};
            if (!p.publicKey.empty() &&
                !verifySignature(p.publicKey, signedText(e.log, e.seq, p.hash), p.stored.signature))
                return VerifyReport::Bad{e.seq, "its signature does not verify"};
        }
        return std::nullopt;
    };
    const std::size_t workers =
        m_batch.size() < 64 ? 1 : std::max<std::size_t>(1, std::thread::hardware_concurrency());
    const std::size_t share = (m_batch.size() + workers - 1) / workers;
    std::vector<std::future<std::optional<VerifyReport::Bad>>> parts;
    for (std::size_t begin = 0; begin < m_batch.size(); begin += share)
        parts.push_back(std::async(workers == 1 ? std::launch::deferred : std::launch::async, firstBad, begin,
                                   std::min(begin + share, m_batch.size())));
    for (auto& part : parts)
        if (const auto found = part.get())
            bad(found->seq, found->why);
}

void LogVerifier::compareWithAnchors() {
    for (const Anchor& anchor : m_options.anchors) {
        const Checkpoint& c = anchor.note.checkpoint;
        if (!m_options.complete || c.size != m_tree.size())
            continue;
        if (c.root != m_tree.root())
            m_report.contradicted.push_back(
                "the first " + std::to_string(m_tree.size()) +
                " records are not those that a checkpoint was signed for: forked or changed");
        else if (anchor.outside)
            m_report.vouchFor(m_tree.size(), !anchor.remembered);
    }
}

void LogVerifier::judgeAnchor(const Anchor& anchor) {
    const Checkpoint& c = anchor.note.checkpoint;
    const auto& keys = m_report.keys.keys();
    const bool ours = std::any_of(keys.begin(), keys.end(), [&](const auto& entry) {
        return anchor.note.signedBy(entry.second.publicKey);
    });
    if (m_report.first && c.log != m_report.log)
        m_report.contradicted.push_back("a checkpoint is of another log (" + printable(c.log) + ")");
    else if (m_options.complete && c.size > m_tree.size())
        m_report.contradicted.push_back("a checkpoint was signed for " + std::to_string(c.size) +
                                        " records, here are " + std::to_string(m_tree.size()) +
                                        ": cut, or older than the checkpoint");
    else if (!ours)
        m_report.contradicted.push_back("a checkpoint is not signed by a key of this log");
    if (m_options.complete || !anchor.outside)
        return;
    // Chosen records were proven against the checkpoint that came with them.
    for (const Anchor& own : m_options.anchors)
        if (!own.outside && own.note.checkpoint == c)
            m_report.vouchFor(c.size, true);
    if (m_report.anchored == 0)
        notice("chosen records cannot be compared with a checkpoint of another size (" +
               std::to_string(c.size) + " records)");
}

VerifyReport LogVerifier::finish() {
    checkBatch();
    if (!m_report.bad)
        for (const Anchor& anchor : m_options.anchors)
            judgeAnchor(anchor);
    for (const auto& [operation, seq] : m_open)
        notice("the intent in record " + std::to_string(seq) + " has no outcome" +
               (m_options.complete ? "" : " among these"));
    return std::move(m_report);
}

VerifyReport LogVerifier::soFar() {
    checkBatch();
    return LogVerifier(*this).finish();
}

void LogVerifier::setAnchors(std::vector<Anchor> anchors) {
    m_options.anchors = std::move(anchors);
    compareWithAnchors();
}

} // namespace inodeck
