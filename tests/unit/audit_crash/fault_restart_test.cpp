#include <algorithm>
#include <cstdio>
#include <fstream>

#include "tests/unit/audit_crash/fault_rig.h"

namespace inodeck {
namespace {

using test::Fault;

/// A whole restart on a disk that fails at one of the calls around its intent or its outcome.
class FaultRestartTest : public test::FaultRig {
protected:
    void SetUp() override {
        FaultRig::SetUp();
        const auto bin = folder.path() / "bin";
        std::filesystem::create_directories(bin);
        std::ofstream(bin / "docker") << "#!/bin/sh\necho deploy >> " << folder.path() / "done"
                                      << "\n";
        std::filesystem::permissions(bin / "docker", std::filesystem::perms::owner_all);
    }

    std::size_t done() const {
        std::ifstream file(folder.path() / "done");
        return static_cast<std::size_t>(
            std::count(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>(), '\n'));
    }
    std::size_t count(RecordType type) const {
        const auto all = recordsOf("deploy");
        return static_cast<std::size_t>(
            std::count_if(all.begin(), all.end(), [&](const auto& draft) { return draft.type == type; }));
    }

    void restartUnder(const Fault& fault) {
        SCOPED_TRACE(fault.text());
        putBack();
        const auto traced = test::traceDriver(folder, "restart", "deploy", fault.text());
        m_injected += traced.injected ? 1 : 0;
        if (traced.missed)
            return;
        const std::string& said = traced.said;
        SCOPED_TRACE(said);
        ASSERT_TRUE(said.starts_with("end ")) << "it did not come to an end";
        const std::string status = said.substr(4, said.find(' ', 4) - 4);
        EXPECT_EQ(folder.broken(), "");
        const std::size_t intents = count(RecordType::Intent);
        EXPECT_LE(done(), intents) << "an action without a record";
        if (status == "not_recorded") {
            EXPECT_EQ(done(), 0u);
            EXPECT_TRUE(test::oneClearSentence(said.substr(4, said.find('\n') - 4)));
        } else {
            EXPECT_EQ(done(), 1u);
            EXPECT_TRUE(status == "verified" || status == "outcome_spooled");
        }
        const bool lost = said.find("could not be spooled either") != std::string::npos;
        const bool spooled = std::filesystem::exists(folder.file().string() + ".spool");
        EXPECT_TRUE(lost || (status == "outcome_spooled") == spooled);
        goesOn(); // drains the spool
        EXPECT_LE(count(RecordType::Outcome), 1u) << "it is there, and the spool brought it again";
        if (done() == 1 && count(RecordType::Outcome) == 0) {
            EXPECT_TRUE(lost) << "what was done has no outcome";
            EXPECT_EQ(folder.open()->openIntents()->size(), 1u) << "and nobody would look";
        }
    }

    void restartUnderEach(const std::string& part, bool lasting) {
        prepare(false);
        putBack();
        const auto traced = test::traceDriver(folder, "restart", "deploy");
        ASSERT_TRUE(traced.said.starts_with("end verified")) << traced.said;
        const auto faults = test::faultsOf(traced.calls, {part}, lasting);
        // The errors in turn: which of them it is matters to a single append, and is tried there.
        std::size_t tried = 0;
        for (std::size_t i = 0; i < faults.size(); i += 3) {
            // What goes on failing is the disk; the VM of this test lives in files too.
            if (lasting && faults[i].call != "pwrite64" && !faults[i].call.ends_with("sync"))
                continue;
            restartUnder(faults[i + tried % 3]);
            ++tried;
        }
        EXPECT_GE(tried, 5u);
        std::printf("%zu faults, %zu injected\n", tried, m_injected);
        EXPECT_GE(m_injected, tried * 9 / 10) << "the calls of another run are not the same";
    }

private:
    std::size_t m_injected = 0;
};

TEST_F(FaultRestartTest, AroundTheIntent) {
    restartUnderEach("intent", false);
}

TEST_F(FaultRestartTest, AroundTheOutcome) {
    restartUnderEach("outcome", false);
}

TEST_F(FaultRestartTest, FromTheIntentOn) {
    restartUnderEach("intent", true);
}

TEST_F(FaultRestartTest, FromTheOutcomeOn) {
    restartUnderEach("outcome", true);
}

} // namespace
} // namespace inodeck
