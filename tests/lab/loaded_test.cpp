// What a process has loaded, asked of real Caddy and real Prometheus; Alloy's metrics of a server that says
// what Alloy says.
#include <QJsonArray>
#include <gtest/gtest.h>
#include <regex>
#include <thread>

#include "core/base/sha256.h"
#include "core/base/time.h"
#include "tests/support/http_server.h"
#include "tests/support/lab.h"

namespace inodeck::lab {
namespace {

/// What reconcile says of one service.
struct Said {
    int exit = -1;
    std::string status;
    std::string verdict;
    std::string cause;
    bool operator==(const Said& other) const {
        return exit == other.exit && status == other.status && verdict == other.verdict;
    }
};
void PrintTo(const Said& said, std::ostream* out) {
    *out << said.exit << " " << said.status << " " << said.verdict << ": " << said.cause;
}
/// File times move in steps of up to 10 ms: what was loaded within two of the change counts as not loaded.
void letTheClockMove() {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
}
std::optional<std::string> reloadAt(const std::string& url) {
    letTheClockMove();
    return http(url, "POST");
}

const Said InSync{0, "in_sync", "in_sync", {}};
const Said NotLoaded{1, "planned", "not_loaded", {}};
const Said Stale{1, "planned", "stale_inode", {}};

class LoadedLab : public ::testing::Test {
protected:
    /// `loaded` of the fleet file, for PROJECT/SERVICE with this config.
    void about(const std::string& label, const std::string& config, const std::string& loaded) {
        m_label = label;
        const auto slash = label.find('/');
        m_fleet = rig.file("inodeck.yaml", "services:\n  - project: " + label.substr(0, slash) +
                                               "\n    service: " + label.substr(slash + 1) +
                                               "\n    config_paths: [" + config + "]\n    loaded: " + loaded +
                                               "\n");
    }
    Said reconcile(const Argv& more = {}) const {
        Argv words{"reconcile", "--ssh-config", sshConfig(), "vm1",   "--fleet",
                   m_fleet,     "--only",       m_label,     "--json"};
        words.insert(words.end(), more.begin(), more.end());
        const Finished done = rig.inodeck(words, 120s);
        const auto services = json(done.out)[u"hosts"][0][u"services"].toArray();
        if (services.size() != 1)
            throw std::runtime_error(done.out + done.err);
        const auto text = [&](QStringView key) { return services[0][key].toString().toStdString(); };
        return {done.status, text(u"status"), text(u"verdict"), text(u"cause")};
    }
    Said look() const { return reconcile({"--dry-run"}); }

    static std::string containerOf(const std::string& service) {
        return docker({"ps", "-q", "--filter", "label=com.docker.compose.service=" + service});
    }
    static std::string url(const std::string& port, const std::string& path) {
        return "http://" + value("INODECK_LAB_VM1") + ":" + value(port) + path;
    }

