#include "core/audit/audit_store.h"

#include "core/audit/guarded_file.h"
#include "core/audit/sqlite_store.h"
#include "core/base/text.h"

namespace inodeck {

Result<std::unique_ptr<AuditStore>> openAuditStore(const std::string& where) {
    if (where.starts_with("postgresql://") || where.starts_with("postgres://"))
        return fail(ErrorCode::Unsupported,
                    "An audit log in PostgreSQL is not supported by this version; name a file.");
    return SqliteStore::open(where.empty() ? dataDirectory() + "/audit.sqlite" : where, Clock::system());
}

} // namespace inodeck
