#pragma once

#include <QObject>
#include <QThreadPool>
#include <memory>

#include "core/report/incident.h"

namespace inodeck::ui {

class FleetSession;

enum class ReportFormat { Html, Pdf, Markdown };
/// "html", "pdf", "md".
QString suffix(ReportFormat format);

/// Gathers and writes a report, off the GUI thread.
class ReportWriter final : public QObject {
    Q_OBJECT

public:
    struct Order {
        report::Incident incident; ///< what the window knows
        ReportFormat format = ReportFormat::Html;
        bool diffs = true;
        QString path; ///< of a new file
    };

    explicit ReportWriter(FleetSession& session, QObject* parent = nullptr);
    ~ReportWriter() override;
    void write(Order order);
    void cancel();
    bool busy() const { return m_busy; }

Q_SIGNALS:
    /// Files that were read for diffs.
    void progress(int done, int all);
    /// `trouble`: empty, or why not.
    void finished(const QString& trouble);

private:
    FleetSession& m_session;
    QThreadPool m_pool;
    std::shared_ptr<Cancel> m_cancel;
    bool m_busy = false;
};

} // namespace inodeck::ui
