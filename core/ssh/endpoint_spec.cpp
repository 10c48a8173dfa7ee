#include "core/ssh/endpoint_spec.h"

#include <algorithm>
#include <charconv>

#include "core/base/text.h"

namespace inodeck::ssh {
namespace {

bool isWord(const std::string& text) {
    return !text.empty() && text.front() != '-' && std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte <= 0x20 || byte == 0x7f;
    });
}

/// 0: not a port.
int parsePort(const std::string& text) {
    int port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535 ? port : 0;
}

} // namespace

Result<EndpointSpec> parseEndpointSpec(const std::string& text) {
    const auto malformed = [&] {
        return fail(ErrorCode::Usage,
                    "\"" + printable(text) + "\" is not a host; write an ssh alias or [user@]host[:port].");
    };
    EndpointSpec spec;
    std::string rest = text;
    if (const auto at = rest.rfind('@'); at != std::string::npos) {
        spec.user = rest.substr(0, at);
        rest.erase(0, at + 1);
        if (!isWord(spec.user))
            return malformed();
    }
    std::string port;
    bool hasPort = false;
    if (!rest.empty() && rest.front() == '[') {
        const auto close = rest.find(']');
        if (close == std::string::npos || (close + 1 < rest.size() && rest[close + 1] != ':'))
            return malformed();
        hasPort = close + 1 < rest.size();
        port = hasPort ? rest.substr(close + 2) : std::string();
        rest = rest.substr(1, close - 1);
    } else if (std::count(rest.begin(), rest.end(), ':') == 1) { // more of them: a bare IPv6 address
        hasPort = true;
        port = rest.substr(rest.find(':') + 1);
        rest.erase(rest.find(':'));
    }
    if (!isWord(rest))
        return malformed();
    spec.host = rest;
    if (hasPort && (spec.port = parsePort(port)) == 0)
        return malformed();
    return spec;
}

Result<std::vector<EndpointSpec>> parseJumps(const std::string& text) {
    std::vector<EndpointSpec> hops;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        auto word = text.substr(begin, end - begin);
        if (word.starts_with("ssh://"))
            word.erase(0, 6);
        auto hop = parseEndpointSpec(word);
        if (!hop)
            return fail(ErrorCode::Config,
                        "ProxyJump \"" + printable(text) + "\" is malformed; write [user@]host[:port],….");
        hops.push_back(*std::move(hop));
        begin = end + 1;
    }
    return hops;
}

} // namespace inodeck::ssh
