#include "ui/models/audit_export.h"

namespace inodeck::ui {

namespace {

struct Exported {
    Result<ExportSummary> summary;
    QString doubt;
};

Exported doExport(const std::string& where, ExportOptions options, const AuditActor& actor,
                  const Cancel& cancel, const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    const auto log = openAuditReader(where);
    if (!log)
        return {tl::unexpected(log.error()), {}};
    const auto note = recordExport(where, actor, options);
    if (note)
        options.checkpoint = *note;
    return {exportLog(**log, options, cancel, progress),
            note ? QString() : QString::fromStdString(note.error().message)};
}

} // namespace

AuditExport::AuditExport(AuditLog& log, QObject* parent)
    : QObject(parent)
    , m_log(log) {}

AuditExport::~AuditExport() {
    cancel();
}

void AuditExport::cancel() {
    if (m_cancel)
        m_cancel->request();
}

void AuditExport::start(const ExportOptions& options, const AuditActor& actor) {
    if (running())
        return;
    m_cancel = std::make_shared<Cancel>();
    m_log.work(this, [this, &log = m_log, self = QPointer<QObject>(this), options, actor, cancel = m_cancel] {
        auto done =
            doExport(log.where(), options, actor, *cancel, [&](std::uint64_t records, std::uint64_t total) {
                log.tell(self, [this, records, total] { Q_EMIT progressed(records, total); });
            });
        return [this, done = std::move(done)] {
            m_cancel.reset();
            if (done.summary)
                Q_EMIT exported(done.summary->records, done.summary->bytes, done.doubt);
            else
                Q_EMIT failed(QString::fromStdString(done.summary.error().message));
        };
    });
}

} // namespace inodeck::ui
