#include "core/events/http_post.h"

#include <algorithm>
#include <array>
#include <curl/curl.h>
#include <optional>

#include "core/base/text.h"

namespace inodeck {

namespace {

/// What is read of an answer at most; nobody needs more to know what it says.
constexpr std::size_t MaxReceived = std::size_t{64} << 10;

template <auto Free> struct Freed {
    template <typename T> void operator()(T* handle) const { Free(handle); }
};
using Easy = std::unique_ptr<CURL, Freed<curl_easy_cleanup>>;
using Multi = std::unique_ptr<CURLM, Freed<curl_multi_cleanup>>;
using List = std::unique_ptr<curl_slist, Freed<curl_slist_free_all>>;

struct Received {
    std::string body;
    std::size_t size = 0;
};

std::size_t receive(char* data, std::size_t, std::size_t size, void* user) {
    auto& received = *static_cast<Received*>(user);
    received.body.append(data, std::min(size, HttpPost::MaxBody - received.body.size()));
    received.size += size;
    return received.size > MaxReceived ? 0 : size; // 0: enough, end it
}

void globalInit() {
    static const CURLcode once = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(once);
}

ErrorCode codeOf(CURLcode code) {
    switch (code) {
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
        return ErrorCode::Unreachable;
    case CURLE_OPERATION_TIMEDOUT:
        return ErrorCode::Timeout;
    case CURLE_SSL_CONNECT_ERROR: // also a connection that ended within the handshake
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
        return ErrorCode::Disconnected;
    case CURLE_SSL_CACERT_BADFILE:
        return ErrorCode::Config;
    default:
        return ErrorCode::Protocol;
    }
}

List listOf(const std::vector<std::string>& lines) {
    List list;
    for (const std::string& line : lines)
        if (curl_slist* longer = curl_slist_append(list.get(), line.c_str())) {
            static_cast<void>(list.release());
            list.reset(longer);
        }
    return list;
}

} // namespace

struct HttpPost::Handles {
    Easy easy;
    Multi multi;
};

HttpPost::HttpPost()
    : m_handles(std::make_unique<Handles>()) {
    globalInit();
    m_handles->easy.reset(curl_easy_init());
    m_handles->multi.reset(curl_multi_init());
}

HttpPost::~HttpPost() = default;

namespace {

void setOptions(CURL* easy, const HttpTarget& target, const Deadline& deadline) {
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_URL, target.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "inodeck/" INODECK_VERSION);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    if (target.url.starts_with("http://")) // a proxy would read the password
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
    if (!target.caFile.empty()) // the folder of the system's certificates stays as it is
        curl_easy_setopt(easy, CURLOPT_CAINFO, target.caFile.c_str());
    if (!target.user.empty() || !target.password.empty()) {
        curl_easy_setopt(easy, CURLOPT_HTTPAUTH, long{CURLAUTH_BASIC});
        curl_easy_setopt(easy, CURLOPT_USERNAME, target.user.c_str());
        curl_easy_setopt(easy, CURLOPT_PASSWORD, target.password.c_str());
    }
    // 0 would mean no limit; a resolver that hangs is left behind, not waited for.
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, std::max<long>(1, static_cast<long>(deadline.left().count())));
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
}

/// Drives the one transfer of `multi` to its end; nullopt when it was cancelled.
std::optional<CURLcode> drive(CURLM* multi, const Cancel& cancel) {
    curl_waitfd stop{cancel.fd(), CURL_WAIT_POLLIN, 0};
    for (int running = 1; running != 0;) {
        if (cancel.requested())
            return std::nullopt;
        if (curl_multi_perform(multi, &running) != CURLM_OK)
            return CURLE_FAILED_INIT;
        if (running != 0 && curl_multi_poll(multi, &stop, 1, 1000, nullptr) != CURLM_OK)
            return CURLE_FAILED_INIT;
    }
    int left = 0;
    const CURLMsg* message = curl_multi_info_read(multi, &left);
    return message ? message->data.result : CURLE_FAILED_INIT;
}

} // namespace

Result<HttpAnswer> HttpPost::send(const HttpTarget& target, const std::vector<std::string>& headers,
                                  const std::string& body, const Deadline& deadline, const Cancel& cancel) {
    CURL* easy = m_handles->easy.get();
    CURLM* multi = m_handles->multi.get();
    if (!easy || !multi)
        return fail(ErrorCode::Internal, "libcurl could not start.");
    Received received;
    std::array<char, CURL_ERROR_SIZE> why{};
    const List list = listOf(headers);
    setOptions(easy, target, deadline);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, list.get());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &received);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, why.data());
    curl_multi_add_handle(multi, easy);
    const std::optional<CURLcode> ended = drive(multi, cancel);
    curl_multi_remove_handle(multi, easy);
    HttpAnswer answer;
    curl_off_t wait = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &answer.status);
    curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &wait);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, nullptr);
    if (!ended)
        return fail(ErrorCode::Cancelled, "Sending events was cancelled.");
    if (*ended != CURLE_OK && received.size <= MaxReceived) {
        std::string text = why[0] ? why.data() : curl_easy_strerror(*ended);
        if (*ended == CURLE_SSL_CONNECT_ERROR) // OpenSSL's words say little
            text = "no TLS connection (" + text + ")";
        return fail(codeOf(*ended), printable(text));
    }
    answer.retryAfter = std::chrono::seconds(std::clamp<curl_off_t>(wait, 0, 86400));
    answer.body = std::move(received.body);
    return answer;
}

} // namespace inodeck
