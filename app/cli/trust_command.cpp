#include <algorithm>

#include "app/cli/audit_options.h"
#include "core/base/text.h"
#include "core/restart/restart.h"
#include "core/ssh/ssh_transport.h"

namespace inodeck::cli {

namespace {

struct TrustArguments {
    std::string host;
    HostOptions hosts; ///< --fleet and --ssh-config of them
    std::string fingerprint;
    AuditWhere audit;
    bool yes = false;
};

/// As ssh-keygen -l prints it.
std::string whyNoFingerprint(const std::string& text) {
    const auto isBase64 = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
               c == '/';
    };
    const std::string prefix = "SHA256:";
    const bool good =
        text.starts_with(prefix) && text.size() == prefix.size() + 43 &&
        std::all_of(text.begin() + static_cast<std::ptrdiff_t>(prefix.size()), text.end(), isBase64);
    return good ? std::string{}
                : "'" + text + "' is no fingerprint: SHA256: and 43 characters, as ssh-keygen -l prints it";
}

/// Whether to record it: told so by option, or by a person at the terminal.
bool agreed(const ServerKey& key, const TrustArguments& arguments, Context& context) {
    if (arguments.yes || arguments.fingerprint == key.fingerprint)
        return true;
    if (!context.io.inIsTerminal)
        return false;
    context.io.out << "Is this the fingerprint that the host's own console shows? Type yes to record it: "
                   << std::flush;
    std::string answer;
    std::getline(context.io.in, answer);
    return answer == "yes";
}

RecordDraft recordOf(RecordType type, const ServerKey& key, const TrustArguments& arguments,
                     const Context& context) {
    RecordDraft record;
    record.type = type;
    record.opId = newUuid();
    record.actor = currentActor(context.env);
    record.target.vm = arguments.host;
    record.target.address = key.address;
    record.target.hostKeySha256 = key.fingerprint;
    return record;
}

/// Makes `record` one of a key that is not accepted, and keeps it. What is to be said where that failed.
std::string recordRefused(RecordDraft record, const std::string& status, const std::string& why,
                          const std::string& where) {
    record.type = RecordType::Refused;
    record.reason = "trust";
    record.result = AuditResult{};
    record.result->status = status;
    record.result->stderrTail = why;
    const auto kept = recordNow(where, record);
    return kept ? std::string{} : " (This refusal is not on record: " + kept.error().message + ")";
}

int refuse(const std::string& why, const ServerKey& key, const TrustArguments& arguments, Context& context) {
    const RecordDraft record = recordOf(RecordType::Refused, key, arguments, context);
    const std::string unrecorded = recordRefused(record, "refused", why, arguments.audit.option);
    return complain(context, "REFUSED: " + why + unrecorded, ActionFailed);
}

/// On record first: a key that nobody can be asked about is not accepted.
int accept(const ServerKey& key, const TrustArguments& arguments, Context& context) {
    RecordDraft record = recordOf(RecordType::HostKeyAccepted, key, arguments, context);
    record.reason = arguments.yes                   ? "accepted unseen (--yes)"
                    : arguments.fingerprint.empty() ? "accepted at the terminal"
                                                    : "accepted by --fingerprint";
    const auto kept = recordNow(arguments.audit.option, record);
    if (!kept)
        return complain(
            context, "the host key was not accepted, no audit record can be written: " + kept.error().message,
            NoAudit);
    if (auto recorded = recordServerKey(key); !recorded) {
        const std::string why = recorded.error().message;
        const std::string unrecorded = recordRefused(record, "failed", why, arguments.audit.option);
        return complain(context,
                        why + (unrecorded.empty() ? " The audit log says so, too: record " +
                                                        std::to_string(kept->seq) + " did not take effect."
                                                  : unrecorded),
                        ActionFailed);
    }
    context.io.out << "Recorded in " << printable(key.knownHostsFile) << ", and as record " << kept->seq
                   << " of the audit log.\n";
    return InSync;
}

int answerFor(const ServerKey& key, const TrustArguments& arguments, Context& context) {
    std::ostream& out = context.io.out;
    out << printable(key.host) << " (" << printable(key.address) << ") has the " << printable(key.keyType)
        << " key\n  " << printable(key.fingerprint) << "\n";
    const bool other = !arguments.fingerprint.empty() && arguments.fingerprint != key.fingerprint;
    const std::string mismatch = "the host's key is " + printable(key.fingerprint) + ", and not " +
                                 printable(arguments.fingerprint) + " as --fingerprint says. ";
    switch (key.state) {
    case ServerKey::State::Known:
        if (other)
            return refuse(mismatch + "It is known already, from " + printable(key.knownHostsFile) +
                              "; find out which of them the host's own console shows.",
                          key, arguments, context);
        out << "It is known already, from " << printable(key.knownHostsFile) << ".\n";
        return InSync;
    case ServerKey::State::Changed:
        return refuse("the host key has changed. Known is " + printable(key.knownFingerprint) + " in " +
                          printable(key.knownHostsFile) +
                          ". Find out why (a new installation, or somebody in between?), then remove the "
                          "old line with ssh-keygen -R yourself.",
                      key, arguments, context);
    case ServerKey::State::Revoked:
        return refuse("this key is marked @revoked in " + printable(key.knownHostsFile) + ".", key, arguments,
                      context);
    case ServerKey::State::Unknown:
        break;
    }
    if (other)
        return refuse(mismatch + "Nothing was written to known_hosts; find out which of them the host's own "
                                 "console shows.",
                      key, arguments, context);
    if (!agreed(key, arguments, context))
        return complain(
            context,
            "nothing was recorded. Compare the fingerprint, then answer yes, or give it with --fingerprint.",
            ActionFailed);
    return accept(key, arguments, context);
}

int trust(TrustArguments arguments, Context& context) {
    const auto fleet = setup::fleetOf(arguments.hosts.fleet, context.env);
    const auto host = fleet ? oneHost(arguments.host, arguments.hosts, *fleet)
                            : Result<Host>(tl::unexpected(fleet.error()));
    if (!host)
        return complain(context, host.error().message, UsageError);
    if (host->local)
        return complain(context, printable(host->name) + " is this machine; it is looked at without ssh.",
                        UsageError);
    arguments.host = host->name;
    arguments.audit.option = arguments.audit.in(context, *fleet);
    SshOptions options;
    options.configFile = arguments.hosts.sshConfig;
    const auto key = fetchServerKey({host->target(), false}, options,
                                    Deadline::after(std::chrono::seconds{30}), context.cancel);
    if (!key)
        return complain(context, key.error().message, cli::exitCodeOf(key.error()));
    return answerFor(*key, arguments, context);
}

} // namespace

void addTrustCommand(CLI::App& app, Run& run) {
    auto* command = app.add_subcommand(
        "trust", "Show a host's key fingerprint, and record it in known_hosts once you agree");
    auto arguments = std::make_shared<TrustArguments>();
    command->add_option("HOST", arguments->host, "Host of the fleet file, ssh alias, or [user@]host[:port]")
        ->required();
    addFleetOption(*command, arguments->hosts.fleet);
    addSshConfigOption(*command, arguments->hosts.sshConfig);
    auto* fingerprint =
        command->add_option("--fingerprint", arguments->fingerprint, "Record it if it is this one (SHA256:…)")
            ->type_name("SHA256")
            ->check(CLI::Validator(whyNoFingerprint, ""));
    command->add_flag("--yes", arguments->yes, "Record it unseen: only where nobody can be in between")
        ->excludes(fingerprint);
    addAuditOption(*command, arguments->audit);
    command->callback(
        [arguments, &run] { run = [arguments](Context& context) { return trust(*arguments, context); }; });
}

} // namespace inodeck::cli
