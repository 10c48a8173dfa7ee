// strace sees that an event is on disk before emit() returns.
#include <algorithm>
#include <sstream>

#include "tests/unit/events/loki_rig.h"

namespace inodeck {
namespace {

class SyncTest : public LokiTest {
protected:
    /// The calls of the driver, in order; with paths for descriptors.
    std::vector<std::string> traced() const {
        const std::string log = m_dir.file("trace");
        test::runOrThrow({"strace", "-E", "ASAN_OPTIONS=detect_leaks=0", "-y", "-s", "64", "-o", log, "-e",
                          "trace=mkdir,write,fsync,rename", INODECK_EMIT_DRIVER, "keep", outbox()});
        std::istringstream text(test::readFile(log));
        std::vector<std::string> calls;
        for (std::string line; std::getline(text, line);)
            calls.push_back(line);
        return calls;
    }
};

TEST_F(SyncTest, folderFileAndNameAreSyncedBeforeEmitReturns) {
    try {
        test::runOrThrow({"strace", "-o", "/dev/null", "true"});
    } catch (const std::exception& error) {
        GTEST_SKIP() << "strace cannot be used here: " << error.what();
    }
    const auto calls = traced();
    // Each after the one before: {call, what its line holds}.
    const std::vector<std::pair<std::string, std::string>> order{
        {"mkdir(", outbox()},
        {"fsync(", "<" + m_dir.path().string() + ">"},
        {"write(", outbox() + "/.new-"},
        {"fsync(", outbox() + "/.new-"},
        {"rename(", ".event\")"},
        {"fsync(", "<" + outbox() + ">"},
        {"write(", "kept"},
    };
    auto at = calls.begin();
    for (const auto& step : order) {
        at = std::find_if(at, calls.end(), [&](const std::string& line) {
            return line.starts_with(step.first) && line.find(step.second) != std::string::npos;
        });
        ASSERT_NE(at, calls.end()) << step.first << " … " << step.second << " is not where it belongs";
        ++at;
    }
}

} // namespace
} // namespace inodeck
