#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/text.h"
#include "core/transport/local_transport.h"
#include "tests/unit/probe/answers.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::AnswerText;
using test::Id;

std::string readFile(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Bytes as `printf %b` takes them, as the probe's awk writes them.
std::string escaped(const std::string& bytes) {
    std::string out;
    for (const char c : bytes) {
        char octal[8];
        std::snprintf(octal, sizeof octal, "\\0%03o", static_cast<unsigned char>(c));
        out += octal;
    }
    return out + "=";
}

/// The real look.sh in a real shell, with this process as the container's: its root is ours, so that both
/// sides are one file.
class LookTest : public ::testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        std::string name = fs::temp_directory_path() / "look-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        m_dir = name;
        const auto session = LocalTransport().connect({"local", true}, Deadline::after(5s), m_cancel);
        const std::string shell = GetParam();
        const std::string program = shell.substr(0, shell.find(' '));
        if ((*session)->exec({"command -v " + program, {}}, Deadline::after(5s), m_cancel)->exitStatus != 0)
            GTEST_SKIP() << "no " << program << " here";
    }
    void TearDown() override { fs::remove_all(m_dir); }

    std::string file(const std::string& name, const std::string& content = "new\n") const {
        std::ofstream(m_dir / name, std::ios::binary) << content;
        return m_dir / name;
    }
    /// A program that the script finds before the real one; $real is the latter.
    void instead(const std::string& program, const std::string& script) const {
        fs::create_directories(m_dir / "bin");
        std::ofstream(m_dir / "bin" / program)
            << "#!/bin/sh\nreal=$(PATH=/usr/bin:/bin command -v " << program << ")\n"
            << script << "\n";
        fs::permissions(m_dir / "bin" / program, fs::perms{0755});
    }
    static std::string mountId(const std::string& path) {
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
        std::istringstream info(readFile("/proc/self/fdinfo/" + std::to_string(fd)));
        ::close(fd);
        for (std::string word; info >> word;)
            if (word == "mnt_id:" && info >> word)
                return word;
        return "none";
    }
    static std::string work(int n, const std::string& source, const std::string& mount,
                            const std::string& destination) {
        return "work " + std::to_string(n) + " " + Id + " " + std::to_string(::getpid()) + " " + mount +
               " / " + escaped(source) + " " + escaped(destination) + "\n";
    }
    std::string look(const std::string& work, const std::string& arguments = "both 1000 0 '' ''") {
        const auto session = LocalTransport().connect({"local", true}, Deadline::after(5s), m_cancel);
        const std::string script = readFile(fs::path(INODECK_SOURCE_DIR) / "resources/probe/look.sh");
        const auto result =
            (*session)->exec({"export LC_ALL=C TZ=UTC0 PATH=" + (m_dir / "bin").string() + ":$PATH; " + m_as +
                                  GetParam() + " -c " + shellQuote(script) + " sh " + arguments,
                              work},
                             Deadline::after(30s), m_cancel);
        return result ? result->output : "(" + result.error().message + ")";
    }
    /// The verdict of one row with the file on both sides.
    std::string verdict(const std::string& path) {
        AnswerText answer;
        answer.sides = look(work(0, path, mountId(path), path));
        said = answer.sides;
        return test::verdictOf(answer.text());
    }

    fs::path m_dir;
    std::string m_as; ///< a command before the shell
    Cancel m_cancel;
    std::string said;
};

/// Not with Debian's busybox, which takes its own tools whatever PATH says.
class FakedToolsTest : public LookTest {};

TEST_P(LookTest, OneFileOnBothSidesIsInSync) {
    const std::string path = file("conf");
    EXPECT_EQ(verdict(path), "in_sync") << said;
    struct stat facts {};
    ASSERT_EQ(::stat(path.c_str(), &facts), 0);
    EXPECT_NE(said.find(" " + std::to_string(facts.st_ino) + " 4 81a4 "), std::string::npos) << said;
    EXPECT_NE(said.find("H 0c " + Sha256::of("new\n").hex()), std::string::npos) << said;
}

