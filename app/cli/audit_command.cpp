#include "app/cli/options.h"
#include "app/cli/table.h"
#include "core/audit/audit_store.h"
#include "core/audit/record_line.h"
#include "core/base/text.h"
#include "core/restart/restart.h"

namespace inodeck::cli {

namespace {

struct AuditArguments {
    std::string audit;
    RecordFilter filter;
    std::string since;
    std::string until;
    std::uint64_t seq = 0;
    HostOptions hosts;
};

std::string recordText(const ParsedRecord& record) {
    const RecordDraft& d = record.draft;
    std::string text = std::to_string(record.envelope.seq) + "  " + formatRfc3339(record.envelope.ts, 0) +
                       "  " + std::string(toString(d.type));
    if (!d.target.vm.empty())
        text += "  " + printable(d.target.vm) + "  " +
                printable(d.target.project.empty() ? d.target.service
                                                   : d.target.project + "/" + d.target.service);
    if (d.result)
        text += "  " + printable(d.result->status);
    const std::string claimed = d.actor.claimed.empty() ? "" : " (" + printable(d.actor.claimed) + ")";
    text += "  by " + printable(d.actor.account) + claimed;
    return d.reason.empty() ? text : text + "  \"" + printable(d.reason) + "\"";
}

std::optional<Error> readTimes(AuditArguments& arguments) {
    const auto read = [](const std::string& text, std::optional<TimePoint>& to) {
        if (text.empty())
            return true;
        to = parseRfc3339(text.size() == 10 ? text + "T00:00:00Z" : text);
        return to.has_value();
    };
    if (read(arguments.since, arguments.filter.since) && read(arguments.until, arguments.filter.until))
        return std::nullopt;
    return Error{ErrorCode::Usage,
                 "--since and --until want a date like 2026-02-10, or a time like 2026-02-10T09:00:00Z."};
}

int list(AuditArguments arguments, Context& context) {
    if (auto error = readTimes(arguments))
        return complain(context, error->message, UsageError);
    auto store = openAuditStore(arguments.audit);
    if (!store)
        return complain(context, store.error().message, NoAudit);
    const auto done = (*store)->each(arguments.filter, [&](const StoredRecord& stored) {
        const auto record = parseRecordLine(stored.line);
        context.io.out << (record ? recordText(*record)
                                  : std::to_string(stored.seq) +
                                        "  (not a record: " + record.error().message + ")")
                       << "\n";
        return true;
    });
    return done ? InSync : complain(context, done.error().message, NoAudit);
}

int show(const AuditArguments& arguments, Context& context) {
    auto store = openAuditStore(arguments.audit);
    if (!store)
        return complain(context, store.error().message, NoAudit);
    RecordFilter one;
    one.offset = arguments.seq;
    one.limit = 1;
    bool found = false;
    const auto done = (*store)->each(one, [&](const StoredRecord& stored) {
        found = stored.seq == arguments.seq;
        if (found)
            context.io.out << stored.line << "\n"; // canonical JSON escapes control characters
        return false;
    });
    if (!done)
        return complain(context, done.error().message, NoAudit);
    return found ? InSync
                 : complain(context, "there is no record " + std::to_string(arguments.seq) + ".", UsageError);
}

int recover(const AuditArguments& arguments, Context& context) {
    auto store = openAuditStore(arguments.audit);
    if (!store)
        return complain(context, store.error().message, NoAudit);
    if (auto ready = (*store)->ready(); !ready)
        return complain(context, ready.error().message, NoAudit);
    const auto open = (*store)->openIntents();
    if (!open)
        return complain(context, open.error().message, NoAudit);
    const auto transport = transportFor(context, arguments.hosts);
    Scanner scanner(*transport, Clock::system());
    Restarter restarter(scanner, **store, Clock::system());
    int code = InSync;
    for (const OpenIntent& intent : *open) {
        HostOptions options = arguments.hosts;
        options.local = intent.draft.target.vm == "local";
        auto hosts = hostsOf(options.local ? std::vector<std::string>{} : std::vector{intent.draft.target.vm},
                             options);
        const auto result =
            hosts ? restarter.recover(intent, hosts->front(), currentActor(context.env), context.cancel)
                  : tl::unexpected(hosts.error());
        if (result)
            context.io.out << "record " << intent.seq << ": " << result->status
                           << (result->verdict.empty() ? "" : ", now " + result->verdict) << "\n";
        else
            code = complain(context, result.error().message, cli::exitCodeOf(result.error()));
    }
    if (open->empty())
        context.io.out << "No open intent.\n";
    return code;
}

void addFilter(CLI::App& command, AuditArguments& arguments) {
    command.add_option("--since", arguments.since, "Records from this time on")->type_name("TIME");
    command.add_option("--until", arguments.until, "Records before this time")->type_name("TIME");
    command.add_option("--host", arguments.filter.host, "Records of this host")->type_name("HOST");
    command.add_option("--service", arguments.filter.service, "Records of this SERVICE or PROJECT/SERVICE")
        ->type_name("SERVICE");
    command.add_option("--actor", arguments.filter.actor, "Records of this account or claimed actor")
        ->type_name("NAME");
    command
        .add_option("--outcome", arguments.filter.outcome,
                    "Records with this outcome: verified, failed, refused, …")
        ->type_name("WORD");
    command.add_option("--limit", arguments.filter.limit, "At most this many")->type_name("N");
    command.add_flag("--newest-first", arguments.filter.newestFirst, "Begin with the last record");
}

using Action = int (*)(AuditArguments, Context&);

std::shared_ptr<AuditArguments> addAction(CLI::App& audit, Run& run, const char* name, const char* what,
                                          Action action) {
    auto* command = audit.add_subcommand(name, what);
    auto arguments = std::make_shared<AuditArguments>();
    command
        ->add_option("--audit", arguments->audit, "The audit log: a file (default: in the XDG data folder)")
        ->type_name("WHERE");
    command->callback([arguments, action, &run] {
        run = [arguments, action](Context& context) { return action(*arguments, context); };
    });
    return arguments;
}

} // namespace

void addAuditCommand(CLI::App& app, Run& run) {
    auto* audit = app.add_subcommand("audit", "Read the audit log, and settle what a crash left open");
    audit->require_subcommand(1);
    auto listed = addAction(*audit, run, "list", "One line a record", list);
    addFilter(*audit->get_subcommand("list"), *listed);
    auto shown = addAction(*audit, run, "show", "One record as it is stored",
                           [](AuditArguments a, Context& c) { return show(a, c); });
    audit->get_subcommand("show")->add_option("SEQ", shown->seq, "Number of the record")->required();
    auto recovered =
        addAction(*audit, run, "recover", "Look, without touching anything, what became of open intents",
                  [](AuditArguments a, Context& c) { return recover(a, c); });
    addHostOptions(*audit->get_subcommand("recover"), recovered->hosts);
}

} // namespace inodeck::cli
