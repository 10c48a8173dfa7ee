#include "ui/models/log_reader.h"

#include <algorithm>

namespace inodeck::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto Pause = 2s;
constexpr auto ProcessClock = 20ms; ///< so coarsely the kernel tells when a process began
constexpr std::size_t FirstLines = 1000;
constexpr std::size_t MoreLines = 5000; ///< of one question while following

} // namespace

LogReader::LogReader(FleetSession& session, QObject* parent)
    : QObject(parent)
    , m_session(session) {
    m_timer.setInterval(Pause);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (!m_worker.busy())
            ask();
    });
}

bool LogReader::setContainer(const std::string& host, const Container& container) {
    const bool another = host != m_host || container.id != m_id;
    if (another) {
        forget();
        m_host = host;
        m_id = container.id;
    }
    m_startedAt = container.startedAt;
    m_firstLine =
        std::min(m_startedAt.value_or(TimePoint{}), container.processStart.value_or(TimePoint::max())) -
        ProcessClock;
    if (m_startedAt && m_model.rowCount() > 0)
        m_model.markStart(*m_startedAt, m_firstLine);
    return another;
}

void LogReader::forget() {
    m_worker.drop();
    m_model.clear();
    m_cursor = {};
    m_host.clear();
    m_id = {};
    Q_EMIT said({});
}

void LogReader::reload() {
    m_worker.drop();
    m_model.clear();
    m_cursor = {};
    Q_EMIT said(tr("Reading the log…"));
    ask();
}

void LogReader::setFollowing(bool following) {
    if (!following)
        return m_timer.stop();
    m_timer.start();
    if (!m_worker.busy())
        ask();
}

void LogReader::ask() {
    const Host* host = m_session.find(m_host);
    const HostScan* scan = m_session.lastScan(m_host);
    if (!host || !scan) {
        Q_EMIT said(tr("The last look at this host failed; scan it again to read its logs."));
        return;
    }
    LogOptions options;
    options.after = m_cursor;
    options.tail = m_cursor.stamp.empty() ? FirstLines : MoreLines;
    m_worker.run([this, host = *host, access = scan->access.level, id = m_id,
                  options](const Cancel& cancel) -> Worker::Then {
        const Deadline deadline = Deadline::after(10s);
        Result<LogTail> answer = fail(ErrorCode::Internal, "not asked");
        const auto done = m_session.scanner().sessions().with(
            host, deadline, cancel, true, [&](Session& session) -> Result<void> {
                answer = tailLog(session, host.docker, access, id, options, deadline, cancel);
                return answer ? Result<void>{} : tl::unexpected(answer.error());
            });
        if (!done)
            answer = tl::unexpected(done.error());
        return [this, answer] { take(answer); };
    });
}

void LogReader::take(const Result<LogTail>& answer) {
    if (!answer) {
        Q_EMIT said(QString::fromStdString(answer.error().message));
        return;
    }
    const bool first = m_cursor.stamp.empty();
    if (answer->gap && !first)
        m_model.note(tr("— lines are missing here: there were more than can be followed —"));
    m_model.append(answer->lines);
    m_cursor = answer->end;
    if (m_startedAt)
        m_model.markStart(*m_startedAt, m_firstLine);
    const bool cut = (answer->gap && first) || m_model.forgot();
    Q_EMIT said(m_model.rowCount() == 0 ? tr("The container has written nothing.")
                : cut                   ? tr("Older lines are not shown.")
                                        : QString());
}

} // namespace inodeck::ui
