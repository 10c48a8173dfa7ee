#include "app/cli/audit_options.h"
#include "core/audit/record_line.h"
#include "core/base/text.h"
#include "core/restart/recover.h"

namespace inodeck::cli {

namespace {

struct ListArguments {
    AuditWhere audit;
    FilterOptions filter;
};

struct ShowArguments {
    AuditWhere audit;
    std::uint64_t seq = 0;
};

struct RecoverArguments {
    AuditWhere audit;
    HostOptions hosts;
};

std::string recordText(const ParsedRecord& record) {
    const RecordDraft& d = record.draft;
    std::string text = std::to_string(record.envelope.seq) + "  " + formatRfc3339(record.envelope.ts, 0) +
                       "  " + std::string(toString(d.type));
    if (!d.target.vm.empty())
        text += "  " + printable(d.target.vm);
    if (!d.target.service.empty())
        text += "  " + printable(d.target.project.empty() ? d.target.service
                                                          : d.target.project + "/" + d.target.service);
    if (d.result)
        text += "  " + printable(d.result->status);
    const std::string claimed = d.actor.claimed.empty() ? "" : " (" + printable(d.actor.claimed) + ")";
    text += "  by " + printable(d.actor.account) + claimed;
    return d.reason.empty() ? text : text + "  \"" + printable(d.reason) + "\"";
}

int list(const ListArguments& arguments, Context& context) {
    const auto filter = arguments.filter.parsed();
    if (!filter)
        return complain(context, filter.error().message, UsageError);
    const auto log = arguments.audit.in(context).and_then(openAuditReader);
    if (!log)
        return noLog(context, log.error());
    const auto done = (*log)->each(*filter, [&](const StoredRecord& stored) {
        const auto record = parseRecordLine(stored.line);
        context.io.out << (record ? recordText(*record)
                                  : std::to_string(stored.seq) +
                                        "  (not a record: " + record.error().message + ")")
                       << "\n";
        return !context.cancel.requested();
    });
    return done ? InSync : complain(context, done.error().message, NoAudit);
}

int show(const ShowArguments& arguments, Context& context) {
    const auto log = arguments.audit.in(context).and_then(openAuditReader);
    if (!log)
        return noLog(context, log.error());
    RecordFilter one;
    one.from = arguments.seq;
    one.to = arguments.seq + 1;
    const auto done = (*log)->each(one, [&](const StoredRecord& stored) {
        // Canonical JSON escapes ASCII control characters, but not the others that can reorder or hide text.
        context.io.out << (context.io.outIsTerminal ? printable(stored.line) : stored.line) << "\n";
        return false;
    });
    if (!done)
        return complain(context, done.error().message, NoAudit);
    return *done == 1
               ? InSync
               : complain(context, "there is no record " + std::to_string(arguments.seq) + ".", UsageError);
}

struct Recovery {
    const RecoverArguments& arguments;
    const Fleet& fleet;
    AuditStore& store;
    Transport& transport;
    Context& context;
    Scanner scanner{transport, Clock::system()};
};

Result<std::string> recoverOne(const OpenIntent& intent, Recovery& r) {
    HostOptions of = r.arguments.hosts;
    of.local = intent.draft.target.vm == "local";
    const auto host = oneHost(intent.draft.target.vm, of, r.fleet);
    if (!host)
        return tl::unexpected(host.error());
    const auto tell = [&](const std::string& sentence) {
        r.context.io.err << "inodeck: " << sentence << std::endl;
    };
    const auto recovered = recoverUnderLock(intent, *host, currentActor(r.context.env), r.transport,
                                            r.scanner, r.store, r.context.cancel, tell);
    if (!recovered)
        return tl::unexpected(recovered.error());
    if (!recovered->withoutLock.empty())
        tell("this was looked at without a lock: " + recovered->withoutLock);
    return recovered->found ? recovered->words() : "has its outcome by now";
}

int recover(const RecoverArguments& arguments, Context& context) {
    const auto fleet = setup::fleetOf(arguments.hosts.fleet, context.env);
    if (!fleet)
        return complain(context, fleet.error().message, UsageError);
    auto store = openAuditStore(arguments.audit.in(context, *fleet));
    if (!store)
        return complain(context, store.error().message, NoAudit);
    if (auto ready = (*store)->ready(); !ready)
        return complain(context, ready.error().message, NoAudit);
    const auto open = (*store)->openIntents();
    if (!open)
        return complain(context, open.error().message, NoAudit);
    const auto transport = transportFor(context, arguments.hosts);
    Recovery recovery{arguments, *fleet, **store, *transport, context};
    int code = InSync;
    for (const OpenIntent& intent : *open) {
        const auto done = recoverOne(intent, recovery);
        if (done)
            context.io.out << "record " << intent.seq << ": " << *done << "\n";
        else
            code = std::max(code, complain(context, done.error().message, cli::exitCodeOf(done.error())));
    }
    if (open->empty())
        context.io.out << "No open intent.\n";
    return code;
}

} // namespace

void addAuditReading(CLI::App& audit, Run& run) {
    addAction<ListArguments>(
        audit, run, "list", "One line a record",
        [](CLI::App& command, ListArguments& a) {
            addAuditOptions(command, a.audit);
            addFilterOptions(command, a.filter);
            command.add_flag("--newest-first", a.filter.filter.newestFirst, "Begin with the last record");
        },
        list);
    addAction<ShowArguments>(
        audit, run, "show", "One record as it is stored",
        [](CLI::App& command, ShowArguments& a) {
            command.add_option("SEQ", a.seq, "Number of the record")->required();
            addAuditOptions(command, a.audit);
        },
        show);
    addAction<RecoverArguments>(
        audit, run, "recover", "Look, without touching anything, what became of open intents",
        [](CLI::App& command, RecoverArguments& a) {
            addAuditOption(command, a.audit);
            addHostOptions(command, a.hosts);
        },
        recover);
}

} // namespace inodeck::cli
