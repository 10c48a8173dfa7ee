#include "tests/support/http_server.h"

#include <arpa/inet.h>
#include <array>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <optional>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <zlib.h>

namespace inodeck::test {

namespace {

/// One connection, plain or TLS. Blocking; shutdown() of the socket ends each wait.
class Stream {
public:
    Stream(int fd, SSL_CTX* tls)
        : m_fd(fd)
        , m_ssl(tls ? SSL_new(tls) : nullptr) {}
    ~Stream() { SSL_free(m_ssl); }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;

    bool accept() { return !m_ssl || (SSL_set_fd(m_ssl, m_fd) == 1 && SSL_accept(m_ssl) == 1); }
    bool read(std::string& into) {
        std::array<char, 16384> buffer{};
        const auto count = m_ssl ? SSL_read(m_ssl, buffer.data(), buffer.size())
                                 : static_cast<int>(::recv(m_fd, buffer.data(), buffer.size(), 0));
        if (count > 0)
            into.append(buffer.data(), static_cast<std::size_t>(count));
        return count > 0;
    }
    bool write(const std::string& bytes) {
        for (std::size_t done = 0; done < bytes.size();) {
            const auto count =
                m_ssl
                    ? SSL_write(m_ssl, bytes.data() + done, static_cast<int>(bytes.size() - done))
                    : static_cast<int>(::send(m_fd, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL));
            if (count <= 0)
                return false;
            done += static_cast<std::size_t>(count);
        }
        return true;
    }

private:
    int m_fd;
    SSL* m_ssl;
};

std::string lowered(std::string text) {
    for (char& c : text)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

HttpRequest parseHead(const std::string& head) {
    HttpRequest request;
    std::size_t at = head.find("\r\n");
    const std::string first = head.substr(0, at);
    request.method = first.substr(0, first.find(' '));
    request.target = first.substr(request.method.size() + 1, first.rfind(' ') - request.method.size() - 1);
    while (at != std::string::npos && at + 2 < head.size()) {
        const std::size_t end = head.find("\r\n", at + 2);
        const std::string line = head.substr(at + 2, end == std::string::npos ? end : end - at - 2);
        const std::size_t colon = line.find(": ");
        if (colon != std::string::npos)
            request.headers[lowered(line.substr(0, colon))] = line.substr(colon + 2);
        at = end;
    }
    return request;
}

/// The next request of a connection; nullopt at its end.
std::optional<HttpRequest> next(Stream& stream, std::string& buffer) {
    std::size_t end = 0;
    while ((end = buffer.find("\r\n\r\n")) == std::string::npos)
        if (!stream.read(buffer))
            return std::nullopt;
    HttpRequest request = parseHead(buffer.substr(0, end));
    buffer.erase(0, end + 4);
    const auto length = request.headers.find("content-length");
    const std::size_t size = length == request.headers.end() ? 0 : std::stoul(length->second);
    while (buffer.size() < size)
        if (!stream.read(buffer))
            return std::nullopt;
    request.body = buffer.substr(0, size);
    buffer.erase(0, size);
    return request;
}

SSL_CTX* tlsContext(const Certificate& certificate) {
    if (certificate.key.empty())
        return nullptr;
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    BIO* certBio = BIO_new_mem_buf(certificate.certificate.data(), -1);
    BIO* keyBio = BIO_new_mem_buf(certificate.key.data(), -1);
    X509* cert = PEM_read_bio_X509(certBio, nullptr, nullptr, nullptr);
    EVP_PKEY* key = PEM_read_bio_PrivateKey(keyBio, nullptr, nullptr, nullptr);
    const bool good =
        SSL_CTX_use_certificate(context, cert) == 1 && SSL_CTX_use_PrivateKey(context, key) == 1;
    X509_free(cert);
    EVP_PKEY_free(key);
    BIO_free(certBio);
    BIO_free(keyBio);
    if (!good)
        throw std::runtime_error("the test server cannot use its certificate");
    return context;
}

} // namespace

std::string HttpRequest::text() const {
    z_stream stream{};
    std::string out(std::size_t{16} << 20, '\0');
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(body.data()));
    stream.avail_in = static_cast<uInt>(body.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool whole = inflateInit2(&stream, 15 + 16) == Z_OK && inflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(stream.total_out);
    inflateEnd(&stream);
    if (!whole)
        throw std::runtime_error("the body is not gzip");
    return out;
}

HttpReply reply(int status, const std::string& body, const std::string& headers) {
    std::string bytes = "HTTP/1.1 " + std::to_string(status) + " Words\r\n" + headers;
    if (status != 204)
        bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return {HttpReply::Manner::Answer, bytes + "\r\n" + body};
}

struct HttpServer::Private {
    Handler handler;
    SSL_CTX* tls = nullptr;
    int listener = -1;
    int port = 0;
    mutable std::mutex mutex;
    std::condition_variable stopped;
    bool stop = false;
    std::vector<HttpRequest> requests;
    std::vector<int> sockets;
    std::vector<std::thread> threads;
    std::mutex handling;
    std::thread accepting;

