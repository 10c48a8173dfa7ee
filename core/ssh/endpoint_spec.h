#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace inodeck::ssh {

/// `[user@]host[:port]`, IPv6 in brackets when a port follows. What is absent is left to the configuration.
struct EndpointSpec {
    std::string user;
    std::string host;
    int port = 0;

    bool operator==(const EndpointSpec&) const = default;
};

/// Usage for what could be an option (leading '-'), holds blanks or control characters, or has a bad port.
Result<EndpointSpec> parseEndpointSpec(const std::string& text);

/// `a,user@b:2222`: the hops of a ProxyJump, outermost (the one to be connected first) first.
Result<std::vector<EndpointSpec>> parseJumps(const std::string& text);

} // namespace inodeck::ssh
