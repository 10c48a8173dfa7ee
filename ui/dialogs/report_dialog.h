#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>

#include "ui/models/mount_model.h"
#include "ui/models/report_writer.h"

class QVBoxLayout;

namespace inodeck::ui {

class FleetSession;

/// What a report can be about.
struct ReportSource {
    std::vector<MountModel::Entry> view; ///< all that is shown
    QString viewWords;                   ///< "all mounts", "what the filter … shows"
    std::vector<MountModel::Entry> selection;
    std::vector<HostScan> hosts; ///< as they were looked at last
};

/// Writes an incident report into a new file.
class ReportDialog final : public QDialog {
    Q_OBJECT

public:
    ReportDialog(ReportSource source, FleetSession& session, QWidget* parent);
    void reject() override;

private:
    void buildWhat(QVBoxLayout& layout);
    void buildWhere(QVBoxLayout& layout);
    void buildButtons(QVBoxLayout& layout);
    ReportFormat format() const;
    void nameFile();
    void browse();
    void write();
    void finish(const QString& trouble);
    void updateState();

    ReportSource m_source;
    FleetSession& m_session;
    ReportWriter m_writer;
    QRadioButton* m_view = nullptr;
    QRadioButton* m_selection = nullptr;
    QCheckBox* m_diffs = nullptr;
    QComboBox* m_format = nullptr;
    QLineEdit* m_path = nullptr;
    QPushButton* m_browse = nullptr;
    QLabel* m_state = nullptr;
    QPushButton* m_write = nullptr;
    QPushButton* m_close = nullptr;
};

} // namespace inodeck::ui
