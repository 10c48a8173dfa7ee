#include "core/audit/proof_tree.h"

#include <gtest/gtest.h>
#include <random>

#include "tests/unit/audit/audit_rig.h"
#include "tests/unit/audit/tree_rig.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;

class ProofTreeTest : public ::testing::Test {
protected:
    ProofTree tree(const std::vector<Sha256>& leaves) const { return treeOf(m_home.path(), leaves); }

    TemporaryHome m_home;
    std::mt19937 m_random{6962};
};

TEST_F(ProofTreeTest, EveryLeafOfEverySizeIsProvenAsTheRfcSays) {
    for (std::size_t size = 1; size <= 70; ++size) {
        const std::vector<Sha256> hashes = numberedLeaves(size);
        ProofTree some = tree(hashes);
        ASSERT_EQ(some.size(), size);
        ASSERT_EQ(some.root(), naiveRoot(hashes)) << size;
        for (std::size_t i = 0; i < size; ++i) {
            const auto proof = proofIn(some, i);
            ASSERT_EQ(proof, naiveProof(i, hashes)) << i << " of " << size;
            ASSERT_TRUE(verifyInclusion(hashes[i], i, size, proof, some.root()));
        }
    }
}

/// More than is kept back before it is written, and in any order: what the last proof left must not mislead.
TEST_F(ProofTreeTest, LeavesOfLargeTreesInAnyOrder) {
    for (const std::size_t size : {1000u, 1024u, 4097u}) {
        const std::vector<Sha256> hashes = numberedLeaves(size);
        ProofTree some = tree(hashes);
        ASSERT_EQ(some.root(), naiveRoot(hashes)) << size;
        std::vector<std::size_t> indexes{0, size - 1, size / 2, size / 2 - 1, 0};
        for (int i = 0; i < 30; ++i)
            indexes.push_back(m_random() % size);
        for (const std::size_t i : indexes)
            ASSERT_EQ(proofIn(some, i), naiveProof(i, hashes)) << i << " of " << size;
    }
}

TEST_F(ProofTreeTest, ATreeGrowsOnAfterAProof) {
    const std::vector<Sha256> hashes = numberedLeaves(70);
    ProofTree growing = tree({});
    for (std::size_t size = 1; size <= hashes.size(); ++size) {
        ASSERT_TRUE(growing.push(hashes[size - 1]));
        const std::vector<Sha256> soFar(hashes.begin(), hashes.begin() + static_cast<std::ptrdiff_t>(size));
        const std::size_t i = m_random() % size;
        ASSERT_EQ(proofIn(growing, i), naiveProof(i, soFar)) << i << " of " << size;
    }
}

TEST_F(ProofTreeTest, ItsFileHasNoName) {
    ProofTree some = tree(numberedLeaves(4097));
    proofIn(some, 17);
    EXPECT_TRUE(fs::is_empty(m_home.path()));
}

TEST_F(ProofTreeTest, AFullDiskIsOneSentence) {
    const FileSizeLimit limit(100'000);
    ProofTree some = tree({});
    Result<void> pushed;
    std::size_t size = 0;
    for (; pushed && size < 10'000; ++size)
        pushed = some.push(leafHash("leaf"));
    ASSERT_FALSE(pushed);
    EXPECT_LT(size, 4097u);
    EXPECT_EQ(pushed.error().code, ErrorCode::Io);
    EXPECT_EQ(pushed.error().message,
              "Cannot write a temporary file in " + m_home.path().string() + ": File too large.");
    EXPECT_FALSE(some.proof(0)) << "what is not on disk proves nothing";
}

TEST_F(ProofTreeTest, SoIsAFolderThatIsGone) {
    const auto file = ScratchFile::create(m_home / "gone");
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().message,
              "Cannot make a temporary file in " + (m_home / "gone") + ": No such file or directory.");
}

TEST_F(ProofTreeTest, WhatAScratchFileSkipsIsZeros) {
    auto file = ScratchFile::create(m_home.path());
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->write(5, "ab"));
    ASSERT_TRUE(file->write(2, "c"));
    EXPECT_EQ(file->read(0, 100).value(), std::string("\0\0c\0\0ab", 7));
    EXPECT_EQ(file->read(7, 1).value(), "");
}

} // namespace
} // namespace inodeck