    Rig rig;

private:
    std::string m_label;
    std::string m_fleet;
};

TEST_F(LoadedLab, CaddySaysWhatItHasLoaded) {
    const fs::path config = dir() / "vm1/srv/edge/Caddyfile";
    const std::string caddy = containerOf("caddy");
    const std::string admin = value("INODECK_LAB_VM1") + ":" + value("INODECK_LAB_CADDY_ADMIN_PORT");
    const std::string page = url("INODECK_LAB_CADDY_PORT", "/");
    about("edge/caddy", "/etc/caddy/Caddyfile", "{preset: caddy, url: \"http://" + admin + "/config/\"}");
    const auto respond = [&](const std::string& text) {
        return std::regex_replace(readFile(config), std::regex("respond \".*\""), "respond \"" + text + "\"");
    };
    replaceFile(config, respond("loaded 1"));
    ASSERT_EQ(reconcile().exit, 0);
    ASSERT_TRUE(eventually([&] { return http(page) == "loaded 1"; }));

    const std::string second = respond("loaded 2");
    overwriteFile(config, second);
    EXPECT_EQ(rig.verdict("caddy"), "changed_since_start") << "without asking it, nobody knows";
    EXPECT_EQ(look(), NotLoaded);
    EXPECT_EQ(http(page), "loaded 1");
    docker({"exec", caddy, "caddy", "reload", "--config", "/etc/caddy/Caddyfile", "--address", admin});
    EXPECT_EQ(look(), InSync);
    EXPECT_EQ(http(page), "loaded 2");
    overwriteFile(config, second + "# only a word to the reader\n");
    EXPECT_EQ(look(), InSync) << "there is nothing in it to be loaded";

    overwriteFile(config, "{ no Caddyfile");
    const Said broken = look();
    EXPECT_EQ(broken.verdict, "changed_since_start") << "what it would load cannot be told";
    EXPECT_NE(broken.cause.find("gave no answer"), std::string::npos) << broken.cause;

    // What it has loaded and what it would load are the same, and neither is what the host has.
    overwriteFile(config, second);
    EXPECT_EQ(look(), InSync);
    replaceFile(config, respond("loaded 3"));
    EXPECT_EQ(look(), Stale);

    const std::string before = rig.startedAt(caddy);
    const Said done = reconcile();
    EXPECT_EQ(done.status, "restarted") << done.cause;
    EXPECT_NE(rig.startedAt(caddy), before);
    EXPECT_TRUE(eventually([&] { return http(page) == "loaded 3"; })) << http(page).value_or("(no answer)");
    overwriteFile(config, respond("loaded 4"));
    EXPECT_EQ(reconcile().status, "restarted") << "what is not loaded is restarted";
    EXPECT_TRUE(eventually([&] { return http(page) == "loaded 4"; })) << http(page).value_or("(no answer)");
}

TEST_F(LoadedLab, PrometheusSaysWhenItHasLoaded) {
    const fs::path config = dir() / "vm1/srv/runtime/prometheus.yml";
    about("runtime/prometheus", "/etc/prometheus/prometheus.yml",
          "{preset: prometheus, url: \"" + url("INODECK_LAB_PROMETHEUS_PORT", "/metrics") + "\"}");
    const auto interval = [&](const std::string& text) {
        return std::regex_replace(readFile(config), std::regex("scrape_interval: .*"),
                                  "scrape_interval: " + text);
    };
    const auto reload = [&] { return reloadAt(url("INODECK_LAB_PROMETHEUS_PORT", "/-/reload")); };
    ASSERT_EQ(reconcile().exit, 0);
    const std::string good = interval("51s");
    overwriteFile(config, good);
    EXPECT_EQ(rig.verdict("prometheus"), "changed_since_start");
    EXPECT_EQ(look(), NotLoaded);
    ASSERT_TRUE(reload());
    EXPECT_EQ(look(), InSync);
    overwriteFile(config, "global: {scrape_interval: never}\n");
    ASSERT_FALSE(reload()) << "it does not take that";
    EXPECT_EQ(look(), NotLoaded);
    overwriteFile(config, good);
    ASSERT_TRUE(reload());
    EXPECT_EQ(look(), InSync);
    replaceFile(config, interval("52s"));
    ASSERT_TRUE(reload());
    EXPECT_EQ(look(), Stale) << "it has loaded, later than the change: the old inode";
    EXPECT_EQ(reconcile().status, "restarted");
}

/// Alloy's `/metrics` and `/-/reload` as its source has them (internal/alloycli, config metrics): the time of
/// the last good load, whether the last one was good, and the hash of what was read last.
class Alloy {
public:
    explicit Alloy(fs::path config)
        : m_config(std::move(config))
        , m_server([this](const test::HttpRequest& request) { return answer(request); }) {
        load();
    }
    std::string url(const std::string& path) const { return m_server.url() + path; }

private:
    bool load() {
        const std::string text = readFile(m_config);
        m_hash = Sha256::of(text).hex();
        m_good = text.find("broken") == std::string::npos;
        if (m_good)
            m_loaded = Clock::system().now();
        return m_good;
    }
    test::HttpReply answer(const test::HttpRequest& request) {
        if (request.target == "/-/reload" && request.method == "POST")
            return load() ? test::reply(200, "config reloaded") : test::reply(400, "error during the load");
        if (request.target != "/metrics")
            return test::reply(404);
        char seconds[64];
        std::snprintf(seconds, sizeof seconds, "%.16e",
                      std::chrono::duration<double>(m_loaded.time_since_epoch()).count());
        return test::reply(
            200,
            "# HELP alloy_config_hash Hash of the currently active config file.\n"
            "# TYPE alloy_config_hash gauge\nalloy_config_hash{sha256=\"" +
                m_hash +
                "\"} 1\n"
                "# HELP alloy_config_last_load_success_timestamp_seconds Timestamp of the last "
                "successful configuration load.\n"
                "# TYPE alloy_config_last_load_success_timestamp_seconds gauge\n"
                "alloy_config_last_load_success_timestamp_seconds " +
                seconds +
                "\n# HELP alloy_config_last_load_successful Config loaded successfully.\n"
                "# TYPE alloy_config_last_load_successful gauge\nalloy_config_last_load_successful " +
                (m_good ? "1" : "0") +
                "\n# TYPE alloy_config_load_failures_total counter\n"
                "alloy_config_load_failures_total 0\n",
            "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n");
    }

    fs::path m_config;
    std::string m_hash;
    bool m_good = false;
    TimePoint m_loaded{};
    test::HttpServer m_server;
};

TEST_F(LoadedLab, AlloysMetricsSayWhenItHasLoaded) {
    const fs::path config = rig.file("config.alloy", "logging { level = \"info\" }\n");
    rig.container("loaded-alloy", {"-v", config.string() + ":/etc/alloy/config.alloy"}, "busybox:local",
                  {"sleep", "1000"});
    letTheClockMove();
    const Alloy alloy(config);
    about("rig/loaded-alloy", "/etc/alloy/config.alloy",
          "{preset: alloy, url: \"" + alloy.url("/metrics") + "\"}");
    const auto reload = [&] { return reloadAt(alloy.url("/-/reload")); };
    EXPECT_EQ(look(), InSync);
    overwriteFile(config, "logging { level = \"warn\" }\n");
    EXPECT_EQ(look(), NotLoaded);
    ASSERT_TRUE(reload());
    EXPECT_EQ(look(), InSync);
    overwriteFile(config, "broken\n");
    ASSERT_FALSE(reload());
    EXPECT_EQ(look(), NotLoaded);
    overwriteFile(config, "logging { level = \"debug\" }\n");
    ASSERT_TRUE(reload());
    EXPECT_EQ(look(), InSync);
    replaceFile(config, "logging { level = \"error\" }\n");
    ASSERT_TRUE(reload());
    EXPECT_EQ(look(), Stale) << "it says that it has loaded, later than the change";
}

} // namespace
} // namespace inodeck::lab
