#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <QJsonArray>
#include <cstring>

#include "tests/support/lab.h"

namespace inodeck::lab {
namespace {

std::string text(const QJsonObject& object, const char* key) {
    return object[QLatin1String(key)].toString().toStdString();
}

std::map<std::string, QJsonObject> byDestination(const std::vector<QJsonObject>& rows) {
    std::map<std::string, QJsonObject> map;
    for (const QJsonObject& row : rows)
        map[text(row, "destination")] = row;
    return map;
}

/// A unix socket file, as a daemon that (re)starts leaves it.
void bindSocket(const fs::path& path) {
    fs::remove(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0) << std::strerror(errno);
    ::close(fd);
}

/// Everything that can happen to a mount's source while its container runs: design's table, made real.
class EveryDrift : public ::testing::Test {
protected:
    void SetUp() override {
        for (const char* name :
             {"calm", "renamed_over", "moved_away", "same_bytes", "in_place", "deleted", "now_dir"})
            rig.file(name, "old\n");
        fs::create_directories(rig.path("tree"));
        fs::create_directories(rig.path("releases/1"));
        fs::create_directories(rig.path("releases/2"));
        rig.file("tree/a", "old\n");
        rig.file("releases/1/conf", "old\n");
        rig.file("releases/2/conf", "new\n");
        fs::create_directory_symlink("releases/1", rig.path("current"));
        bindSocket(rig.path("s.sock"));
    }

    Argv mounts() const {
        Argv options;
        for (const char* name : {"calm", "renamed_over", "moved_away", "same_bytes", "in_place", "deleted",
                                 "now_dir", "tree", "s.sock", "current/conf"}) {
            options.emplace_back("-v");
            options.push_back(rig.path(name).string() + ":/m/" + fs::path(name).filename().string() + ":ro");
        }
        return options;
    }

    void drift() const {
        replaceFile(rig.path("renamed_over"), "new\n");
        fs::rename(rig.path("moved_away"), rig.path("moved_away.bak"));
        rig.file("moved_away", "new\n");
        replaceFile(rig.path("same_bytes"), "old\n");
        overwriteFile(rig.path("in_place"), "new\n");
        fs::remove(rig.path("deleted"));
        fs::remove(rig.path("now_dir"));
        fs::create_directory(rig.path("now_dir"));
        fs::rename(rig.path("tree"), rig.path("tree.old"));
        fs::create_directory(rig.path("tree"));
        bindSocket(rig.path("s.sock"));
        fs::remove(rig.path("current"));
        fs::create_directory_symlink("releases/2", rig.path("current"));
    }

    void expectVerdicts(const std::string& service, const std::string& host) const {
        const std::map<std::string, std::string> expected{{"/m/calm", "in_sync"},
                                                          {"/m/renamed_over", "stale_inode"},
                                                          {"/m/moved_away", "stale_inode"},
                                                          {"/m/same_bytes", "detached_inode"},
                                                          {"/m/in_place", "changed_since_start"},
                                                          {"/m/deleted", "source_missing"},
                                                          {"/m/now_dir", "source_type_changed"},
                                                          {"/m/tree", "stale_inode"},
                                                          {"/m/s.sock", "stale_inode"},
                                                          {"/m/conf", "stale_inode"}};
        auto rows = byDestination(rig.rows(service, host));
        for (const auto& [destination, verdict] : expected)
            EXPECT_EQ(text(rows[destination], "verdict"), verdict)
                << service << " " << destination << ": " << text(rows[destination], "reason");
    }

