#include "app/cli/audit_options.h"
#include "core/audit/export.h"
#include "core/audit/guarded_file.h"
#include "core/audit/verify_source.h"
#include "core/base/text.h"
#include "core/restart/restart.h"

namespace inodeck::cli {

namespace {

struct ExportArguments {
    AuditWhere audit;
    FilterOptions filter;
    std::string out;
    std::string format = "jsonl";
};

struct VerifyArguments {
    AuditWhere audit;
    std::string what;
    std::vector<std::string> checkpoints;
};

struct CheckpointArguments {
    AuditWhere audit;
};

int exportRecords(const ExportArguments& arguments, Context& context) {
    const auto filter = arguments.filter.parsed();
    if (!filter)
        return complain(context, filter.error().message, UsageError);
    const auto where = arguments.audit.in(context);
    auto log = where.and_then(openAuditReader);
    if (!log)
        return noLog(context, log.error());
    ExportOptions options{
        arguments.out, arguments.format == "csv" ? ExportFormat::Csv : ExportFormat::Jsonl, *filter, {}};
    if (auto note = recordExport(*where, currentActor(context.env), options))
        options.checkpoint = *note;
    else
        complain(context, "this export has no checkpoint and is not on record: " + note.error().message,
                 InSync);
    const auto summary =
        exportLog(**log, options, context.cancel,
                  [&](std::uint64_t done, std::uint64_t total) { showProgress(context, done, total); });
    endProgress(context);
    if (!summary)
        return complain(context, summary.error().message, cli::exitCodeOf(summary.error()));
    context.io.out << summary->records << " records, " << summary->bytes << " bytes, in "
                   << printable(arguments.out) << "\n";
    if (options.format == ExportFormat::Csv)
        context.io.out << "A CSV is for reading and is not evidence; for evidence use --format jsonl.\n";
    return InSync;
}

int exitCodeOf(const VerifyReport& report) {
    if (report.standing() == VerifyReport::Standing::Broken)
        return ActionFailed;
    if (report.standing() == VerifyReport::Standing::SelfConsistent)
        return Incomplete;
    return report.notices.empty() ? InSync : Drift;
}

int verify(const VerifyArguments& arguments, Context& context) {
    const auto what =
        arguments.what.empty() ? arguments.audit.in(context) : Result<std::string>(arguments.what);
    if (!what)
        return complain(context, what.error().message, UsageError);
    const auto report = verifyLog({*what, arguments.checkpoints}, context.cancel,
                                  [&](std::uint64_t done) { showProgress(context, done, 0); });
    endProgress(context);
    if (!report)
        return complain(context, report.error().message,
                        report.error().code == ErrorCode::Protocol ? ActionFailed : UsageError);
    for (const std::string& line : reportLines(*report))
        context.io.out << line << "\n";
    return exitCodeOf(*report);
}

int checkpoint(const CheckpointArguments& arguments, Context& context) {
    const auto store = arguments.audit.in(context).and_then(openAuditStore);
    const auto note = store ? (*store)->checkpoint() : Result<std::string>(tl::unexpected(store.error()));
    if (!note)
        return noLog(context, note.error());
    context.io.out << *note;
    return InSync;
}

} // namespace

void addAuditEvidence(CLI::App& audit, Run& run) {
    addAction<ExportArguments>(
        audit, run, "export", "Write records where others can check them",
        [](CLI::App& command, ExportArguments& a) {
            command.add_option("--out", a.out, "A new folder, or NAME.tar; for CSV a new file")
                ->type_name("PATH")
                ->required();
            command.add_option("--format", a.format, "jsonl (evidence) or csv (for spreadsheets)")
                ->type_name("FORMAT")
                ->check(CLI::IsMember({"jsonl", "csv"}));
            addAuditOptions(command, a.audit);
            addFilterOptions(command, a.filter);
        },
        exportRecords);
    addAction<VerifyArguments>(
        audit, run, "verify", "Check a log, an export or a plain JSONL",
        [](CLI::App& command, VerifyArguments& a) {
            command.add_option("WHAT", a.what,
                               "Store, export (folder or .tar) or JSONL file (default: the log)");
            command
                .add_option("--checkpoint", a.checkpoints,
                            "A checkpoint that was kept elsewhere; may be repeated")
                ->type_name("FILE");
            addAuditOptions(command, a.audit);
            command.footer(
                "Exit codes: 0 anchored, by a checkpoint from outside or by what this installation "
                "remembers;\n1 the same, but there are notices; 2 cannot be read; "
                "3 self-consistent only, with notices or without; 4 broken.");
        },
        verify);
    addAction<CheckpointArguments>(
        audit, run, "checkpoint", "Print a signed checkpoint of the log, to be kept elsewhere",
        [](CLI::App& command, CheckpointArguments& a) { addAuditOptions(command, a.audit); }, checkpoint);
}

} // namespace inodeck::cli
