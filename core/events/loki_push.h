#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/events/outbox.h"

namespace inodeck {

inline constexpr std::string_view LokiPushPath = "/loki/api/v1/push";

/// The body of a push: {"streams":[{"stream":{labels},"values":[["<ns>","<line>"],…]},…]}, parcels of the
/// same labels in one stream, in their order.
std::string lokiBody(const std::vector<Parcel>& parcels);
/// RFC 1952; Internal when zlib fails.
Result<std::string> gzip(std::string_view bytes);

/// What an answer of Loki means for what was pushed.
enum class LokiVerdict {
    Accepted,
    Later,   ///< the same again after a pause
    Refused, ///< these entries, for ever
    Stopped, ///< a person must change something first: address, key, …
};
LokiVerdict lokiVerdict(long status, std::string_view body);

} // namespace inodeck
