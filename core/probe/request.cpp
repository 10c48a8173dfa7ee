#include "core/probe/request.h"
#include "core/base/hex.h"
#include "core/base/text.h"
#include "core/probe/probe.h"
#include "probe_script.h"

namespace inodeck {

namespace {

/// Works in any login shell. `cat` reads the script, as dash takes its stdin a byte at a time. The command
/// whose right is tested is the command that is run: sudoers may allow one and not another.
constexpr const char* Bootstrap =
    "exec sh -c '"
    "inodeck_uid=$(id -u); if [ \"$inodeck_uid\" != 0 ] && sudo -n env INODECK_SUDO=1 sh -c : </dev/null "
    ">/dev/null 2>&1; then "
    "exec sudo -n env INODECK_SUDO=1 ${DOCKER_HOST:+\"DOCKER_HOST=$DOCKER_HOST\"} "
    "sh -c \"eval \\\"\\$(cat)\\\"\"; fi; "
    "eval \"$(cat)\"'";

std::string quoted(const std::vector<std::string>& argv) {
    std::string words;
    for (const std::string& word : argv)
        words += shellQuote(word) + " ";
    return words;
}

std::string head(const ProbeOptions& options) {
    const std::string docker = quoted(options.docker);
    std::string only;
    for (const ContainerId& id : options.only)
        only += (only.empty() ? "" : " ") + id.hex();
    return "run_docker() { " + docker + "\"$@\" </dev/null; }\n" +
           "if command -v timeout >/dev/null; then bound_docker() { timeout 20 " + docker +
           "\"$@\" </dev/null; }\n" + "else bound_docker() { run_docker \"$@\"; }; fi\n" +
           "hash_limit=" + std::to_string(options.hashLimit) + "\nonly='" + only +
           "'\nlook=" + shellQuote(LookScript) + "\n";
}

} // namespace

ExecRequest probeRequest(const ProbeOptions& options) {
    ExecRequest request;
    request.command = Bootstrap;
    request.input = head(options) + "read_side= read_source= read_destination= read_limit=0\n" + ProbeScript;
    return request;
}

ExecRequest readRequest(const ProbeOptions& options, const Observation& observation, SideName side,
                        std::uint64_t limit) {
    ProbeOptions one = options;
    one.only = {observation.container.id};
    ExecRequest request;
    request.command = Bootstrap;
    request.input = head(one) + "read_side=" + (side == SideName::Host ? "h" : "c") + " read_source=x" +
                    hexEncode(observation.source) + " read_destination=x" +
                    hexEncode(observation.destination) + " read_limit=" + std::to_string(limit + 1) + "\n" +
                    ProbeScript;
    request.maxOutput = limit + (std::size_t{4} << 20);
    return request;
}

} // namespace inodeck
