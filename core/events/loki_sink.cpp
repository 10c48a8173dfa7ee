#include <QByteArray>
#include <algorithm>
#include <fstream>
#include <poll.h>
#include <random>

#include "core/base/redact.h"
#include "core/base/text.h"
#include "core/events/event_sink.h"
#include "core/events/http_post.h"
#include "core/events/loki_push.h"
#include "core/events/parcel.h"

namespace inodeck {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t MaxBatch = 200;
constexpr std::size_t MaxBatchBytes = std::size_t{512} << 10;
constexpr int MaxAttempts = 5;
constexpr std::chrono::milliseconds MaxAttemptTime = 10s;
constexpr std::chrono::milliseconds FirstPause = 500ms;
constexpr auto MaxRefusedAge = std::chrono::hours{7 * 24};
constexpr std::size_t MaxQuote = 200;

/// FirstPause, doubled each time, up to a quarter longer so that many runs do not come at once.
std::chrono::milliseconds pauseAfter(int attempt) {
    static thread_local std::minstd_rand random{std::random_device{}()};
    const auto base = FirstPause * (1 << attempt);
    return base + base * std::uniform_int_distribution<int>(0, 25)(random) / 100;
}

void replaceAll(std::string& text, const std::string& what, const std::string& with) {
    for (std::size_t at = text.find(what); !what.empty() && at != std::string::npos;
         at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

class LokiSink final : public EventSink {
public:
    LokiSink(LokiOptions options, std::string url, Outbox outbox)
        : m_options(std::move(options))
        , m_target{std::move(url), m_options.user, m_options.apiKey, m_options.caFile}
        , m_outbox(std::move(outbox)) {}

    Result<void> emit(const Event& event) override {
        return m_outbox.add(parcelOf(event, m_options.app, m_options.env));
    }
    Result<void> flush(const Deadline& deadline, const Cancel& cancel) override;

private:
    Result<void> drain(const Deadline& deadline, const Cancel& cancel);
    Result<void> deliver(const std::vector<Parcel>& parcels, const Deadline& deadline, const Cancel& cancel);
    Result<HttpAnswer> push(const std::vector<Parcel>& parcels, const Deadline& deadline,
                            const Cancel& cancel);
    std::string sentence(const HttpAnswer& answer) const;
    std::string quote(std::string body) const;

    LokiOptions m_options;
    HttpTarget m_target;
    Outbox m_outbox;
    HttpPost m_http;
    std::string m_refusal; ///< the last one
};

Result<void> LokiSink::flush(const Deadline& deadline, const Cancel& cancel) {
    Result<void> ended = m_outbox.waiting() > 0 ? drain(deadline, cancel) : Result<void>{};
    const std::string folder = printable(m_options.outbox);
    ErrorCode code = ended ? ErrorCode::Protocol : ended.error().code;
    std::string text = ended ? "" : ended.error().message;
    const auto say = [&](const std::string& more) { text += (text.empty() ? "" : " ") + more; };
    if (const std::size_t waiting = ended ? 0 : m_outbox.waiting())
        say(std::to_string(waiting) + " event(s) wait in " + folder + " and go with the next run.");
    if (const std::size_t parked = m_outbox.takeParked())
        say(std::to_string(parked) + " file(s) of the outbox were moved to " + folder +
            "/dead, with the reason beside each." + std::exchange(m_refusal, {}));
    if (const std::size_t dropped = m_outbox.takeDropped())
        say("Too many events waited in " + folder + "; the oldest " + std::to_string(dropped) +
            " were deleted.");
    return text.empty() ? Result<void>{} : fail(code, text);
}

Result<void> LokiSink::drain(const Deadline& deadline, const Cancel& cancel) {
    const auto lock = m_outbox.lock(deadline, cancel);
    if (!lock)
        return tl::unexpected(lock.error());
    for (;;) {
        const auto parcels = m_outbox.oldest(MaxBatch, MaxBatchBytes);
        if (!parcels)
            return tl::unexpected(parcels.error());
        if (parcels->empty())
            return {};
        if (auto done = deliver(*parcels, deadline, cancel); !done)
            return done;
    }
}

/// Loki takes the good entries of a push that it answers with 400, and does not say which: then each goes
/// alone.
Result<void> LokiSink::deliver(const std::vector<Parcel>& parcels, const Deadline& deadline,
                               const Cancel& cancel) {
    const auto answer = push(parcels, deadline, cancel);
    if (!answer)
        return tl::unexpected(answer.error());
    const LokiVerdict verdict = lokiVerdict(answer->status, answer->body);
    if (verdict == LokiVerdict::Accepted)
        return m_outbox.delivered(parcels);
    const bool content = answer->status == 400 || answer->status == 413 || answer->status == 422;
    if (content && parcels.size() > 1) {
        for (const Parcel& parcel : parcels)
            if (auto done = deliver({parcel}, deadline, cancel); !done)
                return done;
        return {};
    }
    // What is refused in unknown words must not stand in the way for ever.
    const bool old = content && Clock::system().now() - parcels.front().time > MaxRefusedAge;
    if (verdict != LokiVerdict::Refused && !old)
        return fail(ErrorCode::Protocol, sentence(*answer));
    m_refusal = " " + sentence(*answer);
    return m_outbox.park(parcels.front().name, sentence(*answer));
}

/// Any answer but "later"; else the error of the last attempt.
Result<HttpAnswer> LokiSink::push(const std::vector<Parcel>& parcels, const Deadline& deadline,
                                  const Cancel& cancel) {
    static const std::vector<std::string> Headers{"Content-Type: application/json", "Content-Encoding: gzip",
                                                  "Expect:"};
    const auto body = gzip(lokiBody(parcels));
    if (!body)
        return tl::unexpected(body.error());
    Error last{ErrorCode::Timeout, "There was no time to send events."};
    for (int attempt = 0; attempt < MaxAttempts && !deadline.passed(); ++attempt) {
        auto answer = m_http.send(m_target, Headers, *body, deadline.atMost(MaxAttemptTime), cancel);
        if (answer && lokiVerdict(answer->status, answer->body) != LokiVerdict::Later)
            return answer;
        if (!answer && answer.error().code == ErrorCode::Cancelled)
            return answer;
        last = answer ? Error{ErrorCode::Unreachable, sentence(*answer)}
                      : Error{answer.error().code,
                              "Loki cannot be reached: " + quote(answer.error().message) + "."};
        if (!last.transient())
            break;
        const auto pause = std::max<std::chrono::milliseconds>(
            pauseAfter(attempt), answer ? answer->retryAfter : std::chrono::seconds{0});
        if (pause >= deadline.left() || attempt + 1 == MaxAttempts)
            break;
        pollfd stop{cancel.fd(), POLLIN, 0};
        ::poll(&stop, 1, static_cast<int>(pause.count()));
    }
    return tl::unexpected(last);
}

std::string LokiSink::sentence(const HttpAnswer& answer) const {
    std::string text = "Loki answered " + std::to_string(answer.status);
    if (answer.retryAfter > 0s)
        text += " and asks to wait " + std::to_string(answer.retryAfter.count()) + " s";
    if (answer.status == 401 || answer.status == 403)
        text += ": check the user and the API key, and that the key may write logs";
    else if (answer.status >= 300 && answer.status < 400)
        text += ", a redirect, which is not followed: give the address that it leads to";
    else if (answer.status < 300 || answer.status == 404 || answer.status == 405)
        text += ": is this the address of a Loki?";
    const std::string body = quote(answer.body);
    return text + (body.empty() ? "." : " (" + body + ").");
}

/// What a server said, for people: short, and without our credentials, which it may echo.
std::string LokiSink::quote(std::string body) const {
    const std::string pair = m_options.user + ":" + m_options.apiKey;
    const std::string encoded = QByteArray::fromStdString(pair).toBase64().toStdString();
    if (body.size() >= HttpPost::MaxBody) // may end with part of one
        body.resize(body.size() - std::min(body.size(), encoded.size()));
    if (!m_options.apiKey.empty())
        for (const std::string& secret : {encoded, m_options.apiKey})
            replaceAll(body, secret, "***");
    while (!body.empty() && (body.back() == '\n' || body.back() == '.' || body.back() == ' '))
        body.pop_back();
    return printable(shortText(redacted(std::move(body), 4 * MaxQuote), MaxQuote));
}

Result<void> check(const LokiOptions& options, const std::string& url) {
    if (options.user.empty() != options.apiKey.empty())
        return fail(ErrorCode::Config, options.user.empty() ? "Loki's API key was given without a user."
                                                            : "Loki's user was given without an API key.");
    if (!options.apiKey.empty() && !isPrivate(url))
        return fail(ErrorCode::Config,
                    "Loki's API key would travel unencrypted: give an https address instead of " +
                        printable(url) + ".");
    if (!options.caFile.empty() && !std::ifstream(options.caFile))
        return fail(ErrorCode::Config, "Cannot read the certificates in " + printable(options.caFile) + ".");
    return {};
}

} // namespace

Result<std::unique_ptr<EventSink>> lokiSink(const LokiOptions& options) {
    auto url = endpointUrl(options.url, std::string(LokiPushPath));
    if (!url)
        return tl::unexpected(url.error());
    if (auto checked = check(options, *url); !checked)
        return tl::unexpected(checked.error());
    auto outbox = Outbox::open(options.outbox);
    if (!outbox)
        return tl::unexpected(outbox.error());
    return std::make_unique<LokiSink>(options, *std::move(url), *std::move(outbox));
}

} // namespace inodeck
