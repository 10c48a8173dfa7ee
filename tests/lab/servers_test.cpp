#include <gtest/gtest.h>
#include <regex>

#include "tests/support/lab.h"

namespace inodeck::lab {
namespace {

/// The lab's own compose services, real servers: what they serve is the proof.
class Servers : public ::testing::Test {
protected:
    static std::string containerOf(const std::string& service) {
        return docker({"ps", "-q", "--filter", "label=com.docker.compose.service=" + service});
    }
    static std::string url(const std::string& port, const std::string& path) {
        return "http://" + value("INODECK_LAB_VM1") + ":" + value(port) + path;
    }
    /// As a deploy does it: by rsync, from a copy with the new content.
    void deploy(const fs::path& to, const std::string& content) const {
        const fs::path copy = rig.file("copy", content);
        const Finished done = run({"rsync", "--ignore-times", copy, to});
        ASSERT_EQ(done.status, 0) << done.err;
    }
    void restart(const std::string& selector) const {
        const Finished done = rig.inodeck(
            {"restart", "--ssh-config", sshConfig(), "vm1", selector, "--reason", "deployed"}, 120s);
        EXPECT_EQ(done.status, 0) << done.out << done.err;
    }

    Rig rig;
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos)
        throw std::runtime_error("no '" + from + "' in: " + text);
    return text.replace(at, from.size(), to);
}

TEST_F(Servers, CaddyReloadReadsTheOldFileAndRestartTheNew) {
    const fs::path config = dir() / "vm1/srv/edge/Caddyfile";
    const std::string page = url("INODECK_LAB_CADDY_PORT", "/");
    const auto before = http(page);
    ASSERT_TRUE(before && !before->empty());
    const std::string after = *before + "+";
    deploy(config, replaced(readFile(config), *before, after));

    // Caddy's own reload succeeds, and goes on serving the old release.
    docker({"exec", containerOf("caddy"), "caddy", "reload", "--force", "--config", "/etc/caddy/Caddyfile",
            "--address", value("INODECK_LAB_VM1") + ":" + value("INODECK_LAB_CADDY_ADMIN_PORT")});
    EXPECT_EQ(http(page), before);
    EXPECT_EQ(rig.verdict("caddy"), "stale_inode");

    restart("edge/caddy");
    EXPECT_TRUE(eventually([&] { return http(page) == after; })) << http(page).value_or("(no answer)");
    EXPECT_EQ(rig.verdict("caddy"), "in_sync");
}

TEST_F(Servers, PrometheusReloadReadsTheOldFileAndRestartTheNew) {
    const fs::path config = dir() / "vm1/srv/runtime/prometheus.yml";
    const std::string status = url("INODECK_LAB_PROMETHEUS_PORT", "/api/v1/status/config");
    const auto runs = [&](const std::string& interval) {
        return http(status).value_or("").find("scrape_interval: " + interval + "\\n") != std::string::npos;
    };
    const std::string fresh = runs("41s") ? "42s" : "41s";
    const auto before = http(status);
    ASSERT_TRUE(before);
    // The deploy that the lab starts with is done already: this one lies on top of it.
    deploy(config, std::regex_replace(readFile(config), std::regex("scrape_interval: .*"),
                                      "scrape_interval: " + fresh));
    ASSERT_TRUE(http(url("INODECK_LAB_PROMETHEUS_PORT", "/-/reload"), "POST"))
        << "the reload itself answers 200";
    EXPECT_EQ(http(status), before) << "it re-read the old inode";
    EXPECT_EQ(rig.verdict("prometheus"), "stale_inode");

    restart("runtime/prometheus");
    EXPECT_TRUE(eventually([&] { return runs(fresh); })) << http(status).value_or("(no answer)");
    EXPECT_EQ(rig.verdict("prometheus"), "in_sync");
}

} // namespace
} // namespace inodeck::lab
