#include "ui/dialogs/report_dialog.h"

#include <QDateTime>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QStandardPaths>

#include "core/base/text.h"
#include "ui/dialogs/plain.h"
#include "ui/models/fleet_session.h"
#include "ui/models/look.h"

namespace inodeck::ui {

ReportDialog::ReportDialog(ReportSource source, FleetSession& session, QWidget* parent)
    : QDialog(parent)
    , m_source(std::move(source))
    , m_session(session)
    , m_writer(session) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Incident report"));
    setMinimumWidth(640);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(
        plainLabel(tr("What was stale since when, both sides, the differences, the restarts with their "
                      "audit records, and whether the log is whole. Nothing on a host is changed.")));
    buildWhat(*layout);
    buildWhere(*layout);
    m_state = plainLabel({});
    m_state->setAccessibleName(tr("State"));
    layout->addWidget(m_state);
    buildButtons(*layout);
    connect(&m_writer, &ReportWriter::finished, this, &ReportDialog::finish);
    connect(&m_writer, &ReportWriter::progress, this, [this](int done, int all) {
        m_state->setText(tr("Reading what differs: %1 of %2…").arg(done + 1).arg(all));
    });
    nameFile();
    updateState();
}

void ReportDialog::buildWhat(QVBoxLayout& layout) {
    const auto count = [](const auto& entries) { return static_cast<int>(entries.size()); };
    m_view = new QRadioButton(
        tr("&What is shown: %1 (%n mount(s))", nullptr, count(m_source.view)).arg(m_source.viewWords));
    m_selection = new QRadioButton(tr("The &selection (%n mount(s))", nullptr, count(m_source.selection)));
    m_selection->setEnabled(!m_source.selection.empty());
    (m_source.selection.size() > 1 ? m_selection : m_view)->setChecked(true);
    m_diffs = new QCheckBox(tr("With the &differences; what looks like a secret is masked"));
    m_diffs->setChecked(true);
    for (QWidget* one : std::initializer_list<QWidget*>{m_view, m_selection, m_diffs})
        layout.addWidget(one);
}

void ReportDialog::buildWhere(QVBoxLayout& layout) {
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_format = new QComboBox;
    m_format->addItems({tr("HTML, one page that needs nothing else"), tr("PDF"), tr("Markdown")});
    form->addRow(tr("&Format"), m_format);
    m_path = new QLineEdit;
    m_browse = new QPushButton(tr("&Browse…"));
    m_browse->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->addWidget(m_path, 1);
    row->addWidget(m_browse);
    auto* name = plainLabel(tr("F&ile"));
    name->setWordWrap(false);
    name->setBuddy(m_path);
    m_path->setAccessibleName(tr("File"));
    form->addRow(name, row);
    layout.addLayout(form);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ReportDialog::nameFile);
    connect(m_path, &QLineEdit::textChanged, this, &ReportDialog::updateState);
    connect(m_browse, &QPushButton::clicked, this, &ReportDialog::browse);
}

void ReportDialog::buildButtons(QVBoxLayout& layout) {
    auto* buttons = new QDialogButtonBox;
    m_write = buttons->addButton(tr("Write &report"), QDialogButtonBox::ActionRole);
    m_close = buttons->addButton(QDialogButtonBox::Close);
    for (QPushButton* button : {m_write, m_close})
        button->setAutoDefault(false);
    connect(m_path, &QLineEdit::returnPressed, m_write, &QPushButton::click);
    layout.addWidget(buttons);
    connect(m_write, &QPushButton::clicked, this, &ReportDialog::write);
    connect(m_close, &QPushButton::clicked, this, &ReportDialog::reject);
}

ReportFormat ReportDialog::format() const {
    return static_cast<ReportFormat>(m_format->currentIndex());
}

/// A name that is free; one that the operator gave keeps all but its suffix.
void ReportDialog::nameFile() {
    if (m_path->text().isEmpty()) {
        const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
        const QString name =
            QStringLiteral("inodeck-incident-%1.html")
                .arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss")));
        m_path->setText(QDir(QFileInfo(folder).isDir() ? folder : QDir::homePath()).filePath(name));
    }
    QString path = m_path->text();
    for (const auto old : {ReportFormat::Html, ReportFormat::Pdf, ReportFormat::Markdown})
        if (path.endsWith(QLatin1Char('.') + suffix(old)))
            path.chop(suffix(old).size() + 1);
    m_path->setText(path + QLatin1Char('.') + suffix(format()));
}

void ReportDialog::browse() {
    auto* dialog = new QFileDialog(this, tr("Where to"), m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // an existing file is never replaced
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

void ReportDialog::write() {
    ReportWriter::Order order;
    const bool all = m_view->isChecked();
    for (const MountModel::Entry& entry : all ? m_source.view : m_source.selection)
        order.incident.mounts.push_back({entry.host, entry.row, false, std::nullopt, {}});
    order.incident.scope =
        all ? "all that was shown: " + m_source.viewWords.toStdString() : std::string("the selection");
    const AuditActor actor = m_session.actor();
    order.incident.actor =
        actor.claimed.empty() ? actor.account : actor.account + " (says it is " + actor.claimed + ")";
    order.incident.program = "Inodeck " INODECK_VERSION;
    order.incident.generatedAt = Clock::system().now();
    order.incident.hosts = m_source.hosts;
    order.format = format();
    order.diffs = m_diffs->isChecked();
    order.path = m_path->text();
    m_writer.write(std::move(order));
    m_state->setText(tr("Reading…"));
    updateState();
}

void ReportDialog::finish(const QString& trouble) {
    m_state->setText(trouble.isEmpty() ? tr("Written: %1").arg(literal(m_path->text().toStdString()))
                                       : trouble);
    updateState();
    (trouble.isEmpty() ? m_close : m_write)->setFocus();
}

void ReportDialog::updateState() {
    const bool busy = m_writer.busy();
    for (QWidget* one : std::initializer_list<QWidget*>{m_view, m_diffs, m_format, m_path, m_browse})
        one->setEnabled(!busy);
    m_selection->setEnabled(!busy && !m_source.selection.empty());
    if (m_write) {
        m_write->setEnabled(!busy && !m_path->text().trimmed().isEmpty());
        m_close->setText(busy ? tr("Sto&p") : tr("&Close"));
    }
}

void ReportDialog::reject() {
    if (m_writer.busy())
        m_writer.cancel();
    else
        QDialog::reject();
}

} // namespace inodeck::ui
