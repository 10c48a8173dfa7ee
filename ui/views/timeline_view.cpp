#include "ui/views/timeline_view.h"

#include <QHeaderView>
#include <QVBoxLayout>

#include "ui/dialogs/plain.h"

namespace inodeck::ui {

namespace {
constexpr std::uint64_t MaxRecords = 50;
}

TimelineView::TimelineView(FleetSession& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_history(session)
    , m_list(new QTreeView)
    , m_problem(plainLabel({})) {
    m_list->setModel(&m_model);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAlternatingRowColors(true);
    m_list->setTabKeyNavigation(false);
    m_list->setAccessibleName(tr("History of the mount"));
    const auto width = [this](const QString& text) {
        return m_list->fontMetrics().horizontalAdvance(text) + 16;
    };
    m_list->setColumnWidth(TimelineModel::When, width(QStringLiteral("2026-11-24 22:53:10")));
    m_list->setColumnWidth(TimelineModel::Ago, width(QStringLiteral("10 min 10 s")));
    m_list->header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_problem);
    layout->addWidget(m_list, 1);
    connect(&m_clock, &QTimer::timeout, this, [this] { m_model.setNow(Clock::system().now()); });
    m_clock.start(std::chrono::seconds{15});
    // Not for each row that the cursor passes.
    m_soon.setSingleShot(true);
    m_soon.setInterval(std::chrono::milliseconds{200});
    connect(&m_soon, &QTimer::timeout, this, &TimelineView::readRecords);
    clear();
}

void TimelineView::show(const MountModel::Entry& entry) {
    const bool same = m_entry && m_entry->host == entry.host &&
                      m_entry->row.observation.container.name == entry.row.observation.container.name;
    if (!same)
        m_records.clear();
    m_entry = entry;
    fill();
    m_soon.start();
}

void TimelineView::clear() {
    m_soon.stop();
    m_worker.drop();
    m_entry.reset();
    m_records.clear();
    m_problem->hide();
    m_model.setEvents({}, Clock::system().now());
}

void TimelineView::readRecords() {
    if (!m_entry)
        return;
    m_worker.run([this, where = m_session.auditWhere(), host = m_entry->host,
                  container = m_entry->row.observation.container](const Cancel&) -> Worker::Then {
        auto records = recordsOf(where, host, container, MaxRecords);
        return [this, records = std::move(records)] {
            m_records = records ? *records : std::vector<ParsedRecord>{};
            m_problem->setText(records ? QString()
                                       : tr("Records are missing here: %1")
                                             .arg(QString::fromStdString(records.error().message)));
            m_problem->setVisible(!records);
            fill();
        };
    });
}

void TimelineView::fill() {
    m_model.setEvents(timelineOf(*m_entry, m_history.of(m_entry->host, m_entry->row.observation), m_records),
                      Clock::system().now());
}

} // namespace inodeck::ui
