#include "core/audit/tar.h"

#include <gtest/gtest.h>

#include "tests/support/ssh_server.h"
#include "tests/unit/audit/audit_rig.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;

class TarTest : public ::testing::Test {
protected:
    TarTest() { fs::create_directory(m_home / "in"); }
    void pack(const std::vector<std::string>& names) {
        const auto packed = packTar(m_home / "in", names, m_tar, "top");
        ASSERT_TRUE(packed) << packed.error().message;
    }
    /// By the machine's own tar: what hostile archives are made of.
    void tar(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"tar", "-C", m_home / "in", "-cf", m_tar});
        test::runOrThrow(arguments);
    }
    Result<std::string> content(const std::string& name) const {
        auto entry = TarEntry::open(m_tar, name);
        if (!entry)
            return tl::unexpected(entry.error());
        std::string all;
        for (std::string piece;;) {
            const auto more = entry->read(piece);
            if (!more)
                return tl::unexpected(more.error());
            if (!*more)
                return all;
            all += piece;
        }
    }

    TemporaryHome m_home;
    const std::string m_tar = m_home / "x.tar";
};

TEST_F(TarTest, ComesBackAsItWasAndTarReadsItToo) {
    const std::string large(300'000, 'y');
    writeFile(m_home / "in/a", "first\n");
    writeFile(m_home / "in/b", large);
    writeFile(m_home / "in/empty", "");
    pack({"a", "b", "empty"});
    EXPECT_EQ(content("a").value_or("?"), "first\n");
    EXPECT_EQ(content("b").value_or("?"), large);
    EXPECT_EQ(content("empty").value_or("?"), "");
    EXPECT_EQ(content("top/a").value_or("?"), "first\n");
    EXPECT_EQ(tarNames(m_tar).value(), (std::vector<std::string>{"top/a", "top/b", "top/empty"}));
    EXPECT_EQ(test::runOrThrow({"tar", "-tf", m_tar}), "top/a\ntop/b\ntop/empty\n");
    EXPECT_EQ(test::runOrThrow({"tar", "-xOf", m_tar, "top/a"}), "first\n");
}

TEST_F(TarTest, NamesEndAtASlash) {
    writeFile(m_home / "in/not-audit.jsonl", "x");
    pack({"not-audit.jsonl"});
    EXPECT_EQ(content("audit.jsonl").error().code, ErrorCode::NotFound);
}

TEST_F(TarTest, WhatCannotBeReadIsNotPacked) {
    EXPECT_EQ(packTar(m_home / "in", {"missing"}, m_tar, "top").error().code, ErrorCode::Io);
    EXPECT_FALSE(packTar(m_home / "in", {}, m_home / "no/such/folder.tar", "top"));
}

/// A link in the archive could point anywhere: it is never followed.
TEST_F(TarTest, LinksAreNoFiles) {
    fs::create_symlink("/etc/passwd", m_home / "in/audit.jsonl");
    writeFile(m_home / "in/one", "1");
    fs::create_hard_link(m_home / "in/one", m_home / "in/two");
    tar({"audit.jsonl", "one", "two"});
    EXPECT_EQ(content("audit.jsonl").error().code, ErrorCode::NotFound);
    EXPECT_EQ(content("two").error().code, ErrorCode::NotFound);
    EXPECT_EQ(tarNames(m_tar).value(), std::vector<std::string>{"one"});
}

TEST_F(TarTest, NothingIsUnpackedWhereverItsNamePoints) {
    writeFile(m_home / "in/audit.jsonl", "x\n");
    tar({"-P", "--transform", "s,^,../../../../tmp/inodeck-escaped/,", "audit.jsonl"});
    EXPECT_EQ(content("audit.jsonl").value_or("?"), "x\n");
    EXPECT_FALSE(fs::exists("/tmp/inodeck-escaped"));
}

TEST_F(TarTest, OtherFormatsAndCutOnesAreErrors) {
    writeFile(m_tar, "this is no archive, but some text that is long enough to be looked at\n");
    EXPECT_FALSE(content("audit.jsonl"));
    writeFile(m_home / "in/audit.jsonl", std::string(100'000, 'z'));
    pack({"audit.jsonl"});
    const std::string whole = readFile(m_tar);
    for (const std::size_t size : {700u, 1536u, 50'000u}) {
        writeFile(m_tar, whole.substr(0, size));
        EXPECT_FALSE(content("audit.jsonl")) << size;
    }
}

} // namespace
} // namespace inodeck
