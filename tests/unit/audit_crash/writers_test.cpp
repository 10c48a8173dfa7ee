#include <algorithm>
#include <gtest/gtest.h>

#include "core/audit/saved_head.h"
#include "tests/support/audit_writers.h"
#include "tests/unit/audit_crash/audit_folder.h"

namespace inodeck {
namespace {

TEST(WritersTest, EightThatAreKilledWriteOneChainAndLoseNothingAcknowledged) {
    const test::AuditFolder folder;
    test::Crowd crowd(folder.file());
    ASSERT_NO_FATAL_FAILURE(crowd.run());
    const auto stored = folder.records();
    test::expectNothingLost(crowd, stored);
    EXPECT_EQ(folder.broken(), "");
    const auto ready = folder.open()->ready();
    EXPECT_TRUE(ready) << ready.error().message;
    const auto saved = HeadMemory("sqlite:" + folder.file().string()).load();
    ASSERT_TRUE(saved && *saved);
    EXPECT_GE((*saved)->note.checkpoint.size + test::Crowd::Writers, stored.size())
        << "it was saved as they wrote";
}

/// The file, its WAL, the key and the genesis record are made by whoever is first.
TEST(WritersTest, EightThatStartANewLogAtOnceStartOne) {
    for (int round = 0; round < 8; ++round) {
        const test::AuditFolder folder;
        std::vector<std::unique_ptr<test::Writer>> writers;
        for (int i = 0; i < test::Crowd::Writers; ++i)
            writers.push_back(std::make_unique<test::Writer>(folder.file(), i));
        for (const auto& writer : writers)
            while (writer->count() == 0)
                ASSERT_TRUE(writer->hear()) << writer->said();
        std::set<std::string> acknowledged;
        for (const auto& writer : writers) {
            writer->kill();
            acknowledged.merge(writer->acknowledged());
        }
        const auto stored = folder.records();
        EXPECT_TRUE(std::includes(stored.begin(), stored.end(), acknowledged.begin(), acknowledged.end()));
        EXPECT_EQ(folder.broken(), "");
    }
}

} // namespace
} // namespace inodeck
