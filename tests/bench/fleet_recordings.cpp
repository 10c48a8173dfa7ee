#include "tests/bench/fleet_recordings.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/base/hex.h"
#include "core/base/sha256.h"

namespace inodeck::bench {

namespace {

std::string hex(const std::string& text) {
    return "x" + hexEncode(text);
}

std::string side(int number, char which, int inode, const std::string& content) {
    std::ostringstream lines;
    const std::string name = std::to_string(number) + which;
    lines << "S " << name << " 65024 " << inode << " " << content.size()
          << " 81a4 2026-02-10 09:14:03.123456789 +0000\n"
          << "H " << name << " " << Sha256::of(content).hex() << "\n";
    return lines.str();
}

std::string recording(int host, int mounts, int round) {
    std::ostringstream out;
    out << "inodeck-probe 1\nuser 0 0 " << hex("root") << "\nruntime " << hex("20.10.24 Engine,containerd,")
        << "\nclock 1795525136.430034909 8931.93\nmachine " << hex("4f3e2d1c0b") << "\n";
    for (int i = 0; i < mounts; ++i) {
        const std::string name = "service-" + std::to_string(i);
        const std::string id = Sha256::of(std::to_string(host) + name).hex();
        const std::string project = i % 2 ? "runtime" : "edge";
        out << "container {\"id\":\"" << id << "\",\"name\":\"/" << project << "-" << name
            << "-1\",\"image\":\"registry.example.net/" << project << "/" << name
            << ":2026.02\",\"image_id\":\"sha256:" << Sha256::of(name).hex()
            << "\",\"status\":\"running\",\"running\":true,\"pid\":" << 1000 + i
            << ",\"started_at\":\"2026-11-24T10:00:00.5Z\",\"health\":\"\",\"restart_policy\":\"always\","
               "\"ports\":{},"
               "\"project\":\""
            << project << "\",\"service\":\"" << name << "\",\"depends_on\":\"\",\"working_dir\":\"/srv/"
            << project << "\",\"config_files\":\"/srv/" << project << "/compose.yaml\"}\n"
            << "mount " << id << " " << 1000 + i << " true false "
            << hex("/srv/" + project + "/" + name + "/config.yml") << " "
            << hex("/etc/" + name + "/config.yml") << "\nproc " << id << " " << 1000 + i
            << " 500000 1\nagain " << id << " 500000\n";
        const bool stale = (host + i + round) % 10 == 0;
        out << side(i, 'h', 5000 + i, "config " + name)
            << side(i, 'c', stale ? 9000 + i : 5000 + i, stale ? "older config" : "config " + name);
    }
    out << "end " << mounts << "\n";
    return out.str();
}

} // namespace

void writeRecordings(const std::string& folder, int hosts, int mounts, int round) {
    for (int host = 0; host < hosts; ++host) {
        char name[32];
        std::snprintf(name, sizeof name, "vm-%04d.probe", host);
        std::ofstream(std::filesystem::path(folder) / name, std::ios::binary)
            << recording(host, mounts, round);
    }
}

} // namespace inodeck::bench
