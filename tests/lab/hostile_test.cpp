#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <thread>

#include <QJsonArray>

#include "core/base/sha256.h"
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

Argv mount(const fs::path& source, const std::string& destination) {
    return {"-v", source.string() + ":" + destination};
}

/// What a container may do to those who look into it.
class Hostile : public ::testing::Test {
protected:
    void busybox(const std::string& name, const Argv& options, const std::string& script = "sleep 1000") {
        rig.container(name, options, "busybox:local", {"sh", "-c", script});
    }
    static void in(const std::string& name, const std::string& script) {
        docker({"exec", name, "sh", "-c", script});
    }
    Rig rig;
};

TEST_F(Hostile, APlantedSymlinkDoesNotMakeTheProbeReadAHostFile) {
    // A file that exists at this path on the host only, and is as long as the one that was mounted.
    const fs::path hostOnly = rig.file("hostonly", "secret of the host\n");
    const fs::path folder = hostOnly.parent_path();
    busybox("plants", mount(rig.file("conf", "harmless content\n\n"), "/cfg/hostonly"));
    ASSERT_EQ(rig.verdict("plants"), "in_sync");
    in("plants", "mv /cfg /cfg2 && ln -s " + folder.string() + " /cfg");
    for (const char* host : {"vm1", "vm1-deploy", "vm1-op"}) {
        const QJsonObject row = rig.rows("plants", host).at(0);
        EXPECT_EQ(text(row, "verdict"), "unknown") << host << ": " << text(row, "reason");
        const QJsonObject side = row[u"container_side"].toObject();
        EXPECT_NE(text(side, "sha256"), Sha256::of("secret of the host\n").hex()) << host;
        const Finished diff = rig.inodeck({"diff", host, "plants", "--ssh-config", sshConfig()});
        EXPECT_EQ((diff.out + diff.err).find("secret of the host"), std::string::npos)
            << diff.out << diff.err;
    }
}

TEST_F(Hostile, AnotherMountAtItsPlaceIsNotTakenForIt) {
    busybox("swaps", [&] {
        Argv options = mount(rig.file("one", "one\n"), "/a/conf");
        const Argv second = mount(rig.file("two", "two\n"), "/b/conf");
        options.insert(options.end(), second.begin(), second.end());
        return options;
    }());
    in("swaps", "mv /a /c && ln -s /b /a"); // now /a/conf is the other mount, and the path is no mount point
    auto rows = byDestination(rig.rows("swaps"));
    EXPECT_NE(text(rows["/a/conf"], "verdict"), "in_sync") << text(rows["/a/conf"], "reason");
    EXPECT_EQ(text(rows["/b/conf"], "verdict"), "in_sync") << text(rows["/b/conf"], "reason");
}

TEST_F(Hostile, FifosAndHugeFilesAreNotWaitedFor) {
    ASSERT_EQ(::mkfifo(rig.path("fifo").c_str(), 0600), 0);
    rig.file("huge", "");
    fs::resize_file(rig.path("huge"), std::uintmax_t{1} << 30);
    Argv options = mount(rig.path("fifo"), "/fifo");
    const Argv huge = mount(rig.path("huge"), "/huge");
    options.insert(options.end(), huge.begin(), huge.end());
    busybox("waits", options);
    for (const char* host : {"vm1", "vm1-op"}) {
        const auto begin = std::chrono::steady_clock::now();
        auto rows = byDestination(rig.rows("waits", host));
        EXPECT_LT(std::chrono::steady_clock::now() - begin, 15s) << host;
        EXPECT_EQ(text(rows["/fifo"], "verdict"), "in_sync") << text(rows["/fifo"], "reason");
        EXPECT_EQ(text(rows["/fifo"], "kind"), "fifo");
        EXPECT_EQ(text(rows["/huge"], "verdict"), "in_sync") << text(rows["/huge"], "reason");
        EXPECT_NE(text(rows["/huge"], "reason").find("too large to hash"), std::string::npos);
    }
    // The inode decides about it.
    fs::rename(rig.path("huge"), rig.path("huge.old"));
    rig.file("huge", "");
    fs::resize_file(rig.path("huge"), std::uintmax_t{1} << 30);
    EXPECT_EQ(text(byDestination(rig.rows("waits"))["/huge"], "verdict"), "stale_inode");
}

// That a lost race is met and bounded is tests/unit/probe/bounds_test.cpp; here it is raced for real.
TEST_F(Hostile, AFileThatIsAFifoHalfOfTheTimeCostsItsOwnRowsOnly) {
    rig.file("flips", "x\n");
    ASSERT_EQ(::mkfifo(rig.path("other").c_str(), 0600), 0);
    Argv options;
    for (int i = 0; i < 20; ++i) {
        const Argv one = mount(rig.path("flips"), "/conf" + std::to_string(i));
        options.insert(options.end(), one.begin(), one.end());
    }
    busybox("flips", options);
    busybox("calm", mount(rig.file("calm", "x\n"), "/conf"));
    const std::jthread swapper([&](const std::stop_token& stop) {
        while (!stop.stop_requested())
            ::renameat2(AT_FDCWD, rig.path("flips").c_str(), AT_FDCWD, rig.path("other").c_str(),
                        RENAME_EXCHANGE);
    });
    for (int i = 0; i < 3; ++i) {
        const auto rows = rig.rows("calm");
        ASSERT_EQ(text(rows.at(0), "verdict"), "in_sync") << text(rows.at(0), "reason");
    }
}

