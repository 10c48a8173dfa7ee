#include "core/reconcile/hash_file.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "core/transport/local_transport.h"
#include "tests/unit/reconcile/rows.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;

const std::string Hex = Sha256::of("config").hex();

TEST(HashText, IsReadAsScriptsWriteIt) {
    for (const std::string& text :
         {Hex, Hex + "\n", Hex + "\r\n", Hex + "  /srv/app.conf\n", Hex + " *app.conf\r\n", Hex + "  -\n",
          "\xEF\xBB\xBF" + Hex + "\n", "\\" + Hex + "  a\\nb\n", Hex + "\n\n"})
        EXPECT_EQ(parseHashText(text), Sha256::of("config")) << text;
    for (const std::string& text :
         {std::string(), std::string("\n"), Hex.substr(1), Hex + "0", "sha256:" + Hex,
          Hex + "\n" + Hex + "\n", std::string("<html>"), std::string(64, 'g'), " " + Hex})
        EXPECT_FALSE(parseHashText(text)) << text;
}

TEST(HashText, IsABaselineOnlyOfTheProcessThatRanWhenItWasWritten) {
    const Container container = test::mount().container;
    const HashFile after{Sha256::of("config"), test::Started + std::chrono::seconds{1}, {}};
    EXPECT_EQ(baselineOf(after, container), Sha256::of("config"));
    HashFile before = after;
    before.written = test::Started - std::chrono::seconds{1};
    EXPECT_FALSE(baselineOf(before, container)) << "another process was started since";
    HashFile garbage = after;
    garbage.problem = "it is no use";
    EXPECT_FALSE(baselineOf(garbage, container));
    EXPECT_FALSE(baselineOf({}, container));
    EXPECT_FALSE(baselineOf(after, Container{}));
}

TEST(HashText, AHostileAnswerIsAnErrorOrNoHash) {
    EXPECT_FALSE(parseHashFiles("", 1));
    EXPECT_FALSE(parseHashFiles("0 missing\n", 1)) << "cut off";
    EXPECT_FALSE(parseHashFiles("1 missing\nend\n", 1));
    EXPECT_FALSE(parseHashFiles("0 missing\n1 missing\nend\n", 1));
    EXPECT_TRUE(parseHashFiles("end\n", 0));
    const auto odd = parseHashFiles("0 file 2026 x y xzz\nend\n", 1);
    ASSERT_TRUE(odd);
    EXPECT_FALSE(odd->front().hash);
    EXPECT_FALSE(odd->front().problem.empty());
}

/// By the real shell of this machine.
class HashFileTest : public ::testing::Test {
protected:
    HashFileTest() {
        std::string name = (fs::temp_directory_path() / "inodeck-hash-XXXXXX").string();
        folder = ::mkdtemp(name.data());
        host.name = "local";
        host.local = true;
    }
    ~HashFileTest() override { fs::remove_all(folder); }

    std::string put(const std::string& name, const std::string& content) const {
        std::ofstream(folder / name) << content;
        return folder / name;
    }
    std::string contentOf(const fs::path& path) const {
        std::ifstream in(path);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    Result<void> write(const std::string& path, const std::string& of) {
        return writeHashFile(pool, host, AccessLevel::Root, path, Sha256::of(of));
    }
    std::size_t files() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
    }

    LocalTransport transport;
    SessionPool pool{transport};
    Host host;
    Cancel cancel;
    fs::path folder;
};

TEST_F(HashFileTest, AllAreReadInOneGo) {
    const auto read =
        readHashFiles(pool, host, AccessLevel::Root,
                      {put("a", Hex + "\n"), folder / "none", put("garbage", "\x01\x02<html>"), folder,
                       "/dev/zero", put("big", std::string(1 << 20, 'a')), put("$(touch x) 'y'\n", Hex)},
                      cancel);
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(read->size(), 7u);
    EXPECT_EQ((*read)[0].hash, Sha256::of("config"));
    ASSERT_TRUE((*read)[0].written);
    EXPECT_LT(Clock::system().now() - *(*read)[0].written, std::chrono::minutes{1});
    EXPECT_TRUE(!(*read)[1].hash && (*read)[1].problem.empty()) << "missing is a first run, no problem";
    for (const int bad : {2, 3, 4, 5})
        EXPECT_TRUE(!(*read)[bad].hash && !(*read)[bad].problem.empty()) << bad;
    EXPECT_EQ((*read)[6].hash, Sha256::of("config")) << "a path is data";
    EXPECT_FALSE(fs::exists("x"));
}

TEST_F(HashFileTest, IsReplacedAtomicallyAndKeepsItsMode) {
    const std::string path = put("it's $HOME", "old\n");
    ::chmod(path.c_str(), 0640);
    struct stat before {
    }, after{};
    ASSERT_EQ(::stat(path.c_str(), &before), 0);
    const auto done = write(path, "new");
    ASSERT_TRUE(done) << done.error().message;
    ASSERT_EQ(::stat(path.c_str(), &after), 0);
    EXPECT_EQ(contentOf(path), Sha256::of("new").hex() + "\n");
    EXPECT_EQ(after.st_mode & 07777u, 0640u);
    EXPECT_NE(after.st_ino, before.st_ino) << "a rename, not a rewrite";
    EXPECT_EQ(files(), 1u) << "nothing is left beside it";
}

TEST_F(HashFileTest, AFirstOneIsMadeAndALinkIsFollowed) {
    ASSERT_TRUE(write(folder / "first", "x"));
    EXPECT_EQ(contentOf(folder / "first"), Sha256::of("x").hex() + "\n");
    fs::create_symlink(folder / "first", folder / "link");
    ASSERT_TRUE(write(folder / "link", "y"));
    EXPECT_TRUE(fs::is_symlink(folder / "link"));
    EXPECT_EQ(contentOf(folder / "first"), Sha256::of("y").hex() + "\n");
}

TEST_F(HashFileTest, WhatCannotBeWrittenIsASentence) {
    for (const fs::path& path : {folder / "no/such/folder", folder, fs::path("/proc/version")}) {
        const auto done = write(path, "x");
        ASSERT_FALSE(done) << path;
        EXPECT_NE(done.error().message.find("could not be written"), std::string::npos);
    }
    EXPECT_EQ(files(), 0u);
}

} // namespace
} // namespace inodeck
