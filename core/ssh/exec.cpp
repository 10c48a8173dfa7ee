#include "core/ssh/exec.h"

#include <algorithm>
#include <libssh/callbacks.h>
#include <optional>

namespace inodeck::ssh {
namespace {

constexpr std::size_t Chunk = std::size_t{32} << 10;
constexpr std::chrono::seconds CloseTimeout{2};
constexpr int RoundsPerLook = 64; ///< at the clock, while data pours in

const char* const Running = "running a command on";

/// What the server says about the command, in libssh's callbacks.
struct Sink {
    ExecResult result;
    std::size_t limit = 0;
    bool tooLarge = false;
    bool eof = false;
    bool closed = false;
    bool hasStatus = false;

    bool done() const { return closed || (eof && hasStatus); }
};

Sink& sinkOf(void* userdata) {
    return *static_cast<Sink*>(userdata);
}

int onData(ssh_session, ssh_channel, void* data, std::uint32_t size, int isError, void* userdata) {
    auto& sink = sinkOf(userdata);
    auto& text = isError != 0 ? sink.result.error : sink.result.output;
    sink.tooLarge |= text.size() + size > sink.limit;
    if (!sink.tooLarge)
        text.append(static_cast<const char*>(data), size);
    return static_cast<int>(size); // all of it, so that neither stream stalls the other
}

void onEof(ssh_session, ssh_channel, void* userdata) {
    sinkOf(userdata).eof = true;
}

void onClose(ssh_session, ssh_channel, void* userdata) {
    sinkOf(userdata).closed = true;
}

void onExitStatus(ssh_session, ssh_channel, int status, void* userdata) {
    sinkOf(userdata).result.exitStatus = status;
    sinkOf(userdata).hasStatus = true;
}

void onExitSignal(ssh_session, ssh_channel, const char*, int, const char*, const char*, void* userdata) {
    sinkOf(userdata).hasStatus = true; // and the status stays -1
}

class Exec {
public:
    Exec(Link& link, KeepAlive& keepAlive, const ExecRequest& request, const Deadline& deadline,
         const Cancel& cancel)
        : m_link(link)
        , m_keepAlive(keepAlive)
        , m_request(request)
        , m_bounds(deadline, deadline.left(), cancel)
        , m_channel(ssh_channel_new(link.raw())) {
        m_sink.limit = request.maxOutput;
        m_callbacks.size = sizeof m_callbacks;
        m_callbacks.userdata = &m_sink;
        m_callbacks.channel_data_function = onData;
        m_callbacks.channel_eof_function = onEof;
        m_callbacks.channel_close_function = onClose;
        m_callbacks.channel_exit_status_function = onExitStatus;
        m_callbacks.channel_exit_signal_function = onExitSignal;
        if (m_channel)
            ssh_set_channel_callbacks(m_channel.get(), &m_callbacks);
    }
    ~Exec() {
        if (m_channel)
            ssh_remove_channel_callbacks(m_channel.get(), &m_callbacks);
    }
    Exec(const Exec&) = delete;
    Exec& operator=(const Exec&) = delete;

    ExecOutcome run() {
        if (auto started = start(); !started)
            return {tl::unexpected(started.error()), m_startRefused};
        if (auto error = transfer())
            return {tl::unexpected(*error), end(error->code)};
        return {std::move(m_sink.result), m_link.connected()};
    }

private:
    Result<void> start() {
        if (!m_channel)
            return tl::unexpected(m_link.lost(Running));
        auto opened = driveAlive([&] { return ssh_channel_open_session(m_channel.get()); });
        if (!opened)
            return tl::unexpected(opened.error());
        m_link.setOpened();
        if (*opened != SSH_OK)
            return refused("opens no channel for a command");
        auto requested =
            driveAlive([&] { return ssh_channel_request_exec(m_channel.get(), m_request.command.c_str()); });
        if (!requested)
            return tl::unexpected(requested.error());
        if (*requested != SSH_OK)
            return refused("does not run commands for this account");
        return {};
    }

    /// Link::drive() with keepalives: a server may die just before a command.
    template <typename Call> Result<int> driveAlive(Call call) {
        for (;;) {
            const int answer = call();
            if (answer != SSH_AGAIN)
                return answer;
            if (auto error = look(true))
                return tl::unexpected(*error);
        }
    }

