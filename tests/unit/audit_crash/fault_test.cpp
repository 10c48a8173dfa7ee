#include <cstdio>

#include "tests/unit/audit_crash/fault_rig.h"

namespace inodeck {
namespace {

using test::Fault;

class FaultTest : public test::FaultRig {
protected:
    void appendUnder(const Fault& fault) {
        SCOPED_TRACE(fault.text());
        putBack();
        const auto traced = test::traceDriver(folder, "append", "the one", fault.text());
        m_injected += traced.injected ? 1 : 0;
        if (traced.missed)
            return;
        const std::string& said = traced.said;
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
            EXPECT_TRUE(test::oneClearSentence(said.substr(6, said.find('\n') - 6)));
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
        auto faults = test::faultsOf(traced.calls, {"append"}, lasting);
        EXPECT_GE(faults.size(), 15u) << "an append writes, syncs and remembers";
        if (!lasting)
            for (const Fault& fault : test::readFaultsOf(traced.calls, "append"))
                faults.push_back(fault);
        for (const Fault& fault : faults)
            appendUnder(fault);
        std::printf("%zu faults, %zu injected\n", faults.size(), m_injected);
        EXPECT_GE(m_injected, faults.size() * 9 / 10) << "the calls of another run are not the same";
    }

private:
    std::size_t m_injected = 0;
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
