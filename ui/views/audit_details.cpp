#include "ui/views/audit_details.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/dialogs/plain.h"
#include "ui/models/audit_evidence.h"

namespace inodeck::ui {

namespace {

constexpr std::uint64_t MostOfAnOperation = 16;

const AuditRow* firstOf(const std::vector<AuditRow>& rows, std::initializer_list<RecordType> types) {
    for (const AuditRow& row : rows)
        if (row.record && std::find(types.begin(), types.end(), row.record->draft.type) != types.end())
            return &row;
    return nullptr;
}

/// What may be elided, as a tooltip, which would render HTML.
QString inFull(const QString& literal) {
    return literal.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(literal.toHtmlEscaped());
}

void addMount(QTreeWidget& tree, const ComparedMount& mount) {
    auto* top = new QTreeWidgetItem(&tree, {mount.destination});
    top->setFirstColumnSpanned(true);
    for (const ComparedField& field : mount.fields) {
        auto* item = new QTreeWidgetItem(top, {field.name, field.before, field.after});
        item->setToolTip(1, inFull(field.before));
        item->setToolTip(2, inFull(field.after));
        if (!field.differs)
            continue;
        item->setText(0, QObject::tr("≠ %1").arg(field.name));
        for (int column = 0; column < 3; ++column) {
            QFont font = item->font(column);
            font.setBold(true);
            item->setFont(column, font);
        }
        item->setData(0, Qt::AccessibleTextRole, QObject::tr("%1, changed").arg(field.name));
    }
    top->setExpanded(true);
}

} // namespace

AuditDetails::AuditDetails(AuditLog& log, QWidget* parent)
    : QWidget(parent)
    , m_log(log)
    , m_title(plainLabel({}))
    , m_recover(new QPushButton(tr("&Look what became of it")))
    , m_copyText(new QPushButton(tr("Copy te&xt")))
    , m_copyLine(new QPushButton(tr("Copy &JSON line")))
    , m_fields(new QPlainTextEdit)
    , m_evidence(new QTreeWidget) {
    makeBold(m_title, 1.1);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    for (QPushButton* button : {m_recover, m_copyText, m_copyLine})
        head->addWidget(button, 0, Qt::AlignTop);
    m_fields->setReadOnly(true);
    m_fields->setWordWrapMode(QTextOption::WrapAnywhere); // a long value begins beside its name
    m_fields->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_fields->setAccessibleName(tr("All fields of the record"));
    m_fields->setTabChangesFocus(true);
    m_evidence->setAccessibleName(tr("Evidence before and after"));
    m_evidence->setTextElideMode(Qt::ElideMiddle);
    m_evidence->setUniformRowHeights(true);
    m_evidence->header()->setSectionResizeMode(QHeaderView::Stretch);
    m_evidence->header()->setSectionResizeMode(0, QHeaderView::Interactive);
    m_evidence->setColumnWidth(0, m_evidence->fontMetrics().averageCharWidth() * 36);
    auto* sides = new QSplitter(Qt::Horizontal);
    sides->addWidget(m_fields);
    sides->addWidget(m_evidence);
    sides->setChildrenCollapsible(false);
    sides->setSizes({500, 600});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addLayout(head);
    layout->addWidget(sides, 1);
    const auto copy = [this](QString (*text)(const AuditRow&)) {
        if (m_row)
            QGuiApplication::clipboard()->setText(text(*m_row));
    };
    connect(m_copyText, &QPushButton::clicked, this, [copy] { copy(recordText); });
    connect(m_copyLine, &QPushButton::clicked, this, [copy] { copy(recordLineText); });
    connect(m_recover, &QPushButton::clicked, this, &AuditDetails::recover);
    clear();
}

void AuditDetails::clear() {
    ++m_request;
    m_row.reset();
    m_title->setText(tr("No record selected"));
    m_fields->clear();
    m_evidence->clear();
    m_evidence->setHeaderLabels({tr("Mount"), tr("Before"), tr("After")});
    m_recover->hide();
    m_copyText->setEnabled(false);
    m_copyLine->setEnabled(false);
}

void AuditDetails::show(const AuditRow& row) {
    if (m_row && m_row->stored.seq == row.stored.seq && m_row->stored.line == row.stored.line &&
        m_row->open == row.open)
        return;
    clear();
    m_row = row;
    QStringList title{tr("Record %1").arg(row.stored.seq)};
    for (const int column : {TypeColumn, HostColumn, ServiceColumn, OutcomeColumn})
        if (!row.cells[static_cast<std::size_t>(column)].isEmpty())
            title << row.cells[static_cast<std::size_t>(column)];
    m_title->setText(title.join(QStringLiteral(" · ")));
    m_fields->setPlainText(recordText(row));
    m_recover->setVisible(row.open);
    m_copyText->setEnabled(true);
    m_copyLine->setEnabled(true);
    readOperation(row);
}

/// What belongs together by its op_id.
void AuditDetails::readOperation(const AuditRow& row) {
    if (!row.record || row.record->draft.opId.empty()) {
        compare({row});
        return;
    }
    RecordFilter filter;
    filter.opId = row.record->draft.opId;
    filter.limit = MostOfAnOperation;
    m_log.ask(AuditLog::Records, this,
              [this, filter, row, request = m_request](AuditReader* log, const Error&) -> AuditLog::Then {
                  std::vector<AuditRow> operation;
                  const auto take = [&](const StoredRecord& record) {
                      operation.push_back(auditRow(record, false));
                      return true;
                  };
                  if (!log || !log->each(filter, take) || operation.empty())
                      operation = {row};
                  return [this, request, operation = std::move(operation)] {
                      if (request == m_request)
                          compare(operation);
                  };
              });
}

void AuditDetails::compare(const std::vector<AuditRow>& operation) {
    const AuditRow* before = firstOf(operation, {RecordType::Intent, RecordType::Refused});
    const AuditRow* after = firstOf(operation, {RecordType::Outcome, RecordType::Recovered});
    const auto draft = [](const AuditRow* row) { return row ? &row->record->draft : nullptr; };
    m_evidence->setHeaderLabels(
        {tr("Mount"), before ? tr("Before (record %1)").arg(before->stored.seq) : tr("Before"),
         after ? tr("After (record %1)").arg(after->stored.seq) : tr("After (not on record)")});
    const auto mounts = compareEvidence(draft(before), draft(after));
    for (const ComparedMount& mount : mounts)
        addMount(*m_evidence, mount);
    if (mounts.empty())
        new QTreeWidgetItem(m_evidence, {tr("no evidence")});
}

void AuditDetails::recover() {
    if (!m_row || !m_row->open || !m_row->record)
        return;
    m_recover->setEnabled(false);
    Q_EMIT recoverWanted(
        {m_row->stored.seq, m_row->record->envelope.id, m_row->record->envelope.ts, m_row->record->draft});
}

} // namespace inodeck::ui
