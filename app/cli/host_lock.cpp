#include "app/cli/host_lock.h"

namespace inodeck::cli {

Result<std::unique_ptr<VmLock>> lockHost(const Host& host, const AuditActor& actor, Transport& transport,
                                         Scanner& scanner, Context& context) {
    VmLock::Request request;
    request.holder = lockHolder(actor);
    auto lock = VmLock::acquire(transport, scanner.sessions(), host, request, context.cancel);
    if (lock || lock.error().code != ErrorCode::Unsupported)
        return lock;
    context.io.err << "inodeck: going on without a lock: " << lock.error().message << "\n";
    return nullptr;
}

} // namespace inodeck::cli
