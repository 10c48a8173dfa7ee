#include "ui/views/audit_filter_bar.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QSet>
#include <QVBoxLayout>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

using namespace std::chrono_literals;

constexpr int Between = -1;
const QString Open = QStringLiteral("open");

TimePoint timeOf(const QDateTime& time) {
    return TimePoint(std::chrono::milliseconds{time.toMSecsSinceEpoch()});
}

} // namespace

AuditFilterBar::AuditFilterBar(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLineEdit) {
    m_text->setPlaceholderText(tr("Words in a record (Ctrl+F)"));
    m_text->setToolTip(
        tr("Words, each anywhere in the record as it is stored: reason, path, hash, command, …"));
    m_text->setAccessibleName(tr("Words in a record"));
    m_text->setClearButtonEnabled(true);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_text, 3);
    m_time = addChoice(tr("Time"));
    for (const auto& [name, hours] : {std::pair{tr("Any time"), 0},
                                      {tr("Last hour"), 1},
                                      {tr("Last day"), 24},
                                      {tr("Last 7 days"), 24 * 7},
                                      {tr("Last 30 days"), 24 * 30},
                                      {tr("Between…"), Between}})
        m_time->addItem(name, hours);
    m_type = addChoice(tr("Type"));
    m_type->addItem(tr("Any type"), -1);
    for (int type = 0; type <= static_cast<int>(RecordType::Reveal); ++type)
        m_type->addItem(label(static_cast<RecordType>(type)), type);
    m_outcome = addChoice(tr("Outcome"));
    m_outcome->addItem(tr("Any outcome"), QString());
    m_outcome->addItem(tr("open"), Open);
    for (const char* word : {"verified", "still_stale", "failed", "timed_out", "unhealthy", "refused",
                             "unknown", "done", "not_done"})
        m_outcome->addItem(QString::fromLatin1(word), QString::fromLatin1(word));
    for (QComboBox* box : {m_time, m_type, m_outcome})
        row->addWidget(box, 1);
    row->addWidget(addName(tr("Host"), HostColumn, 14), 1);
    row->addWidget(addName(tr("Service"), ServiceColumn, 16), 1);
    row->addWidget(addName(tr("Actor"), ActorColumn, 12), 1);
    m_range = buildRange();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_range);
    m_soon.setSingleShot(true);
    m_soon.setInterval(250ms);
    connect(&m_soon, &QTimer::timeout, this, &AuditFilterBar::changed);
    connect(m_text, &QLineEdit::textChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(m_text, &QLineEdit::returnPressed, this, &AuditFilterBar::done);
    connect(m_time, &QComboBox::currentIndexChanged, this, &AuditFilterBar::updateRange);
    updateRange();
    m_soon.stop(); // to fill the choices was no change
}

QComboBox* AuditFilterBar::addChoice(const QString& name) {
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    connect(box, &QComboBox::currentIndexChanged, &m_soon, qOverload<>(&QTimer::start));
    return box;
}

QLineEdit* AuditFilterBar::addName(const QString& name, int column, int letters) {
    auto* edit = new QLineEdit;
    edit->setPlaceholderText(name);
    edit->setToolTip(tr("The whole name"));
    edit->setAccessibleName(name);
    edit->setClearButtonEnabled(true);
    edit->setMinimumWidth(edit->fontMetrics().averageCharWidth() * letters / 2);
    m_known[column] = new QStringListModel(this);
    auto* completer = new QCompleter(m_known[column], edit);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    edit->setCompleter(completer);
    connect(edit, &QLineEdit::textChanged, &m_soon, qOverload<>(&QTimer::start));
    m_names[column] = edit;
    return edit;
}

QWidget* AuditFilterBar::buildRange() {
    auto* range = new QWidget;
    auto* row = new QHBoxLayout(range);
    row->setContentsMargins(0, 0, 0, 0);
    const QDateTime midnight(QDate::currentDate(), QTime(0, 0));
    for (auto& [edit, name, time] : {std::tuple{&m_since, tr("From"), midnight},
                                     std::tuple{&m_until, tr("to before"), midnight.addDays(1)}}) {
        *edit = new QDateTimeEdit(time);
        (*edit)->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm"));
        (*edit)->setCalendarPopup(true);
        (*edit)->setAccessibleName(name);
        QLabel* label = plainLabel(name);
        label->setWordWrap(false);
        row->addWidget(label);
        row->addWidget(*edit);
        connect(*edit, &QDateTimeEdit::dateTimeChanged, &m_soon, qOverload<>(&QTimer::start));
    }
    row->addStretch(1);
    return range;
}

void AuditFilterBar::updateRange() {
    m_range->setVisible(m_time->currentData().toInt() == Between);
}

RecordFilter AuditFilterBar::filter() const {
    RecordFilter filter;
    filter.text = m_text->text().trimmed().toStdString();
    filter.host = m_names.at(HostColumn)->text().trimmed().toStdString();
    filter.service = m_names.at(ServiceColumn)->text().trimmed().toStdString();
    filter.actor = m_names.at(ActorColumn)->text().trimmed().toStdString();
    if (m_type->currentData().toInt() >= 0)
        filter.types = {static_cast<RecordType>(m_type->currentData().toInt())};
    const QString outcome = m_outcome->currentData().toString();
    filter.openOnly = outcome == Open;
    if (!filter.openOnly)
        filter.outcome = outcome.toStdString();
    const int hours = m_time->currentData().toInt();
    if (hours > 0)
        filter.since = Clock::system().now() - std::chrono::hours{hours};
    if (hours == Between) {
        filter.since = timeOf(m_since->dateTime());
        filter.until = timeOf(m_until->dateTime());
    }
    return filter;
}

void AuditFilterBar::clear() {
    m_text->clear();
    for (const auto& [column, edit] : m_names)
        edit->clear();
    for (QComboBox* box : {m_time, m_type, m_outcome})
        box->setCurrentIndex(0);
}

void AuditFilterBar::focusText() {
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void AuditFilterBar::learn(const AuditModel& model) {
    constexpr int Rows = AuditModel::PageSize;
    constexpr qsizetype Names = 1000;
    for (const auto& [column, known] : m_known) {
        const QStringList before = known->stringList();
        QSet<QString> names(before.begin(), before.end());
        for (int i = 0; i < std::min(model.rowCount(), Rows) && names.size() < Names; ++i)
            if (const AuditRow* row = model.row(i))
                names += column == ActorColumn && row->record ? literal(row->record->draft.actor.account)
                                                              : row->cells[static_cast<std::size_t>(column)];
        names.remove(QString());
        if (names.size() == before.size())
            continue;
        QStringList sorted(names.begin(), names.end());
        sorted.sort();
        known->setStringList(sorted);
    }
}

} // namespace inodeck::ui