TEST_P(LookTest, NamesAreBytes) {
    for (const std::string name : {"a b", "a\nb", "end\n", "\n", "'\"$(touch pwned)`id`;&|*?[x]",
                                   "\\n%s\\0101", "-n", "=", "\xff\xfe\xc3"})
        EXPECT_EQ(verdict(file(name)), "in_sync") << printable(name) << said;
    EXPECT_FALSE(fs::exists("pwned"));
}

TEST_P(LookTest, WhatLiesOnAnotherMountIsNeverRead) {
    const std::string path = file("conf");
    const std::string text = look(work(0, path, "999999", path));
    EXPECT_NE(text.find("E 0c other_mount"), std::string::npos) << text;
    EXPECT_EQ(text.find("H 0c"), std::string::npos) << text;
    EXPECT_NE(text.find("H 0h"), std::string::npos) << text;
}

TEST_P(LookTest, WhatWasNotMountedThereIsNeverRead) {
    const std::string text = look(work(0, file("conf"), "0", file("conf")));
    EXPECT_NE(text.find("E 0c not_mounted"), std::string::npos) << text;
    EXPECT_EQ(text.find("S 0c"), std::string::npos) << text;
}

TEST_P(LookTest, AFifoIsLookedAtAndNotOpened) {
    const std::string path = m_dir / "fifo";
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    const std::string text = look(work(0, path, "1", path));
    EXPECT_NE(text.find("S 0h "), std::string::npos) << text;
    EXPECT_EQ(text.find("H 0h"), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with("@ end\n")) << text;
}

TEST_P(LookTest, OverTheLimitTheInodeDecides) {
    const std::string path = file("sparse");
    fs::resize_file(path, std::uintmax_t{1} << 30);
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(verdict(path), "in_sync") << said;
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 10s);
    EXPECT_NE(said.find("L 0h"), std::string::npos) << said;
    EXPECT_EQ(said.find("H 0"), std::string::npos) << said;
}

TEST_P(LookTest, MissingIsMissing) {
    const std::string gone = m_dir / "no/such/file";
    EXPECT_NE(look(work(0, gone, "1", gone)).find("E 0h missing"), std::string::npos);
}

TEST_P(LookTest, WhatMayNotBeLookedAtIsNotMissing) {
    if (::geteuid() != 0)
        GTEST_SKIP() << "needs root, to be another user";
    fs::permissions(m_dir, fs::perms{0755});
    for (const char* folder : {"closed/inner", "open"})
        fs::create_directories(m_dir / folder);
    file("closed/inner/conf");
    fs::create_symlink("../closed/inner", m_dir / "open/current");
    fs::create_symlink("nowhere", m_dir / "open/dangling");
    fs::permissions(m_dir / "closed", fs::perms{0700});
    m_as = "setpriv --reuid=65534 --regid=65534 --clear-groups ";
    const auto answer = [&](const std::string& path) {
        return look(work(0, m_dir / path, "1", "/x"), "host 1000 0 '' ''");
    };
    for (const char* path : {"closed/inner/conf", "open/current/conf", "closed/nothing"})
        EXPECT_NE(answer(path).find("E 0h denied"), std::string::npos) << path;
    for (const char* path : {"open/nothing", "open/dangling", "open/nothing/deeper"})
        EXPECT_NE(answer(path).find("E 0h missing"), std::string::npos) << path;
}

