#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>

#include "tests/unit/audit_crash/strace.h"

namespace inodeck {
namespace {

using test::TracedCall;

/// A `docker` that appends its deploy to the file of what was done.
void fakeDocker(const test::AuditFolder& folder, const std::string& deploy) {
    const auto bin = folder.path() / "bin";
    std::filesystem::create_directories(bin);
    std::ofstream(bin / "docker") << "#!/bin/sh\n[ \"$1\" = restart ] || exit 1\necho '" << deploy << "' >> "
                                  << folder.path() / "done"
                                  << "\n";
    std::filesystem::permissions(bin / "docker", std::filesystem::perms::owner_all);
}

bool isRestart(const TracedCall& call) {
    return call.name == "execve" && call.text.find("docker") != std::string::npos &&
           call.text.find("restart") != std::string::npos;
}

std::string descriptorOf(const TracedCall& call) {
    const std::size_t begin = call.text.find('(') + 1;
    return call.text.substr(begin, call.text.find_first_of(",)", begin) - begin);
}

/// Empty when the record was written and synced, and the sync had returned, before any restart was on its
/// way.
std::string whyUnsafe(const std::vector<TracedCall>& calls, const std::string& reason) {
    const auto request = std::find_if(calls.begin(), calls.end(), isRestart);
    if (request == calls.end())
        return "there was no restart";
    const auto isIntent = [&](const TracedCall& c) {
        return c.name == "pwrite64" && c.text.find("sqlite-wal>") != std::string::npos &&
               c.text.find(reason) != std::string::npos;
    };
    const auto written = std::find_if(calls.begin(), request, isIntent);
    if (written == request)
        return "the intent was not written before";
    const auto synced = std::find_if(written, request, [&](const TracedCall& c) {
        return (c.name == "fdatasync" || c.name == "fsync") && descriptorOf(c) == descriptorOf(*written) &&
               c.text.ends_with("= 0");
    });
    if (synced == request)
        return "the intent was not synced before";
    const bool more = std::any_of(synced, request, [](const TracedCall& c) {
        return c.name == "pwrite64" && c.text.find("sqlite-wal>") != std::string::npos;
    });
    return more ? "something was written after the sync, and not synced" : "";
}

TEST(SyncOrderTest, NoRestartLeavesBeforeTheIntentIsSynced) {
    if (const std::string why = test::whyNoStrace(); !why.empty())
        GTEST_SKIP() << why;
    const test::AuditFolder folder;
    for (const std::string deploy : {"deploy-in-a-new-log", "deploy-in-an-old-log"}) {
        fakeDocker(folder, deploy);
        const auto traced = test::traceDriver(folder, "restart", deploy);
        EXPECT_NE(traced.said.find("end verified"), std::string::npos) << traced.said;
        EXPECT_EQ(whyUnsafe(traced.calls, deploy), "");
    }
}

/// The check itself: a trace with the sync taken out, or moved behind the restart.
TEST(SyncOrderTest, AMissingOrLateSyncIsSeen) {
    const auto call = [](const std::string& name, const std::string& text) {
        return TracedCall{name, text, 0, {}};
    };
    const TracedCall write = call("pwrite64", "pwrite64(5</a.sqlite-wal>, \"because\", 7) = 7");
    const TracedCall sync = call("fdatasync", "fdatasync(5</a.sqlite-wal>) = 0");
    const TracedCall failed = call("fdatasync", "fdatasync(5</a.sqlite-wal>) = -1 EIO");
    const TracedCall exec = call("execve", "execve(\"/bin/docker\", [\"docker\", \"restart\"]) = 0");
    EXPECT_EQ(whyUnsafe({write, sync, exec}, "because"), "");
    EXPECT_NE(whyUnsafe({write, exec, sync}, "because"), "");
    EXPECT_NE(whyUnsafe({write, exec}, "because"), "");
    EXPECT_NE(whyUnsafe({write, failed, exec}, "because"), "");
    EXPECT_NE(whyUnsafe({write, sync, write, exec}, "because"), "");
    EXPECT_NE(whyUnsafe({sync, exec}, "because"), "");
}

} // namespace
} // namespace inodeck
