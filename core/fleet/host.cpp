#include "core/fleet/host.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

#include "core/base/text.h"

namespace inodeck {

namespace {

bool blankOrControl(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F;
}

bool isPort(std::string_view digits) {
    int port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return error == std::errc{} && end == digits.data() + digits.size() && port >= 1 && port <= 65535;
}

/// An IPv6 address, with or without a zone ("fe80::1%eth0").
bool isIpv6(std::string_view text) {
    in6_addr address{};
    return ::inet_pton(AF_INET6, std::string(text.substr(0, text.find('%'))).c_str(), &address) == 1;
}

/// "host", "host:port", "[v6]", "[v6]:port"; a bare IPv6 address has several colons and no port. Empty: it is
/// fine.
std::string whatIsWrongWith(std::string_view address) {
    std::string_view name = address;
    std::string_view port;
    bool hasPort = false;
    if (address.starts_with('[')) {
        const std::size_t close = address.find(']');
        if (close == std::string_view::npos)
            return "the bracket of the IPv6 address is not closed";
        name = address.substr(1, close - 1);
        const std::string_view rest = address.substr(close + 1);
        if (!rest.empty() && rest[0] != ':')
            return "after the bracket only :port may follow";
        hasPort = !rest.empty();
        port = hasPort ? rest.substr(1) : rest;
    } else if (std::count(address.begin(), address.end(), ':') == 1) {
        const std::size_t colon = address.find(':');
        name = address.substr(0, colon);
        port = address.substr(colon + 1);
        hasPort = true;
    }
    if (name.empty())
        return "the host is empty";
    if (name.find(':') != std::string_view::npos && !isIpv6(name))
        return "the part with several colons is no IPv6 address";
    if (name.find_first_of("[]") != std::string_view::npos)
        return "brackets belong around an IPv6 address only";
    if (name[0] == '-')
        return "a host cannot begin with '-'";
    if (hasPort && !isPort(port))
        return "the port must be a number from 1 to 65535";
    return {};
}

} // namespace

bool Host::keepsSecret(const std::string& service) const {
    return std::find(secretServices.begin(), secretServices.end(), service) != secretServices.end();
}

std::string hostFault(const std::string& text) {
    if (text.empty())
        return "it is empty";
    if (text.size() > 512)
        return "it is longer than 512 bytes";
    if (std::any_of(text.begin(), text.end(), blankOrControl))
        return "it holds blanks or control characters";
    if (!isUtf8(text))
        return "it is not UTF-8";
    const std::size_t at = text.rfind('@');
    if (at == 0)
        return "the user is empty";
    if (text[0] == '-')
        return "it cannot begin with '-'";
    return whatIsWrongWith(at == std::string::npos ? std::string_view(text)
                                                   : std::string_view(text).substr(at + 1));
}

Result<Host> parseHost(const std::string& text) {
    if (const std::string why = hostFault(text); !why.empty())
        return fail(ErrorCode::Usage, "'" + printable(text.size() > 512 ? text.substr(0, 40) + "…" : text) +
                                          "' names no host: " + why +
                                          ". Use an ssh alias or [user@]host[:port].");
    Host host;
    host.name = text;
    return host;
}

} // namespace inodeck
