#include <QCoreApplication>
#include <csignal>
#include <cstdio>
#include <fstream>

#include "core/probe/probe.h"
#include "core/ssh/ssh_transport.h"

// record_fleet SSH_CONFIG OUT HOST…: writes the probe's answer of each host to OUT/HOST.probe, byte for byte,
// for `--replay OUT`.

namespace {

bool record(inodeck::SshTransport& transport, const std::string& host, const std::string& path) {
    const auto deadline = inodeck::Deadline::after(std::chrono::seconds{60});
    const inodeck::Cancel cancel;
    auto session = transport.connect({host, false}, deadline, cancel);
    const auto answer = session ? (*session)->exec(inodeck::probeRequest({}), deadline, cancel)
                                : tl::unexpected(session.error());
    if (!answer) {
        std::fprintf(stderr, "%s: %s\n", host.c_str(), answer.error().message.c_str());
        return false;
    }
    return static_cast<bool>(std::ofstream(path, std::ios::binary) << answer->output << std::flush);
}

} // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    const QCoreApplication application(argc, argv);
    if (argc < 4) {
        std::fprintf(stderr, "usage: record_fleet SSH_CONFIG OUT HOST…\n");
        return 2;
    }
    inodeck::SshTransport transport({argv[1], std::chrono::seconds{15}, nullptr});
    bool all = true;
    for (int i = 3; i < argc; ++i)
        all = record(transport, argv[i], std::string{argv[2]} + "/" + argv[i] + ".probe") && all;
    return all ? 0 : 1;
}
