#include "core/audit/saved_head.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/unit/audit/audit_rig.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class SavedHeadTest : public ::testing::Test {
protected:
    SavedHeadTest()
        : m_key(newKey(m_home, "keys"))
        , m_memory("sqlite:/somewhere/audit.sqlite") {}

    Result<void> save(std::uint64_t size) {
        TreeEdge tree;
        for (std::uint64_t i = 0; i < size; ++i)
            tree.push(leafHash(std::to_string(i)));
        m_saved = {"0f8fad5b-d9cb-469f-a165-70867728950e", size, tree.root(), Sha256::of("head").hex()};
        return m_memory.save(m_saved, tree, m_key);
    }
    std::string refusal() const {
        const auto loaded = m_memory.load();
        return loaded ? std::string{} : loaded.error().message;
    }

    TemporaryHome m_home;
    SigningKey m_key;
    HeadMemory m_memory;
    Checkpoint m_saved;
};

TEST_F(SavedHeadTest, NothingWasSeenYet) {
    const auto loaded = m_memory.load();
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_FALSE(*loaded);
}

TEST_F(SavedHeadTest, ComesBackAndTheTreeGoesOn) {
    ASSERT_TRUE(m_memory.load());
    for (const std::uint64_t size : {1u, 2u, 7u, 64u, 100u}) {
        ASSERT_TRUE(save(size));
        const auto loaded = m_memory.load();
        ASSERT_TRUE(loaded && *loaded) << refusal();
        EXPECT_EQ((*loaded)->note.checkpoint, m_saved);
        EXPECT_EQ((*loaded)->tree.size(), size);
        EXPECT_EQ((*loaded)->tree.root(), m_saved.root);
        EXPECT_TRUE((*loaded)->note.signedBy(m_key.publicKey()));
        EXPECT_EQ((*loaded)->text, signedNote(m_saved, m_key));
    }
}

TEST_F(SavedHeadTest, EachPlaceHasItsOwn) {
    ASSERT_TRUE(m_memory.load());
    ASSERT_TRUE(save(3));
    const HeadMemory other("sqlite:/elsewhere/audit.sqlite");
    EXPECT_NE(other.path(), m_memory.path());
    EXPECT_FALSE(other.load().value());
    EXPECT_TRUE(HeadMemory("sqlite:/somewhere/audit.sqlite").load().value());
}

/// What cannot be trusted is no reason to go on as if nothing had been seen.
TEST_F(SavedHeadTest, DamageIsAnErrorThatSaysWhatToDo) {
    ASSERT_TRUE(m_memory.load());
    ASSERT_TRUE(save(7));
    const std::string whole = readFile(m_memory.path());
    const auto with = [&](const std::string& content) {
        writeFile(m_memory.path(), content);
        return refusal();
    };
    for (std::size_t size = 0; size + 1 < whole.size(); ++size) // all but its last LF
        EXPECT_NE(with(whole.substr(0, size)), "") << "cut at " << size;
    EXPECT_NE(with("").find("it is cut"), std::string::npos);
    EXPECT_NE(with("").find("inodeck audit verify"), std::string::npos);
    std::string flipped = whole;
    flipped[flipped.size() - 3] = flipped[flipped.size() - 3] == '0' ? '1' : '0';
    EXPECT_NE(with(flipped).find("does not have the root"), std::string::npos);
    EXPECT_EQ(with(whole), "");
}

TEST_F(SavedHeadTest, BadlyGuardedIsRefused) {
    ASSERT_TRUE(m_memory.load());
    ASSERT_TRUE(save(2));
    ::chmod(m_memory.path().c_str(), 0644);
    EXPECT_NE(refusal().find("chmod 600"), std::string::npos) << refusal();
    ::chmod(m_memory.path().c_str(), 0600);
    EXPECT_EQ(refusal(), "");
    ::chmod(stateDirectory().c_str(), 0755);
    EXPECT_NE(refusal().find("chmod 700"), std::string::npos) << refusal();
    ::chmod(stateDirectory().c_str(), 0700);
    fs::rename(m_memory.path(), m_home / "moved");
    fs::create_symlink(m_home / "moved", m_memory.path());
    EXPECT_NE(refusal().find("symbolic link"), std::string::npos) << refusal();
}

TEST_F(SavedHeadTest, TheLockExcludesAndTheWaitEnds) {
    const FileLock first = m_memory.lock(Deadline::after(1s));
    ASSERT_TRUE(first.held());
    EXPECT_FALSE(m_memory.lock(Deadline::after(20ms)).held());
}

} // namespace
} // namespace inodeck