TEST_P(LookTest, ManyRowsAreReadInBatchesAndEachOnce) {
    std::string lines;
    AnswerText answer;
    answer.mounts.clear();
    for (int i = 0; i < 40; ++i) {
        const std::string path = file("f" + std::to_string(i), std::to_string(i));
        lines += work(i, path, mountId(path), path);
        answer.mounts.push_back(AnswerText::mountLine(path, path));
    }
    for (const char* each : {"''", "yes"}) {
        answer.sides = look(lines, std::string("both 1000 0 ") + each + " ''");
        const auto report = parseProbe(answer.text());
        ASSERT_TRUE(report) << report.error().message;
        ASSERT_EQ(report->observations.size(), 40U);
        for (const Observation& o : report->observations) {
            EXPECT_EQ(judge(o).verdict, Verdict::InSync) << judge(o).reason;
            EXPECT_EQ(o.hostSide.facts->sha256, Sha256::of(readFile(o.source)));
        }
    }
    EXPECT_EQ(look(lines, "both 1000 38 '' ''").find("S 37h"), std::string::npos);
    EXPECT_EQ(look(lines, "both 1000 0 '' " + Id).find("S "), std::string::npos);
}

// Nothing that happens between stat and hash, and no tool that fails half-way, may end in "in sync".

TEST_P(FakedToolsTest, AChangeWhileItIsHashedIsUnknown) {
    const std::string path = file("conf");
    instead("sha256sum", "sums=$($real \"$@\")\necho newer >>'" + path + "'\nprintf '%s\\n' \"$sums\"");
    EXPECT_EQ(verdict(path), "unknown") << said; // one old hash on both sides, and a file that is new
}

TEST_P(FakedToolsTest, AChangeJustBeforeItIsHashedIsUnknown) {
    const std::string path = file("conf");
    instead("sha256sum", "echo newer >>'" + path + "'\nexec $real \"$@\"");
    EXPECT_EQ(verdict(path), "unknown") << said; // one new hash on both sides, beside a ctime from before
}

TEST_P(FakedToolsTest, ToolsThatFailHalfWayAreUnknown) {
    const std::string path = file("conf");
    for (const char* failing :
         {"exit 1", "$real \"$@\" | head -n 1", "$real \"$@\" | head -c 90",
          "$real \"$@\" | head -c 20; exit 1", "kill -9 $$", "$real \"$@\" | tr 0-9a-f x"}) {
        instead("sha256sum", failing);
        EXPECT_EQ(verdict(path), "unknown") << failing << "\n" << said;
    }
    fs::remove(m_dir / "bin/sha256sum");
    for (const char* failing : {"exit 1", "$real \"$@\" | head -n 1", "$real \"$@\" | head -c 90",
                                "$real \"$@\" | head -c 20", "kill -9 $$", "echo"}) {
        instead("stat", failing);
        EXPECT_EQ(verdict(path), "unknown") << failing << "\n" << said;
    }
}

TEST_P(LookTest, ContentIsReadUpToItsLimit) {
    const std::string path = file("conf", "0123456789");
    const std::string lines = work(0, path, mountId(path), path);
    EXPECT_TRUE(look(lines, "read 4 0 h").ends_with("content\n0123"));
    EXPECT_TRUE(look(lines, "read 99 0 c").ends_with("content\n0123456789"));
    EXPECT_EQ(look(lines, "read 99 '' h"), "") << "a mount that is not there any more";
    EXPECT_EQ(look(lines, "read 99 7 c"), "");
    EXPECT_EQ(look(work(0, path, "999999", path), "read 99 0 c").find("content"), std::string::npos);
    ASSERT_EQ(::mkfifo((m_dir / "fifo").c_str(), 0600), 0);
    EXPECT_EQ(look(work(0, m_dir / "fifo", "1", path), "read 99 0 h").find("content"), std::string::npos);
}

std::string shellName(const ::testing::TestParamInfo<const char*>& shell) {
    const std::string name = shell.param;
    return name.substr(0, name.find(' '));
}
INSTANTIATE_TEST_SUITE_P(Shells, LookTest, ::testing::Values("dash", "busybox sh", "bash"), shellName);
INSTANTIATE_TEST_SUITE_P(Shells, FakedToolsTest, ::testing::Values("dash", "bash"), shellName);

} // namespace
} // namespace inodeck
