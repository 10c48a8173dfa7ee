#include "ui/models/audit_log.h"

#include "ui/models/background.h"

namespace inodeck::ui {

namespace {

using namespace std::chrono_literals;

/// A log that was moved away would go on being read where it went.
constexpr auto OpenFor = 2s;

} // namespace

AuditLog::AuditLog(std::string where, QObject* parent)
    : QObject(parent)
    , m_where(std::move(where)) {
    for (Reading& reading : m_lanes)
        reading.pool.setMaxThreadCount(1);
    m_workers.setMaxThreadCount(4);
}

AuditLog::~AuditLog() {
    for (Reading& reading : m_lanes)
        reading.pool.waitForDone();
    m_workers.waitForDone();
}

void AuditLog::refresh(Reading& reading, Error& why) const {
    const auto now = std::chrono::steady_clock::now();
    if (reading.log && now - reading.opened < OpenFor)
        return;
    reading.log.reset();
    auto opened = openAuditReader(m_where);
    if (opened)
        reading.log = std::move(*opened);
    else
        why = opened.error();
    reading.opened = now;
}

void AuditLog::tell(const QPointer<QObject>& asker, Then then) {
    QMetaObject::invokeMethod(
        this,
        [asker, then = std::move(then)] {
            if (asker && then)
                then();
        },
        Qt::QueuedConnection);
}

void AuditLog::ask(Lane lane, QObject* asker, Question question) {
    Reading& reading = m_lanes[lane];
    reading.pool.start([this, &reading, asker = QPointer<QObject>(asker), question = std::move(question)] {
        Error why{};
        refresh(reading, why);
        tell(asker, question(reading.log.get(), why));
    });
}

void AuditLog::work(QObject* asker, std::function<Then()> task) {
    m_workers.start([this, asker = QPointer<QObject>(asker), task = std::move(task)] {
        giveWay(); // a long log is verified while somebody reads it
        tell(asker, task());
    });
}

} // namespace inodeck::ui
