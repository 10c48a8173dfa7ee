#include "tests/unit/audit_crash/fault_rig.h"

#include <sys/wait.h>
#include <unistd.h>

#include "core/audit/record_line.h"
#include "core/base/text.h"

namespace inodeck::test {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

const std::set<std::string> WritingCalls{"openat", "write",  "pwrite64",  "fdatasync", "fsync", "ftruncate",
                                         "rename", "unlink", "renameat2", "link",      "mkdir"};
/// These do not fail for want of space.
const std::set<std::string> ReadingCalls{"read", "pread64", "lseek", "fstat", "newfstatat", "fcntl", "flock"};

bool isOfAFile(const TracedCall& call) {
    return call.number > 0 && !isOnPipe(call.text);
}

constexpr const char* Parts[] = {"data", "state", "audit"};

} // namespace

std::string Fault::text() const {
    return call + ":error=" + error + ":when=" + std::to_string(number) + (lasting ? "+" : "");
}

std::vector<Fault> faultsOf(const std::vector<TracedCall>& calls, const std::set<std::string>& parts,
                            bool lasting) {
    std::vector<Fault> faults;
    for (const TracedCall& call : calls)
        if (isOfAFile(call) && parts.contains(call.part) && WritingCalls.contains(call.name) &&
            !(lasting && call.name == "write")) // it could not even say so
            for (const char* error : {"ENOSPC", "EIO", "EROFS"})
                faults.push_back({call.name, call.number, error, lasting});
    return faults;
}

std::vector<Fault> readFaultsOf(const std::vector<TracedCall>& calls, const std::string& part) {
    std::vector<Fault> faults;
    for (const TracedCall& call : calls)
        if (isOfAFile(call) && call.part == part && ReadingCalls.contains(call.name))
            faults.push_back({call.name, call.number, "EIO", false});
    return faults;
}

bool oneClearSentence(const std::string& text) {
    return text.size() > 20 && text.size() < 400 && text.back() == '.' && isUtf8(text) &&
           text.find('\n') == std::string::npos;
}

void FaultRig::SetUp() {
    if (const std::string why = whyNoStrace(); !why.empty())
        GTEST_SKIP() << why;
}

void FaultRig::prepare(bool cleanly) const {
    const pid_t child = ::fork();
    if (child == 0) {
        auto store = folder.open();
        bool good = true;
        for (int i = 0; i < 3; ++i)
            good &= store->append(draftOf(RecordType::Refused, "before"), Deadline::after(10s)).has_value();
        if (cleanly)
            store.reset();
        ::_exit(good ? 0 : 1);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    ASSERT_EQ(status, 0);
    fs::create_directory(folder.path() / "kept");
    for (const char* part : Parts)
        fs::copy(folder.path() / part, folder.path() / "kept" / part, fs::copy_options::recursive);
}
void FaultRig::putBack() const {
    fs::remove(folder.path() / "done");
    for (const char* part : Parts)
        fs::remove_all(folder.path() / part);
    if (fs::exists(folder.path() / "kept"))
        fs::copy(folder.path() / "kept", folder.path(), fs::copy_options::recursive);
}

std::vector<RecordDraft> FaultRig::recordsOf(const std::string& reason) const {
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

void FaultRig::goesOn() const {
    const auto store = folder.open();
    const auto ready = store->ready();
    EXPECT_TRUE(ready) << ready.error().message;
    const auto kept = store->append(draftOf(RecordType::Refused, "afterwards"), Deadline::after(10s));
    EXPECT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(folder.broken(), "");
}

} // namespace inodeck::test
