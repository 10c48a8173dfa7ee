#include <QCoreApplication>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>

#include "core/scan/scan.h"
#include "core/ssh/ssh_transport.h"
#include "tests/bench/process.h"

// scan_bench DIR INODECK REPETITIONS: DIR is a lab of scripts/lab whose vm1 has the 50 containers of
// scripts/bench. Ratios of one run on one machine: both sides of a ratio are measured in turns, each figure
// is a median.

namespace inodeck::bench {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t Services = 50;
constexpr int FarmHosts = 64;

struct Setting {
    fs::path lab;
    std::string inodeck;
    int repetitions = 15;

    std::string config() const { return lab / "ssh_config"; }
    std::string farmConfig() const { return lab / "farm_config"; }
    Argv ssh(Argv more) const {
        Argv argv{"ssh", "-F", config()};
        argv.insert(argv.end(), more.begin(), more.end());
        return argv;
    }
};

void require(const Cost& cost, int worst, const std::string& what) {
    if (cost.status < 0 || cost.status > worst)
        throw std::runtime_error(what + " failed with status " + std::to_string(cost.status));
}

void row(const char* what, const char* ours, double ourValue, const char* theirs, double theirValue,
         const char* unit, const char* goal) {
    std::printf("| %s | %s %.1f %s | %s %.1f %s | %.3f (1/%.1f) | %s |\n", what, ours, ourValue, unit, theirs,
                theirValue, unit, ourValue / theirValue, theirValue / ourValue, goal);
    std::fflush(stdout);
}

/// Medians of two things done in turns.
std::pair<double, double> inTurns(int repetitions, const std::function<double()>& a,
                                  const std::function<double()>& b) {
    std::vector<double> first;
    std::vector<double> second;
    for (int i = 0; i < repetitions; ++i) {
        first.push_back(a());
        second.push_back(b());
    }
    return {median(first), median(second)};
}

/// What no scan can do without, and nothing else: a new session and Docker's two answers.
double floorOfAScan(const Setting& s) {
    const auto begin = std::chrono::steady_clock::now();
    SshTransport transport{SshOptions{s.config(), std::chrono::seconds{15}, nullptr}};
    const Deadline deadline = Deadline::after(std::chrono::seconds{15});
    const Cancel cancel;
    auto session = transport.connect({"vm1", false}, deadline, cancel);
    if (!session)
        throw std::runtime_error("the floor's session: " + session.error().message);
    ExecRequest request;
    request.command =
        "docker inspect --type container --format '{{.ID}} {{json .Mounts}}' $(docker ps -aq --no-trunc)";
    const auto answer = (*session)->exec(request, deadline, cancel);
    if (!answer || answer->exitStatus != 0)
        throw std::runtime_error("the floor's docker inspect failed");
    return Milliseconds(std::chrono::steady_clock::now() - begin).count();
}

void coldScan(const Setting& s) {
    const Argv scan{s.inodeck, "scan", "--json", "--all", "--ssh-config", s.config(), "vm1"};
    const auto cold = [&] {
        const Cost cost = measure(scan);
        require(cost, 1, "inodeck scan");
        return cost.wall.count();
    };
    const auto [ours, theirs] = inTurns(s.repetitions, cold, [&] {
        const Cost cost = measure(s.ssh({"vm1", "true"}));
        require(cost, 0, "ssh vm1 true");
        return cost.wall.count();
    });
    row("full cold scan, 50 mounted files", "inodeck scan", ours, "ssh host true", theirs, "ms",
        "at most 0.7");

    const auto [least, theirTrue] = inTurns(
        s.repetitions, [&] { return floorOfAScan(s); },
        [&] {
            return measure(s.ssh({"vm1", "true"})).wall.count();
        });
    row("no scan: a session, docker ps and docker inspect", "libssh", least, "ssh host true", theirTrue, "ms",
        "");

    // One pass of fifty is long enough to be steady.
    double each = 0;
    for (std::size_t i = 1; i <= Services; ++i) {
        const Cost cost =
            measure(s.ssh({"vm1", "docker exec bench-" + std::to_string(i) + " sha256sum /etc/app.conf"}));
        require(cost, 0, "docker exec");
        each += cost.wall.count();
    }
    row("the same by hand", "inodeck scan", ours, "50 x ssh host docker exec C sha256sum F", each, "ms",
        "1/50");
}

/// A session that is kept, against the same script through OpenSSH's ControlMaster.
void rescan(const Setting& s) {
    const ExecRequest request = probeRequest({});
    const fs::path script = s.lab / "probe.sh";
    std::ofstream(script, std::ios::binary) << request.input;
    const Argv shared = s.ssh({"-o", "ControlMaster=auto", "-o", "ControlPersist=120", "-o",
                               "ControlPath=" + (s.lab / "control").string(), "vm1", request.command});

    SshTransport transport{SshOptions{s.config(), std::chrono::seconds{15}, nullptr}};
    Scanner scanner{transport, Clock::system()};
    const Cancel cancel;
    const Result<Host> host = parseHost("vm1");
    const auto kept = [&] {
        const auto begin = std::chrono::steady_clock::now();
        const HostScan scan = scanner.scanHost(host.value(), cancel);
        const Milliseconds wall = std::chrono::steady_clock::now() - begin;
        if (scan.status != HostStatus::Ok || scan.rows.size() < Services)
            throw std::runtime_error("the rescan failed: " + scan.error.message);
        return wall.count();
    };
    const auto master = [&] {
        const Cost cost = measure(shared, {script.string()});
        require(cost, 0, "ssh through the ControlMaster");
        return cost.wall.count();
    };
    kept();
    master();
    const auto [ours, theirs] = inTurns(s.repetitions, kept, master);
    row("rescan, 50 mounted files", "kept session", ours, "same probe over ControlMaster", theirs, "ms",
        "at most 1");
    measure(s.ssh({"-o", "ControlPath=" + (s.lab / "control").string(), "-O", "exit", "vm1"}));
}

struct Farm {
    Argv inodeck, clush, pssh;
};

/// The same VM under 64 names: what is compared is the client. Ours does a whole scan, the others run `true`.
Farm farm(const Setting& s) {
    Farm all{{s.inodeck, "scan", "--json", "--all", "--ssh-config", s.farmConfig()},
             {"clush", "-q", "-f", std::to_string(FarmHosts), "-o", "-F " + s.farmConfig(), "-w",
              "f[1-" + std::to_string(FarmHosts) + "]", "true"},
             {"parallel-ssh", "-p", std::to_string(FarmHosts), "-x", "-F " + s.farmConfig(), "-t", "120"}};
    for (int i = 1; i <= FarmHosts; ++i) {
        all.inodeck.push_back("f" + std::to_string(i));
        all.pssh.insert(all.pssh.end(), {"-H", "f" + std::to_string(i)});
    }
    all.pssh.emplace_back("true");
    return all;
}

void clientCpu(const Setting& s, const Farm& all) {
    const auto cpu = [](const Argv& argv, int worst) {
        return [&argv, worst] {
            const Cost cost = measure(argv);
            require(cost, worst, argv[0]);
            return cost.cpu.count() / FarmHosts;
        };
    };
    const int times = std::max(3, s.repetitions / 5);
    const auto [ours, clush] = inTurns(times, cpu(all.inodeck, 1), cpu(all.clush, 0));
    row("client CPU per host, 64 hosts", "inodeck scan", ours, "clush true", clush, "ms", "1/20");
    const auto [again, pssh] = inTurns(times, cpu(all.inodeck, 1), cpu(all.pssh, 0));
    row("client CPU per host, 64 hosts", "inodeck scan", again, "parallel-ssh true", pssh, "ms", "1/20");
}

void memory(const Setting& s, const Farm& all) {
    const auto peak = [](const Argv& argv) {
        return static_cast<double>(measure(argv, {"/dev/null", true}).peakKib) / 1024;
    };
    const Argv one{s.inodeck, "scan", "--json", "--all", "--ssh-config", s.config(), "vm1"};
    row("peak memory, 1 host", "inodeck scan", peak(one), "ssh host true", peak(s.ssh({"vm1", "true"})),
        "MiB", "");
    const double ours = peak(all.inodeck);
    row("peak memory, 64 hosts", "inodeck scan", ours, "clush true", peak(all.clush), "MiB", "");
    row("peak memory, 64 hosts", "inodeck scan", ours, "parallel-ssh true", peak(all.pssh), "MiB", "");
}

int run(const Setting& setting) {
    std::puts("| what | Inodeck | the other | ratio | goal |\n| --- | --- | --- | --- | --- |");
    const Farm all = farm(setting);
    coldScan(setting);
    rescan(setting);
    clientCpu(setting, all);
    memory(setting, all);
    return 0;
}

} // namespace
} // namespace inodeck::bench

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    const QCoreApplication application(argc, argv);
    if (argc != 4) {
        std::fprintf(stderr, "usage: scan_bench LAB INODECK REPETITIONS\n");
        return 2;
    }
    try {
        return inodeck::bench::run({argv[1], argv[2], std::atoi(argv[3])});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "scan_bench: %s\n", error.what());
        return 1;
    }
}
