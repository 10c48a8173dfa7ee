#include <array>
#include <csignal>
#include <fcntl.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/events/loki_rig.h"

namespace inodeck {
namespace {

class FileSinkTest : public ::testing::Test {
protected:
    static std::vector<std::string> linesOf(const std::string& path) {
        std::istringstream text(test::readFile(path));
        std::vector<std::string> lines;
        for (std::string line; std::getline(text, line);)
            lines.push_back(line);
        return lines;
    }
    test::TempDir m_dir;
    std::string m_path = m_dir.file("events.jsonl");
};

TEST_F(FileSinkTest, appendsALineForEachEvent) {
    test::writeFile(m_path, "before\n");
    const auto sink = fileSink(m_path);
    ASSERT_TRUE(sink) << sink.error().message;
    ASSERT_TRUE((*sink)->emit(eventOf(1)));
    ASSERT_TRUE((*sink)->emit(eventOf(2)));
    const Cancel never;
    ASSERT_TRUE((*sink)->flush(Deadline::after(1s), never));
    EXPECT_EQ(linesOf(m_path),
              (std::vector<std::string>{"before", eventLine(eventOf(1)), eventLine(eventOf(2))}));
}

TEST_F(FileSinkTest, linesOfManyProcessesDoNotMix) {
    constexpr int Processes = 4;
    constexpr int Each = 200;
    std::vector<pid_t> children;
    for (int p = 0; p < Processes; ++p) {
        const pid_t child = ::fork();
        if (child == 0) {
            const auto sink = fileSink(m_path);
            for (int i = 0; sink && i < Each; ++i)
                static_cast<void>((*sink)->emit(eventOf(p * Each + i)));
            ::_exit(0);
        }
        children.push_back(child);
    }
    for (const pid_t child : children)
        ::waitpid(child, nullptr, 0);
    const auto lines = linesOf(m_path);
    EXPECT_EQ(lines.size(), static_cast<std::size_t>(Processes * Each));
    for (const std::string& line : lines)
        EXPECT_TRUE(line.starts_with('{') && line.ends_with('}')) << line;
}

TEST_F(FileSinkTest, dashIsStandardOutput) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const int saved = ::dup(STDOUT_FILENO);
    ::dup2(pipe[1], STDOUT_FILENO);
    {
        const auto sink = fileSink("-");
        EXPECT_TRUE(sink && (*sink)->emit(eventOf(1)));
        const Cancel never;
        EXPECT_TRUE(sink && (*sink)->flush(Deadline::after(1s), never)) << "a pipe has nothing to sync";
    }
    EXPECT_NE(::fcntl(STDOUT_FILENO, F_GETFD), -1) << "stdout is not ours to close";
    ::dup2(saved, STDOUT_FILENO);
    ::close(saved);
    ::close(pipe[1]);
    std::array<char, 4096> text{};
    const ssize_t size = ::read(pipe[0], text.data(), text.size());
    ::close(pipe[0]);
    EXPECT_EQ(std::string(text.data(), static_cast<std::size_t>(size)), eventLine(eventOf(1)) + "\n");
}

TEST_F(FileSinkTest, whatCannotBeWrittenIsOneSentence) {
    const auto message = [](const std::string& path) { return fileSink(path).error().message; };
    EXPECT_EQ(message(m_dir.file("no/such/folder")),
              "Cannot write events to " + m_dir.file("no/such/folder") + ": No such file or directory.");
    EXPECT_EQ(message(m_dir.path()), "Cannot write events to " + m_dir.path().string() + ": Is a directory.");
    const std::string fifo = m_dir.file("fifo");
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    EXPECT_EQ(message(fifo), "Cannot write events to " + fifo + ": No such device or address.")
        << "a FIFO without a reader";
}

TEST_F(FileSinkTest, aFullDiskIsASentenceEachTime) {
    const auto sink = fileSink("/dev/full");
    ASSERT_TRUE(sink);
    EXPECT_EQ((*sink)->emit(eventOf(1)).error().message,
              "Cannot write events to /dev/full: No space left on device.");
    EXPECT_FALSE((*sink)->emit(eventOf(2)));
}

TEST_F(FileSinkTest, aTornLineDoesNotSpoilTheNext) {
    const auto sink = fileSink(m_path);
    ASSERT_TRUE(sink);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    ::getrlimit(RLIMIT_FSIZE, &old);
    const rlimit small{40, old.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto torn = (*sink)->emit(eventOf(1));
    ::setrlimit(RLIMIT_FSIZE, &old);
    ASSERT_FALSE(torn);
    EXPECT_EQ(torn.error().message, "Cannot write events to " + m_path + ": File too large.");
    ASSERT_TRUE((*sink)->emit(eventOf(2)));
    ASSERT_EQ(linesOf(m_path).size(), 2u);
    EXPECT_EQ(linesOf(m_path)[1], eventLine(eventOf(2)));
}

TEST_F(FileSinkTest, compositeSendsToAllWhateverTheFirstSays) {
    std::vector<std::unique_ptr<EventSink>> sinks;
    sinks.push_back(*fileSink("/dev/full"));
    sinks.push_back(*fileSink(m_path));
    sinks.push_back(*fileSink("/dev/full"));
    const auto all = compositeSink(std::move(sinks));
    const auto sent = all->emit(eventOf(1));
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().code, ErrorCode::Io);
    EXPECT_EQ(sent.error().message, "Cannot write events to /dev/full: No space left on device. "
                                    "Cannot write events to /dev/full: No space left on device.");
    EXPECT_EQ(linesOf(m_path).size(), 1u);
    const Cancel never;
    EXPECT_TRUE(compositeSink({})->flush(Deadline::after(1s), never));
}

} // namespace
} // namespace inodeck
