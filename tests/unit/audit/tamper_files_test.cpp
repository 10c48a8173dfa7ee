#include <fstream>
#include <gtest/gtest.h>

#include "tests/unit/audit/audit_rig.h"
#include "tests/unit/audit/tampering.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using Standing = VerifyReport::Standing;

/// Every bit of every file of a small export, by the whole verification: the checkpoint, the keys and the
/// proofs too. VERIFY.md is no evidence: that it is another one is said.
class SmallTamperTest : public ::testing::Test {
protected:
    /// How many of the bits are not found. Of VERIFY.md one of each byte.
    std::size_t missedIn(const std::string& folder, const std::string& name) const {
        const bool guide = name == "VERIFY.md";
        const std::string good = readFile(fs::path(folder) / name);
        constexpr std::size_t Parts = 8;
        return onAllCores(Parts, [&](std::size_t part) {
            const std::string copy = folder + "-" + std::to_string(part);
            fs::copy(folder, copy);
            std::size_t missed = 0;
            for (std::size_t bit = part; bit < good.size() * 8; bit += guide ? Parts * 9 : Parts) {
                std::ofstream(copy + "/" + name, std::ios::binary | std::ios::trunc) << flipped(good, bit);
                const auto report = verifyLog({copy, {}}, Cancel{});
                missed +=
                    report && report->standing() != Standing::Broken && (!guide || report->notices.empty());
            }
            fs::remove_all(copy);
            return missed;
        });
    }
    TemporaryHome m_home;
};

TEST_F(SmallTamperTest, EveryBitOfAWholeExport) {
    const auto log = openLog();
    ASSERT_TRUE(log->rotateKey(actor(), "yearly")); // record 1; the genesis record is there with it
    const std::string out = m_home / "export";
    exportTo(*log, out);
    const VerifyReport good = verified(out);
    ASSERT_EQ(good.standing(), Standing::SelfConsistent);
    ASSERT_EQ(good.keys.keys().size(), 2u);
    std::size_t files = 0;
    for (const auto& file : fs::directory_iterator(out)) {
        EXPECT_EQ(missedIn(out, file.path().filename()), 0u) << file.path();
        ++files;
    }
    EXPECT_EQ(files, 6u);
}

TEST_F(SmallTamperTest, EveryBitOfProofs) {
    const auto log = openLog();
    fill(*log, 5);
    RecordFilter some;
    some.opId = "operation-1";
    const std::string out = m_home / "export";
    exportTo(*log, out, some);
    ASSERT_EQ(verified(out, {out + "/checkpoint"}).standing(), Standing::Anchored);
    for (const char* name : {"proofs", "checkpoint"})
        EXPECT_EQ(missedIn(out, name), 0u) << name;
}

} // namespace
} // namespace inodeck
