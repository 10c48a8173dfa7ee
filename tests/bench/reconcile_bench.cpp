#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "tests/bench/process.h"

// reconcile_bench DIR INODECK REPETITIONS CADDY: a deploy in which no config has changed. DIR is a lab of
// scripts/lab whose vm1 has the 50 containers of scripts/bench and nothing to restart, and an inodeck.yaml
// with a hash file; CADDY is the id of vm1's Caddy. In turns, medians: reconcile, which looks at every
// mount, and the handlers of resources/deploy/before, which look at one file and reload another service.

namespace inodeck::bench {
namespace {

double wall(const Argv& argv) {
    const Cost cost = measure(argv);
    if (cost.status != 0)
        throw std::runtime_error(argv[0] + " ended with status " + std::to_string(cost.status));
    return cost.wall.count();
}

Argv ssh(const std::string& lab, const std::string& command) {
    return {"ssh", "-F", lab + "/ssh_config", "vm1", command};
}

int run(const std::string& lab, const std::string& inodeck, int repetitions, const std::string& caddy) {
    const std::string file = lab + "/vm1/srv/bench/1.conf";
    const Argv reconcile{inodeck,        "reconcile",         "--fleet", lab + "/inodeck.yaml",
                         "--ssh-config", lab + "/ssh_config", "--audit", lab + "/audit/log.sqlite",
                         "vm1"};
    const Argv gate = ssh(lab, "new=$(sha256sum " + file + " | cut -d' ' -f1); [ \"$new\" = \"$(cat " + lab +
                                   "/vm1/srv/bench/1.sha256)\" ]");
    const Argv reload = ssh(lab, "docker exec " + caddy + " caddy reload --config /etc/caddy/Caddyfile");
    std::vector<double> ours;
    std::vector<double> theirs;
    for (int i = 0; i < repetitions; ++i) {
        ours.push_back(wall(reconcile));
        theirs.push_back(wall(gate) + wall(reload)); // the third does nothing
    }
    std::printf("| what | Inodeck | the other | ratio | goal |\n| --- | --- | --- | --- | --- |\n"
                "| deploy with nothing to do, 50 mounted files | inodeck reconcile %.1f ms | three handlers "
                "over ssh %.1f ms | %.3f (1/%.1f) | less than 1 |\n",
                median(ours), median(theirs), median(ours) / median(theirs), median(theirs) / median(ours));
    return 0;
}

} // namespace
} // namespace inodeck::bench

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr, "usage: reconcile_bench LAB INODECK REPETITIONS CADDY\n");
        return 2;
    }
    try {
        return inodeck::bench::run(argv[1], argv[2], std::atoi(argv[3]), argv[4]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "reconcile_bench: %s\n", error.what());
        return 1;
    }
}
