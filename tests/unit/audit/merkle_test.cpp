#include "core/audit/merkle.h"

#include <gtest/gtest.h>

#include "core/base/hex.h"
#include "tests/unit/audit/audit_rig.h"
#include "tests/unit/audit/tree_rig.h"

namespace inodeck {
namespace {

/// The leaves of the test vectors of the Certificate Transparency reference implementation (RFC 6962).
const std::vector<std::string>& leaves() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> bytes;
        for (const char* hex : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                                "606162636465666768696a6b6c6d6e6f"})
            bytes.push_back(hexDecode(hex).value());
        return bytes;
    }();
    return all;
}

TEST(Merkle, RootsOfTheReferenceVectors) {
    const std::vector<std::string> roots{"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                         "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                         "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                         "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                         "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                         "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                         "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                         "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    TreeEdge tree;
    for (std::size_t size = 0; size < roots.size(); ++size) {
        EXPECT_EQ(tree.size(), size);
        EXPECT_EQ(tree.root().hex(), roots[size]) << size << " leaves";
        if (size < leaves().size())
            tree.push(leafHash(leaves()[size]));
    }
}

TEST(Merkle, InclusionProofsOfTheReferenceVectors) {
    struct Vector {
        std::uint64_t index;
        std::uint64_t size;
        std::vector<std::string> path;
    };
    const std::vector<Vector> vectors{
        {0, 1, {}},
        {0,
         8,
         {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
        {5,
         8,
         {"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
        {2, 3, {"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}},
        {1,
         5,
         {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}}};
    const TemporaryHome home;
    for (const Vector& v : vectors) {
        std::vector<Sha256> hashes;
        for (std::size_t i = 0; i < v.size; ++i)
            hashes.push_back(leafHash(leaves()[i]));
        ProofTree tree = treeOf(home.path(), hashes);
        const std::vector<Sha256> proof = proofIn(tree, v.index);
        std::vector<std::string> path;
        for (const Sha256& hash : proof)
            path.push_back(hash.hex());
        EXPECT_EQ(path, v.path) << v.index << " of " << v.size;
        EXPECT_TRUE(verifyInclusion(hashes[v.index], v.index, v.size, proof, tree.root()));
    }
}

TEST(Merkle, NothingElseIsProven) {
    const std::size_t size = 11;
    const std::vector<Sha256> hashes = numberedLeaves(size);
    const Sha256 root = naiveRoot(hashes);
    for (std::size_t i = 0; i < size; ++i) {
        const auto proof = naiveProof(i, hashes);
        for (std::size_t other = 0; other <= size; ++other)
            if (other != i) {
                EXPECT_FALSE(verifyInclusion(hashes[i], other, size, proof, root)) << i << " as " << other;
                if (other < size) {
                    EXPECT_FALSE(verifyInclusion(hashes[other], i, size, proof, root))
                        << other << " at " << i;
                }
            }
        auto longer = proof;
        longer.push_back(root);
        EXPECT_FALSE(verifyInclusion(hashes[i], i, size, longer, root));
        auto shorter = proof;
        shorter.pop_back();
        EXPECT_FALSE(verifyInclusion(hashes[i], i, size, shorter, root));
        for (std::size_t step = 0; step < proof.size(); ++step) {
            auto wrong = proof;
            wrong[step] = leafHash("another");
            EXPECT_FALSE(verifyInclusion(hashes[i], i, size, wrong, root)) << i << ", step " << step;
        }
        EXPECT_FALSE(verifyInclusion(hashes[i], i, size, proof, leafHash("another")));
    }
}

/// An inner node must not pass as a leaf: the prefixes differ.
TEST(Merkle, ANodeIsNoLeaf) {
    const std::vector<Sha256> hashes = numberedLeaves(2);
    const auto bytes = [](const Sha256& hash) {
        return std::string(reinterpret_cast<const char*>(hash.bytes().data()), Sha256::Size);
    };
    EXPECT_NE(leafHash(bytes(hashes[0]) + bytes(hashes[1])), nodeHash(hashes[0], hashes[1]));
}

TEST(Merkle, AnEdgeGoesOnWhereItWasSaved) {
    TreeEdge whole;
    for (std::size_t size = 0; size < 70; ++size) {
        auto saved = TreeEdge::of(size, whole.edge());
        ASSERT_TRUE(saved) << size;
        EXPECT_EQ(saved->root(), whole.root());
        const Sha256 leaf = leafHash(std::to_string(size));
        saved->push(leaf);
        whole.push(leaf);
        EXPECT_EQ(saved->root(), whole.root());
        EXPECT_EQ(saved->size(), size + 1);
    }
    auto short_ = whole.edge();
    short_.pop_back();
    EXPECT_FALSE(TreeEdge::of(70, short_));
    EXPECT_FALSE(TreeEdge::of(71, whole.edge()));
}

} // namespace
} // namespace inodeck
