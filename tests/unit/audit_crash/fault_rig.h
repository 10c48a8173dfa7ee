#pragma once

#include <filesystem>
#include <gtest/gtest.h>
#include <set>

#include "core/audit/record.h"
#include "tests/unit/audit_crash/strace.h"

namespace inodeck::test {

/// One injected error, as strace takes it.
struct Fault {
    std::string call;
    int number = 0;
    std::string error;
    bool lasting = false; ///< and each later one too

    std::string text() const;
};

/// Each call of these parts of an undisturbed run that opens or changes a file, with ENOSPC, EIO and EROFS.
std::vector<Fault> faultsOf(const std::vector<TracedCall>& calls, const std::set<std::string>& parts,
                            bool lasting);
/// Each that only reads or locks one, with EIO.
std::vector<Fault> readFaultsOf(const std::vector<TracedCall>& calls, const std::string& part);
/// At most 400 bytes of text on one line, ending with a full stop.
bool oneClearSentence(const std::string& text);

/// A log as it was left, to be put back before each fault.
class FaultRig : public ::testing::Test {
protected:
    void SetUp() override;

    /// With a few records; `cleanly` closed, or left by a process that died, with its WAL.
    void prepare(bool cleanly) const;
    void putBack() const;
    /// What is on disk with this reason.
    std::vector<RecordDraft> recordsOf(const std::string& reason) const;
    /// Once the disk is well again the log goes on as it was.
    void goesOn() const;

    AuditFolder folder;
};

} // namespace inodeck::test
