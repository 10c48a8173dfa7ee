#include "ui/models/chain_watch.h"

#include "ui/models/look.h"

namespace inodeck::ui {

namespace {

using State = ChainStatus::State;
constexpr int AuditCheckEach = 6; ///< polls

/// By the operator.
bool wasStopped(const Result<VerifyReport>& report) {
    return !report && report.error().code == ErrorCode::Cancelled;
}

QString sentenceOf(const std::string& printable) {
    return QString::fromStdString(printable);
}

QString number(std::uint64_t records) {
    return QString::number(records);
}

ChainStatus broken(const VerifyReport& report) {
    const QString why =
        report.bad
            ? QObject::tr("Record %1 is bad: %2.").arg(report.bad->seq).arg(sentenceOf(report.bad->why))
            : QObject::tr("It was cut or replaced: %1.").arg(sentenceOf(report.contradicted.front()));
    return {State::Broken, QObject::tr("Log broken"),
            QObject::tr("This log is not what was written. %1").arg(why), report.records};
}

ChainStatus standing(const VerifyReport& report) {
    const QString all = number(report.records);
    if (report.standing() == VerifyReport::Standing::SelfConsistent)
        return {State::SelfConsistent, QObject::tr("Log self-consistent only"),
                QObject::tr("%1 records are linked and signed, but nothing outside the log vouches for them.")
                    .arg(all),
                report.records};
    if (report.anchored < report.records)
        return {
            State::Anchored, QObject::tr("Log anchored"),
            QObject::tr(
                "%1 records are linked and signed; the first %2 are those that this installation remembers.")
                .arg(all, number(report.anchored)),
            report.records};
    return {
        State::Verified, QObject::tr("Log verified"),
        QObject::tr("All %1 records are linked and signed, and are those that this installation remembers.")
            .arg(all),
        report.records};
}

ChainStatus unread(const Error& error) {
    switch (error.code) {
    case ErrorCode::NotFound:
        return {State::NoLog, QObject::tr("No log yet"), QObject::tr("Nothing is recorded yet."), 0};
    case ErrorCode::Cancelled:
        return {State::Unreadable, QObject::tr("Log not verified"), sentenceOf(error.message), 0};
    default:
        return {State::Unreadable, QObject::tr("Log not readable"), sentenceOf(error.message), 0};
    }
}

} // namespace

ChainStatus chainStatus(const AuditState* audit, const Result<VerifyReport>* report) {
    const bool good = report && *report;
    if (good && (*report)->standing() == VerifyReport::Standing::Broken)
        return broken(**report);
    if (audit && !audit->ready)
        return {State::NotWritable, QObject::tr("Log not writable"), sentenceOf(audit->sentence),
                good ? (*report)->records : 0};
    if (!audit || !report)
        return {State::Checking, QObject::tr("Checking log…"),
                QObject::tr("The audit log is being verified."), 0};
    if (!good)
        return unread(report->error());
    if ((*report)->records == 0)
        return unread({ErrorCode::NotFound, {}});
    return standing(**report);
}

ChainWatch::ChainWatch(FleetSession& session, QObject* parent, ChainPace pace)
    : QObject(parent)
    , m_session(session)
    , m_pace(pace)
    , m_check(std::make_shared<LogCheck>(session.auditLog().where()))
    , m_status(chainStatus(nullptr, nullptr)) {
    connect(&session, &FleetSession::auditChecked, this, [this](const AuditState& audit) {
        m_audit = audit;
        update();
        if (!m_report || !wasStopped(*m_report))
            start(false);
    });
    connect(&m_poll, &QTimer::timeout, this, &ChainWatch::poll);
    m_poll.start(pace.poll);
}

void ChainWatch::poll() {
    if (running() || m_session.restarting())
        return;
    const bool refused = m_audit && !m_audit->ready;
    if (refused || ++m_polls % AuditCheckEach == 0)
        m_session.checkAuditForNews();
    if (!m_report || wasStopped(*m_report))
        return;
    const bool due = std::chrono::steady_clock::now() - m_fromTheFirst >= m_pace.whole;
    start(due);
}

ChainWatch::~ChainWatch() {
    cancel();
}

/// Nothing is known of it until then.
void ChainWatch::verifyAgain() {
    if (!running()) {
        m_report.reset();
        update();
    }
    start(true);
}

void ChainWatch::cancel() {
    m_more = false;
    if (m_cancel)
        m_cancel->request();
}

void ChainWatch::start(bool again) {
    if (running()) {
        m_more = true;
        return;
    }
    m_cancel = std::make_shared<Cancel>();
    if (again || !m_report)
        m_fromTheFirst = std::chrono::steady_clock::now();
    AuditLog& log = m_session.auditLog();
    log.work(this, [this, &log, again, check = m_check, cancel = m_cancel, self = QPointer<QObject>(this)] {
        auto report = check->run(again, *cancel, [&](std::uint64_t done, std::uint64_t total) {
            log.tell(self, [this, done, total] { Q_EMIT progressed(done, total); });
        });
        return [this, report = std::move(report)] { take(report); };
    });
}

void ChainWatch::take(const Result<VerifyReport>& report) {
    m_cancel.reset();
    const bool lost = m_report && *m_report && !report && !wasStopped(report);
    m_report = report;
    const std::string head = report ? report->head : std::string{};
    const bool other = report && head != m_head;
    if (report)
        m_head = head;
    update();
    Q_EMIT progressed(1, 1);
    if (other)
        Q_EMIT grown(report->records);
    if (lost)
        m_session.checkAudit();
    if (std::exchange(m_more, false))
        start(false);
}

void ChainWatch::update() {
    m_status = chainStatus(m_audit ? &*m_audit : nullptr, m_report ? &*m_report : nullptr);
    Q_EMIT changed();
}

} // namespace inodeck::ui
