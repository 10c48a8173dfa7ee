#include "ui/models/audit_record.h"

#include <QObject>
#include <QStringList>

#include "core/audit/base64.h"
#include "core/base/text.h"
#include "ui/models/audit_evidence.h"
#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

constexpr qsizetype LongestCell = 300; // what fits no column need not be laid out

QString cell(const std::string& bytes) {
    QString text = literal(bytes);
    if (text.size() > LongestCell)
        text = text.left(LongestCell) + QStringLiteral("…");
    return text;
}

QString actorName(const AuditActor& actor) {
    QString name = cell(actor.account);
    if (!actor.claimed.empty())
        name += QStringLiteral(" (%1)").arg(cell(actor.claimed));
    return name;
}

class Fields {
public:
    void add(const QString& name, const QString& value) {
        if (!value.isEmpty())
            m_lines << name.leftJustified(20) + value;
    }
    void add(const QString& name, const std::string& value) { add(name, literal(value)); }
    void add(const QString& name, const std::optional<TimePoint>& time) {
        if (time)
            add(name, formatRfc3339(*time, 6));
    }
    QString text() const { return m_lines.join(QLatin1Char('\n')); }

private:
    QStringList m_lines;
};

void addTarget(Fields& fields, const AuditTarget& target) {
    fields.add(QObject::tr("Host"), target.vm);
    fields.add(QObject::tr("Address"), target.address);
    fields.add(QObject::tr("Host key"), target.hostKeySha256);
    fields.add(QObject::tr("Machine"), target.machineId);
    fields.add(QObject::tr("Service"), serviceName(target));
    fields.add(QObject::tr("Container"), target.containerId);
    fields.add(QObject::tr("Image"), target.imageDigest);
    fields.add(QObject::tr("Started at"), target.startedAt);
}

void addResult(Fields& fields, const AuditResult& result) {
    fields.add(QObject::tr("Outcome"), result.status);
    fields.add(QObject::tr("Verdict"), result.verdict);
    if (result.exitStatus)
        fields.add(QObject::tr("Exit status"), QString::number(*result.exitStatus));
    fields.add(QObject::tr("Started at"), result.startedAt);
    fields.add(QObject::tr("Health"), result.health);
    if (result.containerSha256)
        fields.add(QObject::tr("It reads"), result.containerSha256->hex());
    fields.add(QObject::tr("Error output"), result.stderrTail);
    if (result.durationMs > 0)
        fields.add(QObject::tr("Took"), QObject::tr("%1 ms").arg(result.durationMs));
}

} // namespace

QString label(RecordType type) {
    switch (type) {
    case RecordType::Genesis:
        return QObject::tr("Genesis");
    case RecordType::Intent:
        return QObject::tr("Intent");
    case RecordType::Outcome:
        return QObject::tr("Outcome");
    case RecordType::Recovered:
        return QObject::tr("Recovered");
    case RecordType::Refused:
        return QObject::tr("Refused");
    case RecordType::HostKeyAccepted:
        return QObject::tr("Host key accepted");
    case RecordType::KeyRotate:
        return QObject::tr("Key change");
    case RecordType::Export:
        return QObject::tr("Export");
    case RecordType::Reveal:
        break;
    }
    return QObject::tr("Secrets shown");
}

QString serviceName(const AuditTarget& target) {
    return target.project.empty() ? cell(target.service)
                                  : cell(target.project) + QLatin1Char('/') + cell(target.service);
}

AuditRow auditRow(const StoredRecord& stored, bool open) {
    AuditRow row{stored, std::nullopt, open, {}};
    row.cells[SeqColumn] = QString::number(stored.seq);
    const auto record = parseRecordLine(stored.line);
    if (!record) {
        row.cells[TypeColumn] = QObject::tr("Not a record");
        row.cells[ReasonColumn] = cell(record.error().message);
        return row;
    }
    const RecordDraft& draft = record->draft;
    row.cells[TimeColumn] = localTime(record->envelope.ts);
    row.cells[TypeColumn] = label(draft.type);
    row.cells[HostColumn] = cell(draft.target.vm);
    row.cells[ServiceColumn] = serviceName(draft.target);
    row.cells[OutcomeColumn] = open           ? QObject::tr("open")
                               : draft.result ? cell(draft.result->status)
                                              : QString();
    row.cells[ActorColumn] = actorName(draft.actor);
    row.cells[ReasonColumn] = cell(draft.reason);
    row.record = *record;
    return row;
}

QString recordText(const AuditRow& row) {
    Fields fields;
    fields.add(QObject::tr("Record"), row.cells[SeqColumn]);
    fields.add(QObject::tr("Type"), row.cells[TypeColumn]);
    if (row.record) {
        const Envelope& envelope = row.record->envelope;
        const RecordDraft& draft = row.record->draft;
        fields.add(QObject::tr("Time"), std::optional(envelope.ts));
        if (row.open)
            fields.add(QObject::tr("State"), QObject::tr("open: no outcome is on record"));
        fields.add(QObject::tr("Account"), draft.actor.account);
        fields.add(QObject::tr("Says to be"), draft.actor.claimed);
        fields.add(QObject::tr("CI job"), draft.actor.ciJob);
        fields.add(QObject::tr("Reason"), draft.reason);
        addTarget(fields, draft.target);
        if (!draft.argv.empty())
            fields.add(QObject::tr("Command"), shellJoin(draft.argv));
        if (draft.result)
            addResult(fields, *draft.result);
        for (const ComparedMount& mount : compareEvidence(&draft, nullptr)) {
            fields.add(QObject::tr("Mount"), mount.destination);
            for (const ComparedField& field : mount.fields)
                fields.add(QStringLiteral("  ") + field.name, field.before);
        }
        if (draft.key) {
            fields.add(QObject::tr("Allows key"), base64(draft.key->publicKey));
            fields.add(QObject::tr("Retires key"), draft.key->retires);
        }
        fields.add(QObject::tr("Operation"), draft.opId);
        fields.add(QObject::tr("Record id"), envelope.id);
        fields.add(QObject::tr("Log"), envelope.log);
        fields.add(QObject::tr("Previous hash"), envelope.prev);
        fields.add(QObject::tr("Signing key"), envelope.kid);
    } else {
        fields.add(QObject::tr("Problem"), row.cells[ReasonColumn]);
    }
    fields.add(QObject::tr("Hash"), Sha256::of(row.stored.line).hex());
    fields.add(QObject::tr("Signature"), base64(row.stored.signature));
    return fields.text();
}

QString recordLineText(const AuditRow& row) {
    if (!isUtf8(row.stored.line))
        return literal(row.stored.line);
    const QString line = QString::fromStdString(row.stored.line);
    QString text;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const qsizetype units = line[i].isHighSurrogate() ? 2 : 1;
        const QString letter = line.mid(i, units);
        const bool plain = letter == QLatin1String("\\") || literal(letter.toStdString()) == letter;
        for (const QChar unit : letter)
            text +=
                plain ? QString(unit) : QStringLiteral("\\u%1").arg(unit.unicode(), 4, 16, QLatin1Char('0'));
        i += units - 1;
    }
    return text;
}

} // namespace inodeck::ui
