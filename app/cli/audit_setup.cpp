#include "app/cli/audit_options.h"
#include "core/audit/guarded_file.h"
#include "core/audit/postgres_log.h"
#include "core/base/text.h"

namespace inodeck::cli {

namespace {

struct InitArguments {
    AuditWhere audit;
    std::string where; ///< empty: as `audit` says
    std::vector<std::string> roles;
};

struct CopyArguments {
    std::string to;
    std::string from; ///< empty: the default file
};

bool isOnServer(const std::string& where) {
    return where.starts_with("postgresql://") || where.starts_with("postgres://");
}

/// The file and this installation's key; both may be there already.
int initFile(const std::string& where, Context& context) {
    const auto store = openAuditStore(where);
    const auto ready = store ? (*store)->ready() : tl::unexpected(store.error());
    if (!ready)
        return complain(context, ready.error().message, NoAudit);
    const auto records = (*store)->count({});
    if (!records)
        return complain(context, records.error().message, NoAudit);
    context.io.out << (*store)->location() << " is ready, with " << *records << " records. Its key is in "
                   << printable(keyDirectory()) << ".\n";
    return InSync;
}

int init(const InitArguments& arguments, Context& context) {
    const auto place =
        arguments.where.empty() ? arguments.audit.in(context) : Result<std::string>(arguments.where);
    if (!place)
        return complain(context, place.error().message, UsageError);
    const std::string& where = *place;
    if (!isOnServer(where))
        return arguments.roles.empty()
                   ? initFile(where, context)
                   : complain(context, "--role is for a log on PostgreSQL: name it as postgresql://….",
                              UsageError);
    std::vector<std::string> roles = arguments.roles;
    if (roles.empty())
        roles.emplace_back(); // nobody more
    for (const std::string& role : roles) {
        const auto done = initPostgresLog(where, role);
        if (!done)
            return complain(context, done.error().message, cli::exitCodeOf(done.error()));
        for (const std::string& sentence : *done)
            context.io.out << sentence << "\n";
    }
    return InSync;
}

int copy(const CopyArguments& arguments, Context& context) {
    if (!isOnServer(arguments.to))
        return complain(context, "a log is copied to PostgreSQL: name it as postgresql://….", UsageError);
    if (isOnServer(arguments.from))
        return complain(context, "--from names the file of a local log.", UsageError);
    auto from = openAuditReader(arguments.from);
    if (!from)
        return complain(context, from.error().message, cli::exitCodeOf(from.error()));
    const auto copied = copyLog(**from, arguments.to, context.cancel,
                                [&](std::uint64_t done) { showProgress(context, done, 0); });
    endProgress(context);
    if (!copied)
        return complain(context, copied.error().message, cli::exitCodeOf(copied.error()));
    // From here on this installation knows what has to be there.
    const auto store = openAuditStore(arguments.to);
    const auto note = store ? (*store)->checkpoint() : Result<std::string>(tl::unexpected(store.error()));
    if (!note)
        return complain(context, "the records are copied, but " + note.error().message, NoAudit);
    context.io.out << *copied << " records copied to " << (*store)->location()
                   << "; the chain is the same.\nName it from now on in INODECK_AUDIT or in the fleet file "
                      "(audit:), and write "
                   << (*from)->location() << " no more: what comes after is not in the copy.\n";
    return InSync;
}

} // namespace

void addAuditSetup(CLI::App& audit, Run& run) {
    addAction<InitArguments>(
        audit, run, "init", "Make a log; on PostgreSQL its schema, roles and functions, as an administrator",
        [](CLI::App& command, InitArguments& a) {
            command.add_option("WHERE", a.where,
                               "A file or postgresql://ADMIN@HOST/DATABASE (default: the log)");
            command
                .add_option("--role", a.roles, "Let this PostgreSQL role read and append; may be repeated")
                ->type_name("NAME");
            addAuditOptions(command, a.audit);
            command.footer("On PostgreSQL it may run again at any time: functions and rights are set anew, "
                           "records are never touched.");
        },
        init);
    addAction<CopyArguments>(
        audit, run, "copy", "Move a local log to PostgreSQL; every record, signature and link stays as it is",
        [](CLI::App& command, CopyArguments& a) {
            command.add_option("TO", a.to, "postgresql://ROLE@HOST/DATABASE, made by 'inodeck audit init'")
                ->required();
            command
                .add_option("--from", a.from,
                            "The local log; nobody may write it any more (default: in the XDG data folder)")
                ->type_name("FILE");
            command.footer("An interrupted copy goes on where it ended when it is run again.");
        },
        copy);
}

} // namespace inodeck::cli