    Rig rig;
};

TEST_F(EveryDrift, IsToldApartInABusyboxAndADistrolessContainer) {
    rig.container("shell", mounts(), "busybox:local", {"sleep", "1000"});
    Argv distroless = mounts();
    distroless.insert(distroless.end(), {"--network", "none"});
    rig.container("noshell", distroless, "distroless:local", {"-f", "-p", "8000"});
    for (const char* service : {"shell", "noshell"})
        for (const auto& [destination, row] : byDestination(rig.rows(service)))
            EXPECT_EQ(text(row, "verdict"), "in_sync")
                << "before any drift: " << destination << text(row, "reason");
    drift();
    expectVerdicts("shell", "vm1");
    expectVerdicts("noshell", "vm1");
    expectVerdicts("noshell", "vm1-deploy"); // the same by sudo -n
}

TEST_F(EveryDrift, ShowsBothSidesAndSince) {
    rig.container("sides", mounts(), "busybox:local", {"sleep", "1000"});
    drift();
    auto rows = byDestination(rig.rows("sides"));
    const QJsonObject row = rows["/m/renamed_over"];
    const QJsonObject host = row[u"host_side"].toObject();
    const QJsonObject container = row[u"container_side"].toObject();
    EXPECT_EQ(text(row, "source"), rig.path("renamed_over"));
    EXPECT_EQ(text(row, "project"), "rig");
    EXPECT_EQ(text(row, "kind"), "file");
    EXPECT_TRUE(row[u"read_only"].toBool());
    // printf 'new\n' | sha256sum, printf 'old\n' | sha256sum
    EXPECT_EQ(text(host, "sha256"), "7aa7a5359173d05b63cfd682e3c38487f3cb4f7f1d60659fe59fab1505977d4c");
    EXPECT_EQ(text(container, "sha256"), "01d09d19c2139a46aebfb577780d123d7396e97201bc7ead210a2ebff8239dee");
    EXPECT_NE(host[u"inode"], container[u"inode"]);
    EXPECT_FALSE(text(row, "since").empty());
    EXPECT_FALSE(rows["/m/deleted"][u"host_side"].toObject()[u"exists"].toBool(true));
}

TEST_F(EveryDrift, IsNotAskedOfAStoppedContainer) {
    rig.container("stopped", {"-v", rig.path("calm").string() + ":/calm"}, "busybox:local",
                  {"sleep", "1000"});
    docker({"kill", "stopped"});
    EXPECT_EQ(rig.verdict("stopped"), "not_running");
}

TEST(Scan, ExitsZeroOnAHostInSyncAndOneOnDrift) {
    const Rig rig{"vm2"};
    const Finished calm = rig.inodeck({"scan", "vm2", "--ssh-config", sshConfig()});
    EXPECT_EQ(calm.status, 0) << calm.out << calm.err;
    Rig drifted{"vm2"};
    drifted.file("conf", "old");
    drifted.container("drifts", {"-v", drifted.path("conf").string() + ":/conf"}, "busybox:local",
                      {"sleep", "1000"});
    replaceFile(drifted.path("conf"), "new");
    const Finished drift = drifted.inodeck({"scan", "vm2", "--ssh-config", sshConfig()});
    EXPECT_EQ(drift.status, 1) << drift.out << drift.err;
    EXPECT_NE(drift.out.find("rig/drifts"), std::string::npos) << drift.out;
    EXPECT_NE(drift.out.find("stale_inode"), std::string::npos) << drift.out;
}

TEST(Diff, ShowsWhatTheProcessReadsAgainstWhatTheHostHas) {
    Rig rig;
    rig.file("conf", "a\nold\nz\n");
    rig.container("differs", {"-v", rig.path("conf").string() + ":/conf"}, "busybox:local",
                  {"sleep", "1000"});
    replaceFile(rig.path("conf"), "a\nnew\nz\n");
    const Finished diff = rig.inodeck({"diff", "vm1", "differs", "--ssh-config", sshConfig()});
    EXPECT_EQ(diff.status, 1) << diff.err;
    EXPECT_NE(diff.out.find("\n-old\n+new\n"), std::string::npos) << diff.out;
}

TEST(Diff, ShowsASecretOnlyWhenToldToAndOnRecord) {
    Rig rig;
    rig.file("conf", "old-secret\n");
    rig.container("keys", {"-v", rig.path("conf").string() + ":/conf"}, "busybox:local", {"sleep", "1000"});
    replaceFile(rig.path("conf"), "new-secret\n");
    const fs::path fleet =
        rig.file("fleet.yaml", "services: [{project: rig, service: keys, secret: true}]\n");
    Argv words{"diff", "vm1", "rig/keys", "--ssh-config", sshConfig(), "--fleet", fleet};
    const Finished hidden = rig.inodeck(words);
    EXPECT_EQ(hidden.status, 1) << hidden.err;
    EXPECT_EQ(hidden.out, "");
    EXPECT_NE(hidden.err.find("--show-secret"), std::string::npos) << hidden.err;
    EXPECT_EQ(hidden.err.find("new-secret"), std::string::npos) << hidden.err;
    words.push_back("--show-secret");
    const Finished shown = rig.inodeck(words);
    EXPECT_EQ(shown.status, 1) << shown.err;
    EXPECT_NE(shown.out.find("-old-secret\n+new-secret\n"), std::string::npos) << shown.out;
    const Finished records = rig.inodeck({"audit", "list"});
    EXPECT_NE(records.out.find("reveal  vm1  rig/keys"), std::string::npos) << records.out << records.err;
    words.insert(words.end(), {"--audit", "/proc/none/audit.sqlite"});
    const Finished unrecorded = rig.inodeck(words);
    EXPECT_EQ(unrecorded.status, 5) << unrecorded.err;
    EXPECT_EQ(unrecorded.out, "");
}

TEST(Scan, TakesNamesForDataAndNeverForCommands) {
    Rig rig;
    const fs::path odd = rig.file("a b\n'\"$(touch pwned);`touch pwned`&|\\ .conf", "x");
    rig.container("odd", {"-v", odd.string() + ":/etc/a b\n$(touch pwned).conf"}, "busybox:local",
                  {"sleep", "1000"});
    const auto rows = rig.rows("odd");
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(text(rows[0], "source"), odd);
    EXPECT_EQ(text(rows[0], "destination"), "/etc/a b\n$(touch pwned).conf");
    EXPECT_EQ(text(rows[0], "verdict"), "in_sync") << text(rows[0], "reason");
    for (const fs::path& where : {fs::current_path(), fs::path("/root"), fs::path("/")})
        EXPECT_FALSE(fs::exists(where / "pwned")) << where;
}

} // namespace
} // namespace inodeck::lab