    Result<void> refused(const std::string& what) {
        if (!m_link.connected())
            return tl::unexpected(m_link.lost(Running));
        m_startRefused = true;
        return fail(ErrorCode::Unsupported,
                    m_link.who() + " " + what + " (" + errorText(m_link.raw()) + ").");
    }

    std::optional<Error> transfer() {
        for (int busy = 0;;) {
            const auto before = m_link.received();
            const bool wrote = feed();
            if (!m_link.pump() && !m_sink.done())
                return m_link.lost(Running);
            if (m_sink.tooLarge)
                return Error{ErrorCode::TooLarge, "A command on " + m_link.who() + " wrote more than " +
                                                      std::to_string(m_sink.limit) +
                                                      " bytes; it was stopped."};
            if (m_sink.done())
                return std::nullopt;
            const bool idle = !wrote && !canFeed() && m_link.received() == before;
            if (!idle && ++busy < RoundsPerLook)
                continue;
            busy = 0;
            if (auto error = look(idle))
                return error;
        }
    }

    /// At the clock, at the cancel and, when there is nothing to do, for what comes next.
    std::optional<Error> look(bool idle) {
        if (!m_keepAlive.tick(m_link))
            return Error{ErrorCode::Disconnected,
                         m_link.who() + " no longer answers keepalives (ServerAliveInterval)."};
        const auto pause = idle ? m_keepAlive.next() : std::chrono::milliseconds(0);
        const auto waited = m_link.wait(m_bounds.deadline().atMost(pause), m_bounds.cancel(), Running);
        if (!waited && (waited.error().code != ErrorCode::Timeout || m_bounds.deadline().passed()))
            return waited.error();
        return std::nullopt;
    }

    /// While there is window, and libssh has nothing of before to send.
    bool canFeed() const {
        return !m_eofSent && !m_sink.closed && !m_link.writePending() &&
               (m_written == m_request.input.size() || ssh_channel_window_size(m_channel.get()) > 0);
    }

    bool feed() {
        if (!canFeed())
            return false;
        const std::size_t window = ssh_channel_window_size(m_channel.get());
        const auto size = std::min({m_request.input.size() - m_written, window, Chunk});
        if (size > 0) {
            const int count = ssh_channel_write(m_channel.get(), m_request.input.data() + m_written,
                                                static_cast<std::uint32_t>(size));
            if (count < 0)
                m_eofSent = true; // the command reads no more; its end is still to come
            else
                m_written += static_cast<std::size_t>(count);
        }
        if (m_written == m_request.input.size() && !m_eofSent) {
            ssh_channel_send_eof(m_channel.get());
            m_eofSent = true;
        }
        return true;
    }

    /// Closing a channel does not end its command: a signal does. Whether the session can go on.
    bool end(ErrorCode why) {
        if (!m_link.connected())
            return false;
        ssh_channel_request_send_signal(m_channel.get(), "TERM");
        ssh_channel_close(m_channel.get());
        m_link.pump();
        if (why != ErrorCode::TooLarge)
            return false;
        const auto deadline = m_bounds.deadline().atMost(CloseTimeout);
        while (m_link.connected() && !m_sink.closed) { // what still pours in is thrown away
            if (!m_link.pump() || (!m_sink.closed && !m_link.wait(deadline, m_bounds.cancel(), Running)))
                return false;
        }
        return m_link.connected();
    }

    Link& m_link;
    KeepAlive& m_keepAlive;
    const ExecRequest& m_request;
    Bounds m_bounds;
    Sink m_sink;
    ssh_channel_callbacks_struct m_callbacks{};
    ChannelHandle m_channel; // freed before what its callbacks use
    std::size_t m_written = 0;
    bool m_eofSent = false;
    bool m_startRefused = false;
};

} // namespace

ExecOutcome execOn(Link& link, KeepAlive& keepAlive, const ExecRequest& request, const Deadline& deadline,
                   const Cancel& cancel) {
    if (cancel.requested())
        return {fail(ErrorCode::Cancelled, "Stopped before running a command on " + link.who() + "."), true};
    return Exec(link, keepAlive, request, deadline, cancel).run();
}

} // namespace inodeck::ssh
