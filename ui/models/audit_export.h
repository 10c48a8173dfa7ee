#pragma once

#include <QObject>

#include "core/audit/export.h"
#include "ui/models/audit_log.h"

namespace inodeck::ui {

/// One export at a time, in the background; itself on record, as the headless program's is.
class AuditExport final : public QObject {
    Q_OBJECT

public:
    explicit AuditExport(AuditLog& log, QObject* parent = nullptr);
    ~AuditExport() override;
    void start(const ExportOptions& options, const AuditActor& actor);
    void cancel();
    bool running() const { return m_cancel != nullptr; }

Q_SIGNALS:
    void progressed(quint64 done, quint64 total);
    /// `doubt`: why it has no checkpoint and is not on record; empty when it is.
    void exported(quint64 records, quint64 bytes, const QString& doubt);
    /// Nothing is left of it.
    void failed(const QString& why);

private:
    AuditLog& m_log;
    std::shared_ptr<Cancel> m_cancel;
};

} // namespace inodeck::ui
