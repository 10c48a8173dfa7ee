#include <arpa/inet.h>
#include <curl/curl.h>
#include <memory>

#include "core/base/text.h"
#include "core/events/http_post.h"

namespace inodeck {

namespace {

struct FreeUrl {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

Url parse(const std::string& text) {
    Url url(curl_url());
    if (text.find('\0') != std::string::npos ||
        curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK)
        url.reset();
    return url;
}

/// Empty when it is not there.
std::string part(const Url& url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, 0) != CURLUE_OK)
        return {};
    std::string copy = text;
    curl_free(text);
    return copy;
}

} // namespace

Result<std::string> endpointUrl(const std::string& written, const std::string& path) {
    // The text is not shown: it may hold a password.
    const Url url = parse(written);
    const std::string scheme = url ? part(url, CURLUPART_SCHEME) : "";
    if ((scheme != "http" && scheme != "https") || part(url, CURLUPART_HOST).empty())
        return fail(ErrorCode::Config, "Loki's address must be a URL like https://logs.example.net.");
    if (!part(url, CURLUPART_USER).empty() || !part(url, CURLUPART_PASSWORD).empty())
        return fail(ErrorCode::Config,
                    "Loki's address must not hold a user or password; give them separately.");
    if (!part(url, CURLUPART_QUERY).empty() || !part(url, CURLUPART_FRAGMENT).empty())
        return fail(ErrorCode::Config, "Loki's address must not hold '?' or '#'.");
    std::string prefix = part(url, CURLUPART_PATH);
    while (prefix.ends_with('/'))
        prefix.pop_back();
    if (!prefix.ends_with(path))
        prefix += path;
    curl_url_set(url.get(), CURLUPART_PATH, prefix.c_str(), 0);
    return part(url, CURLUPART_URL);
}

bool isPrivate(const std::string& text) {
    const Url url = parse(text);
    if (!url || part(url, CURLUPART_SCHEME) == "https")
        return url != nullptr;
    const std::string host = part(url, CURLUPART_HOST);
    in_addr address{};
    return host == "localhost" || host == "[::1]" ||
           (::inet_pton(AF_INET, host.c_str(), &address) == 1 && ntohl(address.s_addr) >> 24 == 127);
}

} // namespace inodeck
