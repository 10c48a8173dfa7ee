#include "core/audit/audit_store.h"

#include <filesystem>

#include "core/audit/guarded_file.h"
#include "core/audit/log_reader.h"
#include "core/audit/log_store.h"
#include "core/audit/postgres_backend.h"
#include "core/audit/sqlite_backend.h"

namespace inodeck {

namespace {

bool isPostgres(const std::string& where) {
    return where.starts_with("postgresql://") || where.starts_with("postgres://");
}

std::string defaultPath() {
    return dataDirectory() + "/audit.sqlite";
}

/// Beside a local log; for one on a server in the data folder, one for each.
std::string spoolOf(const std::string& location) {
    return dataDirectory() + "/" + Sha256::of(location).hex().substr(0, 32) + ".spool";
}

Result<std::unique_ptr<AuditStore>> openPostgres(const std::string& uri) {
    auto backend = PostgresBackend::open(uri);
    if (!backend)
        return tl::unexpected(backend.error());
    if (auto guarded = guardDirectory(dataDirectory(), true); !guarded)
        return tl::unexpected(guarded.error());
    auto key = SigningKey::load(keyDirectory(), true);
    if (!key)
        return tl::unexpected(key.error());
    const std::string spool = spoolOf((*backend)->location());
    return std::make_unique<LogStore>(std::move(*backend), std::move(*key), spool, Clock::system());
}

} // namespace

Result<std::unique_ptr<AuditStore>> openAuditStore(const std::string& where) {
    if (isPostgres(where))
        return openPostgres(where);
    if (auto guarded = guardDirectory(dataDirectory(), true); !guarded)
        return tl::unexpected(guarded.error());
    const std::string path = where.empty() ? defaultPath() : where;
    auto backend = SqliteBackend::open(path);
    if (!backend)
        return tl::unexpected(backend.error());
    auto key = SigningKey::load(keyDirectory(), true);
    if (!key)
        return tl::unexpected(key.error());
    return std::make_unique<LogStore>(std::move(*backend), std::move(*key), path + ".spool", Clock::system());
}

Result<std::unique_ptr<AuditReader>> openAuditReader(const std::string& where) {
    if (isPostgres(where)) {
        auto backend = PostgresBackend::open(where);
        if (!backend)
            return tl::unexpected(backend.error());
        return std::make_unique<LogReader>(std::move(*backend));
    }
    auto backend = SqliteBackend::openToRead(where.empty() ? defaultPath() : where);
    if (!backend)
        return tl::unexpected(backend.error());
    return std::make_unique<LogReader>(std::move(*backend));
}

} // namespace inodeck
