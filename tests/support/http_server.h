#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace inodeck::test {

/// A certificate and its key, PEM.
struct Certificate {
    std::string certificate;
    std::string key;
};

/// A certificate authority of its own, trusted by nobody until told to.
class Authority {
public:
    Authority();
    ~Authority();
    Authority(const Authority&) = delete;
    Authority& operator=(const Authority&) = delete;
    std::string pem() const;
    /// For `name` ("DNS:localhost", "IP:127.0.0.1"), valid from and to so many seconds from now.
    Certificate issue(const std::string& name, long from = -3600, long to = 3600) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

struct HttpRequest {
    std::string method;
    std::string target;
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;                           ///< as it was sent
    std::string text() const;                   ///< the body without its gzip; throws when it is not gzip
};

/// What a server does with a request.
struct HttpReply {
    enum class Manner {
        Answer, ///< sends `bytes`
        Silent, ///< never answers
        Drip,   ///< sends `bytes`, then a byte each 20 ms, without an end
        Flood,  ///< sends `bytes`, then as much as the client takes
        Cut,    ///< closes the connection
    };
    Manner manner = Manner::Answer;
    std::string bytes;
};
/// "HTTP/1.1 STATUS …" with its body; `headers` end with CRLF.
HttpReply reply(int status, const std::string& body = {}, const std::string& headers = {});

/// A real HTTP/1.1 server on 127.0.0.1, with TLS when it has a certificate; a thread for each connection. The
/// handler runs on those threads, one at a time.
class HttpServer {
public:
    using Handler = std::function<HttpReply(const HttpRequest&)>;
    explicit HttpServer(Handler handler, const Certificate& certificate = {});
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    int port() const;
    /// "http://127.0.0.1:PORT", or https.
    std::string url(const std::string& host = "127.0.0.1") const;
    std::vector<HttpRequest> requests() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace inodeck::test
