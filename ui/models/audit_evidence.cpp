#include "ui/models/audit_evidence.h"

#include <QObject>
#include <algorithm>

#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

QString hashOf(const AuditSide& side) {
    if (side.missing)
        return QObject::tr("missing");
    if (side.sha256)
        return QString::fromStdString(side.sha256->hex());
    return side.hmac ? QObject::tr("HMAC %1").arg(QString::fromStdString(side.hmac->hex()))
                     : QStringLiteral("–");
}

QString number(const AuditSide& side, std::uint64_t AuditSide::*field) {
    return side.missing ? QStringLiteral("–") : QString::number(side.*field);
}

struct Named {
    QString name;
    QString value;
};

std::vector<Named> fieldsOf(const AuditEvidence& e) {
    return {{QObject::tr("Verdict"), literal(e.verdict)},
            {QObject::tr("Host SHA-256"), hashOf(e.host)},
            {QObject::tr("Container SHA-256"), hashOf(e.container)},
            {QObject::tr("Host inode"), number(e.host, &AuditSide::inode)},
            {QObject::tr("Container inode"), number(e.container, &AuditSide::inode)},
            {QObject::tr("Host size"), number(e.host, &AuditSide::size)},
            {QObject::tr("Container size"), number(e.container, &AuditSide::size)},
            {QObject::tr("Source"), literal(e.source)}};
}

const AuditEvidence* find(const RecordDraft* draft, const std::string& destination) {
    if (!draft)
        return nullptr;
    const auto found = std::find_if(draft->evidence.begin(), draft->evidence.end(),
                                    [&](const AuditEvidence& e) { return e.destination == destination; });
    return found == draft->evidence.end() ? nullptr : &*found;
}

ComparedMount compare(const std::string& destination, const AuditEvidence* before,
                      const AuditEvidence* after) {
    ComparedMount mount{literal(destination), {}};
    const auto left = before ? fieldsOf(*before) : std::vector<Named>{};
    const auto right = after ? fieldsOf(*after) : std::vector<Named>{};
    const auto& named = before ? left : right;
    for (std::size_t i = 0; i < named.size(); ++i) {
        ComparedField field{named[i].name, before ? left[i].value : QString(),
                            after ? right[i].value : QString(), false};
        field.differs = before && after && field.before != field.after;
        mount.fields.push_back(std::move(field));
    }
    return mount;
}

} // namespace

std::vector<ComparedMount> compareEvidence(const RecordDraft* before, const RecordDraft* after) {
    std::vector<std::string> destinations;
    for (const RecordDraft* draft : {before, after})
        if (draft)
            for (const AuditEvidence& e : draft->evidence)
                if (std::find(destinations.begin(), destinations.end(), e.destination) == destinations.end())
                    destinations.push_back(e.destination);
    std::vector<ComparedMount> mounts;
    for (const std::string& destination : destinations)
        mounts.push_back(compare(destination, find(before, destination), find(after, destination)));
    return mounts;
}

} // namespace inodeck::ui
