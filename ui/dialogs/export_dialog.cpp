#include "ui/dialogs/export_dialog.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

QString count(quint64 number) {
    return QLocale().toString(number);
}

} // namespace

ExportDialog::ExportDialog(AuditLog& log, const AuditActor& actor, const RecordFilter& filter,
                           std::optional<std::uint64_t> shown, QWidget* parent)
    : QDialog(parent)
    , m_actor(actor)
    , m_filter(filter)
    , m_export(log) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Export the audit log"));
    setMinimumWidth(620);
    auto* layout = new QVBoxLayout(this);
    addChoices(*layout, shown);
    addPath(*layout);
    m_problem = copyableLabel({});
    m_problem->setMinimumHeight(m_problem->fontMetrics().lineSpacing() * 3);
    m_problem->setAlignment(Qt::AlignTop);
    layout->addWidget(m_problem, 1);
    m_progress = new QProgressBar;
    m_progress->setAccessibleName(tr("Progress of the export"));
    m_progress->hide();
    layout->addWidget(m_progress);
    addButtons(*layout);
    connect(&m_export, &AuditExport::progressed, this, [this](quint64 done, quint64 total) {
        // In thousands: the bar counts in int.
        m_progress->setRange(0, static_cast<int>(total / 1000));
        m_progress->setValue(static_cast<int>(done / 1000));
    });
    connect(&m_export, &AuditExport::failed, this, &ExportDialog::finish);
    connect(&m_export, &AuditExport::exported, this,
            [this](quint64 records, quint64 bytes, const QString& doubt) {
                m_done = true;
                QString text =
                    tr("%1 records, %2, in %3.")
                        .arg(count(records), QLocale().formattedDataSize(static_cast<qint64>(bytes)),
                             literal(m_path->text().toStdString()));
                if (!doubt.isEmpty())
                    text +=
                        QLatin1Char('\n') + tr("It has no checkpoint and is not on record: %1").arg(doubt);
                finish(text);
                Q_EMIT exported();
            });
    m_path->setFocus();
    m_path->selectAll();
    check();
}

void ExportDialog::addChoices(QVBoxLayout& layout, std::optional<std::uint64_t> shown) {
    m_choices = new QWidget;
    auto* choices = new QVBoxLayout(m_choices);
    choices->setContentsMargins(0, 0, 0, 0);
    m_all = new QRadioButton(tr("&Everything"));
    m_shown = new QRadioButton(shown ? tr("Only what the f&ilter shows (%1 records)").arg(count(*shown))
                                     : tr("Only what the f&ilter shows"));
    m_evidence = new QRadioButton(
        tr("E&vidence: a folder or .tar that can be checked with openssl and sha256sum alone"));
    m_csv = new QRadioButton(tr("&CSV: for spreadsheets, proves nothing"));
    const bool narrowed = m_filter.narrows();
    (narrowed ? m_shown : m_all)->setChecked(true);
    m_shown->setVisible(narrowed);
    m_evidence->setChecked(true);
    for (const auto& pair : {std::pair{m_all, m_shown}, std::pair{m_evidence, m_csv}}) {
        auto* group = new QButtonGroup(this);
        for (QRadioButton* button : {pair.first, pair.second}) {
            group->addButton(button);
            choices->addWidget(button);
        }
        choices->addSpacing(8);
    }
    layout.addWidget(m_choices);
    connect(m_csv, &QRadioButton::toggled, this, [this](bool csv) {
        QString path = m_path->text();
        if (path.endsWith(csv ? QLatin1String(".tar") : QLatin1String(".csv")))
            m_path->setText(path.chopped(4) + (csv ? QStringLiteral(".csv") : QStringLiteral(".tar")));
    });
}

void ExportDialog::addPath(QVBoxLayout& layout) {
    m_path = new QLineEdit(QDir::home().filePath(
        QStringLiteral("inodeck-audit-%1.tar").arg(QDate::currentDate().toString(Qt::ISODate))));
    QLabel* label = plainLabel(tr("&To"));
    label->setBuddy(m_path);
    label->setWordWrap(false);
    auto* choose = new QPushButton(tr("C&hoose…"));
    choose->setAutoDefault(false);
    m_path->setAccessibleName(tr("Where the export goes"));
    auto* row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_path, 1);
    row->addWidget(choose);
    layout.addLayout(row);
    connect(choose, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(m_path, &QLineEdit::textChanged, this, &ExportDialog::check);
}

void ExportDialog::addButtons(QVBoxLayout& layout) {
    auto* buttons = new QDialogButtonBox;
    m_start = buttons->addButton(tr("E&xport"), QDialogButtonBox::ActionRole);
    m_close = buttons->addButton(QDialogButtonBox::Cancel);
    m_start->setDefault(true);
    m_close->setAutoDefault(false);
    layout.addWidget(buttons);
    connect(m_start, &QPushButton::clicked, this, &ExportDialog::start);
    connect(m_close, &QPushButton::clicked, this, &ExportDialog::reject);
}

void ExportDialog::browse() {
    auto* files = new QFileDialog(this, tr("Export to"), QFileInfo(m_path->text()).path());
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setAcceptMode(QFileDialog::AcceptSave);
    files->setOption(QFileDialog::DontConfirmOverwrite); // an export never overwrites
    files->selectFile(QFileInfo(m_path->text()).fileName());
    connect(files, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    files->open();
}

void ExportDialog::check() {
    const QFileInfo file(m_path->text());
    QString problem;
    if (!m_path->text().isEmpty() && (file.exists() || file.isSymLink()))
        problem = tr("This exists already; an export never overwrites: name another place.");
    else if (!m_path->text().isEmpty() && !file.absoluteDir().exists())
        problem = tr("There is no folder %1.").arg(literal(file.absolutePath().toStdString()));
    m_problem->setText(problem);
    m_start->setEnabled(problem.isEmpty() && !m_path->text().isEmpty() && !m_export.running() && !m_done);
}

void ExportDialog::start() {
    ExportOptions options;
    options.out = QFileInfo(m_path->text()).absoluteFilePath().toStdString();
    options.format = m_csv->isChecked() ? ExportFormat::Csv : ExportFormat::Jsonl;
    if (m_shown->isChecked())
        options.filter = m_filter;
    m_choices->setEnabled(false);
    m_path->setReadOnly(true);
    m_problem->setText(tr("Exporting…"));
    m_progress->setRange(0, 0);
    m_progress->show();
    m_close->setText(tr("Stop"));
    m_start->setEnabled(false);
    m_export.start(options, m_actor);
}

void ExportDialog::finish(const QString& text) {
    m_progress->hide();
    m_close->setText(tr("&Close"));
    m_close->setEnabled(true);
    m_close->setFocus();
    if (!m_done) { // another try
        m_choices->setEnabled(true);
        m_path->setReadOnly(false);
        check();
    }
    m_problem->setText(text);
}

void ExportDialog::reject() {
    if (!m_export.running()) {
        QDialog::reject();
        return;
    }
    m_export.cancel();
    m_close->setEnabled(false);
}

} // namespace inodeck::ui
