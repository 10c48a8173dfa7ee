#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/deadline.h"
#include "core/base/result.h"

namespace inodeck {

struct HttpTarget {
    std::string url;  ///< absolute, http or https
    std::string user; ///< basic auth; empty: none
    std::string password;
    std::string caFile; ///< trusted besides the system's certificates; empty: none
};

struct HttpAnswer {
    long status = 0;
    std::string body;                   ///< the first MaxBody bytes, hostile
    std::chrono::seconds retryAfter{0}; ///< 0: not said
};

/// POST by libcurl, one at a time, the connection is kept in between. Follows no redirect, accepts no
/// certificate that does not verify.
class HttpPost {
public:
    static constexpr std::size_t MaxBody = 4096;

    HttpPost();
    ~HttpPost();
    HttpPost(const HttpPost&) = delete;
    HttpPost& operator=(const HttpPost&) = delete;

    /// Any answer of the server is a result. Errors: Unreachable, Disconnected, Timeout, Cancelled; Protocol
    /// for a certificate or an answer that is no HTTP; Config. No sentence has the password.
    Result<HttpAnswer> send(const HttpTarget& target, const std::vector<std::string>& headers,
                            const std::string& body, const Deadline& deadline, const Cancel& cancel);

private:
    struct Handles;
    std::unique_ptr<Handles> m_handles;
};

/// The absolute URL of an endpoint below what an operator wrote: "https://HOST[:PORT][/PREFIX]" with `path`
/// at its end. Config with a sentence for anything else, for userinfo and for a query.
Result<std::string> endpointUrl(const std::string& written, const std::string& path);
/// Whether that URL is https, or http to this machine.
bool isPrivate(const std::string& url);

} // namespace inodeck
