#include "core/audit/postgres_address.h"

#include <QByteArray>
#include <map>
#include <memory>

namespace inodeck {

namespace {

using Options = std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)>;

std::map<std::string, std::string> valuesOf(const Options& options) {
    std::map<std::string, std::string> values;
    for (const PQconninfoOption* option = options.get(); option && option->keyword; ++option)
        if (option->val && *option->val != '\0')
            values[option->keyword] = option->val;
    return values;
}

std::string encoded(const std::string& text, const char* plain = "") {
    return QByteArray::fromStdString(text).toPercentEncoding(plain).toStdString();
}

std::string encodedHost(const std::string& host) {
    const bool ipv6 = host.find(':') != std::string::npos && host.find(',') == std::string::npos;
    return ipv6 ? "[" + encoded(host, ":") + "]" : encoded(host, ",:");
}

/// A password with a / or @ that is not written %2F or %40 ends up in these.
bool holdsPartOfPassword(const std::map<std::string, std::string>& values) {
    const auto at = [&](const char* key) {
        const auto found = values.find(key);
        return found == values.end() ? std::string{} : found->second;
    };
    return at("port").find_first_not_of("0123456789,") != std::string::npos ||
           (at("host") + at("hostaddr") + at("dbname")).find('@') != std::string::npos;
}

} // namespace

Result<void> checkPostgresUri(const std::string& uri) {
    // What libpq says of a bad address is not repeated: it quotes it, with the password.
    const Options parsed(PQconninfoParse(uri.c_str(), nullptr), PQconninfoFree);
    if (parsed && !holdsPartOfPassword(valuesOf(parsed)))
        return {};
    return fail(ErrorCode::Usage,
                "The address of the PostgreSQL log cannot be read: write postgresql://USER@HOST:PORT/"
                "DATABASE?sslmode=verify-full, with %40 for @, %2F for / and %3A for : in names and "
                "passwords (better: keep the password in ~/.pgpass).");
}

Result<PostgresAddress> usedAddress(PGconn* link) {
    const Options used(link ? PQconninfo(link) : nullptr, PQconninfoFree);
    auto values = valuesOf(used);
    if (holdsPartOfPassword(values))
        return fail(ErrorCode::Usage, "The address of the PostgreSQL log cannot be read: its service file or "
                                      "environment (PGHOST, PGPORT, PGDATABASE) is wrong.");
    PostgresAddress address;
    address.user = values["user"];
    std::string host = values["host"].empty() ? values["hostaddr"] : values["host"];
    const char* socketFolder = link && host.empty() ? PQhost(link) : nullptr;
    if (socketFolder)
        host = socketFolder;
    const std::string database = values["dbname"].empty() ? address.user : values["dbname"];
    address.location = "postgresql://" + encoded(address.user) + "@" + encodedHost(host) + ":" +
                       values["port"] + "/" + encoded(database);
    return address;
}

} // namespace inodeck