    void serve(int fd);
    bool act(Stream& stream, const HttpReply& what);
    void accept();
    /// Whether the server goes on after that time.
    bool pause(std::chrono::milliseconds time) {
        std::unique_lock lock(mutex);
        return !stopped.wait_for(lock, time, [&] { return stop; });
    }
};

bool HttpServer::Private::act(Stream& stream, const HttpReply& what) {
    using Manner = HttpReply::Manner;
    if (what.manner == Manner::Cut)
        return false;
    if (what.manner == Manner::Silent) {
        std::unique_lock lock(mutex);
        stopped.wait(lock, [&] { return stop; });
        return false;
    }
    if (!stream.write(what.bytes))
        return false;
    if (what.manner == Manner::Drip)
        while (pause(std::chrono::milliseconds{20}) && stream.write("x")) {
        }
    if (what.manner == Manner::Flood)
        while (stream.write(std::string(65536, 'x'))) {
        }
    return what.manner == Manner::Answer;
}

void HttpServer::Private::serve(int fd) {
    Stream stream(fd, tls);
    std::string buffer;
    bool open = stream.accept();
    while (open) {
        const auto request = next(stream, buffer);
        if (!request)
            break;
        {
            const std::lock_guard lock(mutex);
            requests.push_back(*request);
        }
        std::unique_lock one(handling);
        const HttpReply what = handler(*request);
        one.unlock();
        open = act(stream, what);
    }
    ::shutdown(fd, SHUT_RDWR);
}

void HttpServer::Private::accept() {
    for (;;) {
        const int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        const std::lock_guard lock(mutex);
        if (stop || fd < 0) {
            if (fd >= 0)
                ::close(fd);
            return;
        }
        sockets.push_back(fd);
        threads.emplace_back([this, fd] { serve(fd); });
    }
}

HttpServer::HttpServer(Handler handler, const Certificate& certificate)
    : d(std::make_unique<Private>()) {
    d->handler = std::move(handler);
    d->tls = tlsContext(certificate);
    d->listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    auto* address = reinterpret_cast<sockaddr*>(&at);
    if (::bind(d->listener, address, size) != 0 || ::listen(d->listener, 64) != 0 ||
        ::getsockname(d->listener, address, &size) != 0)
        throw std::runtime_error("the test server cannot listen");
    d->port = ntohs(at.sin_port);
    d->accepting = std::thread([this] { d->accept(); });
}

HttpServer::~HttpServer() {
    {
        const std::lock_guard lock(d->mutex);
        d->stop = true;
        for (const int fd : d->sockets)
            ::shutdown(fd, SHUT_RDWR);
    }
    d->stopped.notify_all();
    ::shutdown(d->listener, SHUT_RDWR);
    d->accepting.join();
    for (std::thread& thread : d->threads)
        thread.join();
    for (const int fd : d->sockets)
        ::close(fd);
    ::close(d->listener);
    SSL_CTX_free(d->tls);
}

int HttpServer::port() const {
    return d->port;
}

std::string HttpServer::url(const std::string& host) const {
    return (d->tls ? "https://" : "http://") + host + ":" + std::to_string(d->port);
}

std::vector<HttpRequest> HttpServer::requests() const {
    const std::lock_guard lock(d->mutex);
    return d->requests;
}

} // namespace inodeck::test
