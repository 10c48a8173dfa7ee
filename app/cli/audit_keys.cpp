#include "app/cli/audit_options.h"
#include "core/audit/base64.h"
#include "core/audit/guarded_file.h"
#include "core/audit/signing_key.h"
#include "core/base/text.h"
#include "core/restart/restart.h"

namespace inodeck::cli {

namespace {

struct KeyArguments {
    AuditWhere audit;
    std::string key; ///< base64 public key, or kid
    std::string reason;
};

int showKey(const KeyArguments&, Context& context) {
    if (auto guarded = guardDirectory(dataDirectory(), true); !guarded)
        return complain(context, guarded.error().message, NoAudit);
    const auto key = SigningKey::load(keyDirectory(), true);
    if (!key)
        return complain(context, key.error().message, NoAudit);
    context.io.out << "kid     " << key->kid() << "\npublic  " << key->publicText() << "\n"
                   << publicKeyPem(key->publicKey());
    return InSync;
}

/// A store that may be written, or why not.
Result<std::unique_ptr<AuditStore>> writableStore(const KeyArguments& arguments, const Context& context) {
    auto store = arguments.audit.in(context).and_then(openAuditStore);
    if (!store)
        return store;
    if (auto ready = (*store)->ready(); !ready)
        return tl::unexpected(ready.error());
    return store;
}

int rotateKey(const KeyArguments& arguments, Context& context) {
    auto store = writableStore(arguments, context);
    if (!store)
        return noLog(context, store.error());
    if (auto rotated = (*store)->rotateKey(currentActor(context.env), arguments.reason); !rotated)
        return complain(context, rotated.error().message, NoAudit);
    context.io.out << "This installation signs with a new key from now on:\n";
    return showKey(arguments, context);
}

int changeKeys(const KeyArguments& arguments, const AuditKeyChange& change, Context& context) {
    auto store = writableStore(arguments, context);
    if (!store)
        return noLog(context, store.error());
    RecordDraft draft;
    draft.type = RecordType::KeyRotate;
    draft.actor = currentActor(context.env);
    draft.reason = arguments.reason;
    draft.key = change;
    const auto kept = (*store)->append(draft, Deadline::after(std::chrono::seconds{20}));
    if (!kept)
        return complain(context, kept.error().message, NoAudit);
    context.io.out << "Recorded as record " << kept->seq << " of " << (*store)->location() << ".\n";
    return InSync;
}

int allowKey(const KeyArguments& arguments, Context& context) {
    const auto bytes = unbase64(arguments.key);
    if (!bytes || bytes->size() != 32)
        return complain(
            context,
            "the key to allow is the base64 text that 'inodeck audit key show' prints after 'public'.",
            UsageError);
    return changeKeys(arguments, {*bytes, {}}, context);
}

void addReason(CLI::App& command, KeyArguments& arguments) {
    command.add_option("--reason", arguments.reason, "Why; goes into the audit log")
        ->type_name("TEXT")
        ->required();
    addAuditOptions(command, arguments.audit);
}

} // namespace

void addAuditKeys(CLI::App& audit, Run& run) {
    auto* key = audit.add_subcommand("key", "The keys that sign the log");
    key->require_subcommand(1);
    addAction<KeyArguments>(
        *key, run, "show", "This installation's public key", [](CLI::App&, KeyArguments&) {}, showKey);
    addAction<KeyArguments>(*key, run, "rotate", "Sign with a new key from the next record on", addReason,
                            rotateKey);
    addAction<KeyArguments>(
        *key, run, "allow", "Let another installation write this log",
        [](CLI::App& command, KeyArguments& a) {
            command.add_option("PUBLIC", a.key, "What its 'inodeck audit key show' prints after 'public'")
                ->required();
            addReason(command, a);
        },
        allowKey);
}

} // namespace inodeck::cli
