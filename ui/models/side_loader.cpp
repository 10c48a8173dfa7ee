#include "ui/models/side_loader.h"

#include "core/base/mask.h"
#include "core/scan/both_sides.h"
#include "ui/models/look.h"

namespace inodeck::ui {

/// What was read, kept on the heap once, however often it is compared.
struct SideLoader::Texts {
    SideContent container;
    SideContent host;
    bool secret = false; ///< all of it
    bool changedSince = false;
};

namespace {

bool isAsSeen(const SideContent& content, const Side& side) {
    return content.truncated || !side.facts || !side.facts->sha256 ||
           Sha256::of(content.bytes) == *side.facts->sha256;
}

Result<void> putOnRecord(const std::string& where, const RecordDraft& draft) {
    auto store = openAuditStore(where);
    if (!store)
        return tl::unexpected(store.error());
    if (auto ready = (*store)->ready(); !ready)
        return ready;
    auto appended = (*store)->append(draft, Deadline::after(std::chrono::seconds{10}));
    if (!appended)
        return tl::unexpected(appended.error());
    return {};
}

} // namespace

SideLoader::SideLoader(FleetSession& session, QObject* parent)
    : QObject(parent)
    , m_session(session) {}

void SideLoader::load(const MountModel::Entry& entry) {
    forget();
    const Host* host = m_session.find(entry.host);
    if (!host) {
        Q_EMIT failed(tr("This host is no longer in the list."));
        return;
    }
    if (host->keepsSecret(entry.row.observation.container.label())) {
        Q_EMIT failed(tr("The fleet file marks this service as secret: its content is not shown."));
        return;
    }
    m_entry = entry;
    m_worker.run([this, host = *host, o = entry.row.observation](const Cancel& cancel) -> Worker::Then {
        auto both = readBoth(m_session.scanner().sessions(), host, o, MaxSide, cancel);
        if (!both)
            return [this, why = both.error().message] { Q_EMIT failed(QString::fromStdString(why)); };
        auto texts = std::make_shared<Texts>();
        texts->secret = isSecretFile(o.source) || isSecretFile(o.destination);
        texts->changedSince =
            !isAsSeen(both->container, o.containerSide) || !isAsSeen(both->host, o.hostSide);
        texts->container = std::move(both->container);
        texts->host = std::move(both->host);
        return [this, texts] {
            m_texts = texts;
            compare();
        };
    });
}

void SideLoader::compare() {
    SideBySideOptions options;
    options.ignoreBlanks = m_ignoreBlanks;
    options.reveal = m_revealed;
    options.secretFile = m_texts->secret;
    m_worker.run([this, texts = m_texts, options](const Cancel& cancel) mutable -> Worker::Then {
        options.stop = [&cancel] { return cancel.requested(); };
        ShownSides shown;
        shown.sides = std::make_shared<const SideBySide>(
            sideBySide(texts->container.bytes, texts->host.bytes, options));
        shown.containerSize = texts->container.bytes.size();
        shown.hostSize = texts->host.bytes.size();
        shown.truncated = texts->container.truncated || texts->host.truncated;
        shown.changedSince = texts->changedSince;
        shown.revealed = options.reveal;
        return [this, shown] { Q_EMIT ready(shown); };
    });
}

void SideLoader::setIgnoreBlanks(bool ignore) {
    m_ignoreBlanks = ignore;
    if (m_texts)
        compare();
}

RecordDraft SideLoader::revealDraft(const std::string& reason) const {
    const Container& container = m_entry->row.observation.container;
    RecordDraft draft;
    draft.type = RecordType::Reveal;
    draft.opId = newUuid();
    draft.actor = m_session.actor();
    draft.reason = reason;
    draft.evidence = evidenceOf({m_entry->row}, true); // HMACs: there are secrets in it
    AuditTarget& target = draft.target;
    target.vm = m_entry->host;
    target.containerId = container.id.hex();
    target.project = container.project;
    target.service = container.service.empty() ? container.name : container.service;
    target.imageDigest = container.imageId;
    target.startedAt = container.startedAt;
    if (const HostScan* scan = m_session.lastScan(m_entry->host)) {
        target.address = scan->peer.address;
        target.hostKeySha256 = scan->peer.hostKeyFingerprint;
        target.machineId = scan->machineId;
    }
    return draft;
}

void SideLoader::reveal(const std::string& reason) {
    if (!m_texts)
        return;
    m_worker.run(
        [this, where = m_session.auditWhere(), draft = revealDraft(reason)](const Cancel&) -> Worker::Then {
            const auto recorded = putOnRecord(where, draft);
            if (!recorded)
                return [this, why = recorded.error().message] {
                    Q_EMIT notRevealed(
                        tr("Not shown, it could not be put on record: %1").arg(QString::fromStdString(why)));
                };
            return [this] {
                m_revealed = true;
                compare();
            };
        });
}

void SideLoader::conceal() {
    m_revealed = false;
    if (m_texts)
        compare();
}

void SideLoader::forget() {
    m_worker.drop();
    m_texts.reset();
    m_entry.reset();
    m_revealed = false;
}

} // namespace inodeck::ui
