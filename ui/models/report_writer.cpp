#include "ui/models/report_writer.h"

#include "core/audit/output_file.h"
#include "core/report/gather.h"
#include "ui/models/fleet_session.h"
#include "ui/models/report_pdf.h"

namespace inodeck::ui {

namespace {

std::string written(const report::Document& document, ReportFormat format) {
    switch (format) {
    case ReportFormat::Pdf:
        return toPdf(document).toStdString();
    case ReportFormat::Markdown:
        return report::toMarkdown(document);
    case ReportFormat::Html:
        break;
    }
    return report::toHtml(document);
}

Result<void> writeReport(ReportWriter::Order& order, SessionPool& sessions, const std::vector<Host>& hosts,
                         const report::GatherOptions& options, const Cancel& cancel) {
    if (auto done = report::gather(order.incident, sessions, hosts, options, cancel); !done)
        return done;
    const std::string bytes = written(report::incidentDocument(order.incident), order.format);
    auto file = OutputFile::create(order.path.toStdString());
    if (!file)
        return tl::unexpected(file.error());
    file->write(bytes);
    return file->finish();
}

} // namespace

QString suffix(ReportFormat format) {
    return format == ReportFormat::Html  ? QStringLiteral("html")
           : format == ReportFormat::Pdf ? QStringLiteral("pdf")
                                         : QStringLiteral("md");
}

ReportWriter::ReportWriter(FleetSession& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_cancel(std::make_shared<Cancel>()) {
    m_pool.setMaxThreadCount(1);
}

ReportWriter::~ReportWriter() {
    m_cancel->request();
    m_pool.waitForDone();
}

void ReportWriter::write(Order order) {
    if (m_busy)
        return;
    m_busy = true;
    m_cancel = std::make_shared<Cancel>();
    report::GatherOptions options;
    options.auditWhere = m_session.auditWhere();
    options.diffs = order.diffs;
    options.progress = [this](std::size_t done, std::size_t all) {
        QMetaObject::invokeMethod(
            this, [this, done, all] { Q_EMIT progress(static_cast<int>(done), static_cast<int>(all)); },
            Qt::QueuedConnection);
    };
    m_pool.start(
        [this, order = std::move(order), hosts = m_session.hosts(), options, cancel = m_cancel]() mutable {
            const auto done = writeReport(order, m_session.scanner().sessions(), hosts, options, *cancel);
            const QString trouble = done ? QString() : QString::fromStdString(done.error().message);
            QMetaObject::invokeMethod(
                this,
                [this, trouble] {
                    m_busy = false;
                    Q_EMIT finished(trouble);
                },
                Qt::QueuedConnection);
        });
}

void ReportWriter::cancel() {
    m_cancel->request();
}

} // namespace inodeck::ui
