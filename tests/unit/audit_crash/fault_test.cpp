#include <algorithm>
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/record_line.h"
#include "core/base/text.h"
#include "tests/unit/audit_crash/strace.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using test::TracedCall;
using namespace std::chrono_literals;

const std::set<std::string> FileCalls{"openat", "write",  "pwrite64",  "fdatasync", "fsync", "ftruncate",
                                      "rename", "unlink", "renameat2", "link",      "mkdir"};

struct Fault {
    std::string call;
    int number = 0;
    std::string error;
    bool lasting = false; ///< and each later one too

    std::string text() const {
        return call + ":error=" + error + ":when=" + std::to_string(number) + (lasting ? "+" : "");
    }
};

/// Each call of these parts of an undisturbed run, with each error.
std::vector<Fault> faultsOf(const std::vector<TracedCall>& calls, const std::set<std::string>& parts,
                            bool lasting) {
    std::vector<Fault> faults;
    for (const TracedCall& call : calls)
        if (call.number > 0 && parts.contains(call.part) && FileCalls.contains(call.name) &&
            !(lasting && call.name == "write")) // it could not even say so
            for (const char* error : {"ENOSPC", "EIO", "EROFS"})
                faults.push_back({call.name, call.number, error, lasting});
    return faults;
}

bool oneClearSentence(const std::string& text) {
    return text.size() > 20 && text.size() < 400 && text.back() == '.' && isUtf8(text) &&
           text.find('\n') == std::string::npos;
}

/// A log as it was left, to be put back before each fault.
class FaultTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (const std::string why = test::whyNoStrace(); !why.empty())
            GTEST_SKIP() << why;
    }

    /// With a few records; `cleanly` closed, or left by a process that died, with its WAL.
    void prepare(bool cleanly) {
        const pid_t child = ::fork();
        if (child == 0) {
            auto store = folder.open();
            bool good = true;
            for (int i = 0; i < 3; ++i)
                good &= store->append(test::draftOf(RecordType::Refused, "before"), Deadline::after(10s))
                            .has_value();
            if (cleanly)
                store.reset();
            ::_exit(good ? 0 : 1);
        }
        int status = -1;
        ::waitpid(child, &status, 0);
        ASSERT_EQ(status, 0);
        keep();
    }
    void keep() {
        fs::create_directory(folder.path() / "kept");
        for (const char* part : {"data", "state", "audit"})
            if (fs::exists(folder.path() / part))
                fs::copy(folder.path() / part, folder.path() / "kept" / part, fs::copy_options::recursive);
    }
    void putBack() const {
        for (const char* part : {"data", "state", "audit", "done"})
            fs::remove_all(folder.path() / part);
        if (fs::exists(folder.path() / "kept"))
            fs::copy(folder.path() / "kept", folder.path(), fs::copy_options::recursive);
    }

    std::vector<RecordDraft> recordsOf(const std::string& reason) const {
        std::vector<RecordDraft> drafts;
        const auto log = openAuditReader(folder.file());
        if (!log)
            return drafts; // there is no log yet
        const auto read = (*log)->each({}, [&](const StoredRecord& stored) {
            auto record = parseRecordLine(stored.line);
            if (record && record->draft.reason == reason)
                drafts.push_back(std::move(record->draft));
            return true;
        });
        EXPECT_TRUE(read) << read.error().message;
        return drafts;
    }

    /// Once the disk is well again the log goes on as it was.
    void goesOn() const {
        const auto store = folder.open();
        const auto ready = store->ready();
        EXPECT_TRUE(ready) << ready.error().message;
        const auto kept =
            store->append(test::draftOf(RecordType::Refused, "afterwards"), Deadline::after(10s));
        EXPECT_TRUE(kept) << kept.error().message;
        EXPECT_EQ(folder.broken(), "");
    }

    void appendUnder(const Fault& fault) const {
        SCOPED_TRACE(fault.text());
        putBack();
        const std::string said = test::traceDriver(folder, "append", "the one", fault.text()).said;
        SCOPED_TRACE(said);
        if (!folder.records().empty()) {
            EXPECT_EQ(folder.broken(), "");
        }
        const auto stored = recordsOf("the one").size();
        if (said.starts_with("kept ")) {
            EXPECT_TRUE(folder.records().contains(said.substr(5, said.find('\n') - 5)));
            EXPECT_EQ(stored, 1u);
        } else {
            ASSERT_TRUE(said.starts_with("error ")) << "it said nothing";
            EXPECT_TRUE(oneClearSentence(said.substr(6, said.find('\n') - 6)));
            if (said.find("is not known") == std::string::npos) {
                EXPECT_EQ(stored, 0u) << "it is there, and the error did not say that it may be";
            }
        }
        goesOn();
    }

    void appendUnderEach(bool lasting) {
        putBack();
        const auto traced = test::traceDriver(folder, "append", "the one");
        ASSERT_TRUE(traced.said.starts_with("kept ")) << traced.said;
        const auto faults = faultsOf(traced.calls, {"append"}, lasting);
        EXPECT_GE(faults.size(), 15u) << "an append writes, syncs and remembers";
        for (const Fault& fault : faults)
            appendUnder(fault);
        std::printf("%zu faults\n", faults.size());
    }

    test::AuditFolder folder;
};

TEST_F(FaultTest, OfEachCallOfAnAppend) {
    prepare(true);
    appendUnderEach(false);
}

TEST_F(FaultTest, OfEachCallOfAnAppendAfterACrashAndForGood) {
    prepare(false);
    appendUnderEach(true);
}

TEST_F(FaultTest, OfEachCallOfTheFirstAppend) {
    appendUnderEach(false);
}

} // namespace
} // namespace inodeck
