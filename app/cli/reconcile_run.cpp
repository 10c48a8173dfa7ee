#include "app/cli/reconcile_run.h"

#include "app/cli/ci_output.h"
#include "app/cli/reconcile_json.h"
#include "app/cli/reconcile_text.h"
#include "app/cli/steps.h"
#include "core/base/text.h"

namespace inodeck::cli {

namespace {

std::string value(const Context& context, const char* name) {
    const auto found = context.env.find(name);
    return found == context.env.end() ? std::string{} : found->second;
}

std::string defaultReason(const Context& context) {
    const std::string commit = value(context, "GITHUB_SHA");
    const std::string actor = value(context, "GITHUB_ACTOR");
    std::string reason = "deploy";
    if (!commit.empty())
        reason += " of " + commit.substr(0, 12);
    if (!actor.empty())
        reason += " by " + actor;
    return reason;
}

/// Of the fleet file, else of the environment; empty: none.
LokiOptions lokiOf(const Fleet& fleet, const Context& context) {
    LokiOptions loki;
    loki.url = fleet.events.loki ? fleet.events.lokiUrl : value(context, "GRAFANA_CLOUD_LOKI_URL");
    loki.user = fleet.events.loki ? fleet.events.lokiUser : value(context, "GRAFANA_CLOUD_LOKI_USER");
    loki.apiKey = fleet.events.loki ? fleet.events.lokiApiKey : value(context, "GRAFANA_CLOUD_LOKI_API_KEY");
    const auto label = [&](const char* name, std::string& into) {
        if (const auto found = fleet.events.labels.find(name); found != fleet.events.labels.end())
            into = found->second;
    };
    label("app", loki.app);
    label("env", loki.env);
    std::string state = value(context, "XDG_STATE_HOME");
    if (state.empty() || state.front() != '/')
        state = value(context, "HOME") + "/.local/state";
    loki.outbox = state + "/inodeck/outbox";
    return loki;
}

/// A sink that cannot be opened is told and left out: it is no reason not to deploy.
std::unique_ptr<EventSink> sinkOf(const std::string& file, const Fleet& fleet, Context& context) {
    std::vector<std::unique_ptr<EventSink>> sinks;
    const auto add = [&](Result<std::unique_ptr<EventSink>> sink) {
        if (sink)
            sinks.push_back(std::move(*sink));
        else
            context.io.err << "inodeck: events: " << sink.error().message << "\n";
    };
    if (!file.empty())
        add(fileSink(file));
    if (const LokiOptions loki = lokiOf(fleet, context); !loki.url.empty())
        add(lokiSink(loki));
    else if (fleet.events.loki)
        context.io.err << "inodeck: events: the fleet file asks for Loki, and neither it nor "
                          "GRAFANA_CLOUD_LOKI_URL says where it is\n";
    return compositeSink(std::move(sinks));
}

} // namespace

void addReconcileOptions(CLI::App& command, ReconcileArguments& arguments) {
    command
        .add_option("--reason", arguments.reason,
                    "Why; goes into the audit log (default: \"deploy\", with commit and actor of CI)")
        ->type_name("TEXT");
    command.add_flag("--dry-run", arguments.dryRun, "Show what would be restarted and why; do nothing");
    command.add_flag("--yes-protected", arguments.yesProtected, "Go on although a host is protected");
    command
        .add_option("--wait", arguments.wait,
                    "Wait for another who is at work there (default: the 5 s that the lock of an ended run "
                    "may linger)")
        ->type_name("SECONDS")
        ->check(CLI::Range(0, 86400));
    command.add_option("--stop-timeout", arguments.stopTimeout, "Time for a clean stop (default 10)")
        ->type_name("SECONDS")
        ->check(CLI::Range(0, 3600));
    command
        .add_option("--events", arguments.events,
                    "Append events as JSON lines to this file; '-' is stdout, and the text goes to stderr")
        ->type_name("FILE");
    command.add_flag("--json", arguments.json, "Print one JSON document, schema inodeck.reconcile/v1");
    addAuditOption(command, arguments.audit);
    addHostOptions(command, arguments.hosts);
}

ReconcileOrder orderOf(const ReconcileArguments& arguments, const Context& context) {
    ReconcileOrder order;
    order.reason = arguments.reason.empty() ? defaultReason(context) : arguments.reason;
    order.actor = currentActor(context.env);
    order.deployment.commit = value(context, "GITHUB_SHA");
    order.deployment.actor = order.actor.claimed.empty() ? order.actor.account : order.actor.claimed;
    order.wait = std::chrono::seconds{arguments.wait};
    order.scope.stopTimeout = std::chrono::seconds{arguments.stopTimeout};
    order.dryRun = arguments.dryRun;
    order.protectedConfirmed = arguments.yesProtected;
    return order;
}

int reconcileAndTell(const std::vector<Host>& hosts, const ReconcileOrder& order,
                     const ReconcileArguments& arguments, const Fleet& fleet, Context& context) {
    const std::string file = arguments.events.empty() ? fleet.events.file : arguments.events;
    if (file == "-" && arguments.json)
        return complain(context, "--json and events on stdout exclude each other; name a file.", UsageError);
    if (order.reason.find_first_not_of(" \t\r\n") == std::string::npos)
        return complain(context, "--reason is empty: say why, it goes on record.", UsageError);
    std::ostream& out = file == "-" ? context.io.err : context.io.out;
    const bool colours = context.io.colours && file != "-" && !isGitHub(context.env);
    const auto transport = transportFor(context, arguments.hosts);
    Scanner scanner(*transport, Clock::system());
    const auto sink = sinkOf(file, fleet, context);
    ReconcileWatch watch;
    watch.onNotice = [&](const std::string& sentence) {
        context.io.err << "inodeck: " << sentence << std::endl;
    };
    if (!arguments.json) {
        watch.onBegin = [&](const Host& host, const Item& item) {
            out << beginText(host, item) << std::flush;
        };
        watch.onStep = [&](const StepEvent& event) { printStep(event, out, colours); };
    }
    Reconciler reconciler(*transport, scanner, arguments.audit.in(context, fleet), sink.get(),
                          Clock::system());
    const Report report = reconciler.run(hosts, order, watch, context.cancel);
    if (arguments.json)
        context.io.out << reconcileJson(report, order.dryRun);
    else if (report.usage.empty())
        out << reportText(report, order.dryRun, colours);
    if (!report.usage.empty())
        complain(context, report.usage, UsageError);
    if (isGitHub(context.env)) {
        (arguments.json ? context.io.err : out) << annotations(report) << std::flush;
        if (const std::string why = appendSummary(report, context.env); !why.empty())
            complain(context, why, UsageError);
    }
    return static_cast<int>(report.verdict());
}

} // namespace inodeck::cli