TEST_F(Hostile, NamesOfAnyBytesComeThrough) {
    const std::string bytes = "rel\xff\xfe\n$(touch pwned)`x`'\"";
    fs::create_directories(rig.path(bytes));
    rig.file(bytes + "/conf", "old\n");
    fs::create_directory_symlink(bytes,
                                 rig.path("current")); // Docker's API cannot name such bytes; a link can
    busybox("bytes", mount(rig.path("current") / "conf", "/a b\n;$(touch pwned)\\040"));
    QJsonObject row = rig.rows("bytes").at(0);
    EXPECT_EQ(text(row, "verdict"), "in_sync") << text(row, "reason");
    EXPECT_EQ(text(row, "destination"), "/a b\n;$(touch pwned)\\040");
    replaceFile(rig.path(bytes + "/conf"), "new\n");
    EXPECT_EQ(rig.verdict("bytes"), "stale_inode");
    EXPECT_EQ(rig.verdict("bytes", "vm1-op"), "stale_inode");
}

TEST_F(Hostile, ADestinationBehindASymlinkOfTheImageIsFound) {
    busybox("linked", mount(rig.file("conf", "x\n"), "/var/run/app/conf"),
            "sleep 1000"); // /var/run may be a link
    EXPECT_EQ(rig.verdict("linked"), "in_sync");
}

// Traps of Docker and of file times.

TEST_F(Hostile, DockerCpShowsTheNewFileWhileTheProcessReadsTheOld) {
    busybox("cp", mount(rig.file("conf", "old\n"), "/conf"));
    replaceFile(rig.path("conf"), "new\n");
    docker({"cp", "cp:/conf", rig.path("copy").string()});
    EXPECT_EQ(docker({"exec", "cp", "cat", "/conf"}), "old");
    EXPECT_EQ(rig.verdict("cp"), "stale_inode"); // whatever docker cp says: it looks on the host's side
    EXPECT_EQ(text(rig.rows("cp").at(0)[u"container_side"].toObject(), "sha256"), Sha256::of("old\n").hex());
}

TEST_F(Hostile, AnOldMtimeHidesNoChange) {
    busybox("mtime", mount(rig.file("conf", "old\n"), "/conf"));
    const auto before = fs::last_write_time(rig.path("conf"));
    overwriteFile(rig.path("conf"), "new\n"); // as long as before
    fs::last_write_time(rig.path("conf"), before);
    EXPECT_EQ(rig.verdict("mtime"), "changed_since_start");
}

TEST_F(Hostile, AContainerThatRestartsAllTheTimeIsNeverFalselyGood) {
    rig.file("conf", "old\n");
    Argv options = mount(rig.path("conf"), "/conf");
    options.insert(options.end(), {"--restart", "always"});
    busybox("restless", options, "sleep 0.2");
    for (int i = 0; i < 5; ++i) {
        const std::string content = "release " + std::to_string(i) + "\n";
        replaceFile(rig.path("conf"), content);
        const QJsonObject row = rig.rows("restless").at(0);
        const std::string verdict = text(row, "verdict");
        // Good is only a process that has started with this very file.
        if (verdict == "in_sync")
            EXPECT_EQ(text(row[u"container_side"].toObject(), "sha256"), Sha256::of(content).hex());
        else
            EXPECT_TRUE(verdict == "unknown" || verdict == "not_running" || verdict == "stale_inode" ||
                        verdict == "changed_since_start")
                << verdict;
    }
}

TEST_F(Hostile, ADirectoryIsStaleWhenItWasReplacedAndCalmWhenAFileInItWas) {
    fs::create_directories(rig.path("conf.d"));
    rig.file("conf.d/a", "old\n");
    busybox("folder", mount(rig.path("conf.d"), "/conf.d"));
    replaceFile(rig.path("conf.d/a"), "new\n"); // read live, through the directory
    EXPECT_EQ(docker({"exec", "folder", "cat", "/conf.d/a"}), "new");
    EXPECT_EQ(rig.verdict("folder"), "in_sync");
    fs::rename(rig.path("conf.d"), rig.path("conf.d.old"));
    fs::create_directories(rig.path("conf.d"));
    EXPECT_EQ(rig.verdict("folder"), "stale_inode");
}

TEST_F(Hostile, WithTheGroupDockerAloneADistrolessContainerIsUnknown) {
    Argv options = mount(rig.file("conf", "x\n"), "/conf");
    options.insert(options.end(), {"--network", "none"});
    rig.container("noshell-op", options, "distroless:local", {"-f", "-p", "8000"});
    const QJsonObject row = rig.rows("noshell-op", "vm1-op").at(0);
    EXPECT_EQ(text(row, "verdict"), "unknown");
    EXPECT_NE(text(row, "reason").find("without a shell"), std::string::npos) << text(row, "reason");
    EXPECT_EQ(rig.verdict("noshell-op", "vm1-deploy"), "in_sync");
}

} // namespace
} // namespace inodeck::lab
