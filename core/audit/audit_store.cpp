#include "core/audit/audit_store.h"

#include <filesystem>

#include "core/audit/guarded_file.h"
#include "core/audit/log_reader.h"
#include "core/audit/log_store.h"
#include "core/audit/postgres_backend.h"
#include "core/audit/saved_head.h"
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

/// A new installation gets a key of its own; one that has written to this log before has lost it.
Result<SigningKey> ownKey(const std::string& location) {
    std::error_code problem;
    const bool isThere = std::filesystem::symlink_status(keyDirectory() + "/audit.key", problem).type() !=
                         std::filesystem::file_type::not_found;
    const HeadMemory memory(location);
    const auto saved = isThere ? Result<std::optional<SavedHead>>(std::nullopt) : memory.load();
    if (!saved)
        return tl::unexpected(saved.error());
    if (!*saved)
        return SigningKey::load(keyDirectory(), true);
    return fail(ErrorCode::AuditUnavailable,
                "This installation has written to the audit log at " + location + ", but its signing key " +
                    keyDirectory() +
                    "/audit.key is gone. Restore it from a backup. If it is lost for good, " +
                    "begin a new log (--audit), or, where somebody else's key may sign in this one, move " +
                    memory.path() + " away: a new key is made then, for them to allow.");
}

/// The file that `where` names.
Result<std::string> localPath(const std::string& where) {
    const std::string path = where.empty() ? defaultPath() : where;
    return guardFileName(path).map([&] { return path; });
}

Result<std::unique_ptr<AuditStore>> openPostgres(const std::string& uri) {
    auto backend = PostgresBackend::open(uri);
    if (!backend)
        return tl::unexpected(backend.error());
    if (auto guarded = guardDirectory(dataDirectory(), true); !guarded)
        return tl::unexpected(guarded.error());
    auto key = ownKey((*backend)->location());
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
    const auto path = localPath(where);
    if (!path)
        return tl::unexpected(path.error());
    auto backend = SqliteBackend::open(*path);
    if (!backend)
        return tl::unexpected(backend.error());
    auto key = ownKey((*backend)->location());
    if (!key)
        return tl::unexpected(key.error());
    return std::make_unique<LogStore>(std::move(*backend), std::move(*key), *path + ".spool",
                                      Clock::system());
}

Result<std::unique_ptr<AuditReader>> openAuditReader(const std::string& where) {
    if (isPostgres(where)) {
        auto backend = PostgresBackend::open(where);
        if (!backend)
            return tl::unexpected(backend.error());
        return std::make_unique<LogReader>(std::move(*backend));
    }
    auto backend = localPath(where).and_then(SqliteBackend::openToRead);
    if (!backend)
        return tl::unexpected(backend.error());
    return std::make_unique<LogReader>(std::move(*backend));
}

} // namespace inodeck
