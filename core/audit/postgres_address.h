#pragma once

#include <libpq-fe.h>
#include <string>

#include "core/base/result.h"

namespace inodeck {

/// Whether libpq understands this address. The error (Usage) does not quote it: it may hold a password.
Result<void> checkPostgresUri(const std::string& uri);

/// Where a connection leads, without the password.
struct PostgresAddress {
    std::string user;
    std::string location; ///< postgresql://user@host:port/database
};
/// As libpq completed it, from the environment, the service file and its defaults.
Result<PostgresAddress> usedAddress(PGconn* link);

} // namespace inodeck
