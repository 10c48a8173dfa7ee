#include <cstdlib>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "core/audit/guarded_file.h"
#include "tests/unit/audit/audit_rig.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;

class GuardedFolderTest : public ::testing::Test {
protected:
    GuardedFolderTest() { ::setenv("HOME", (m_base / "me").c_str(), 1); }
    ~GuardedFolderTest() override { ::setenv("HOME", m_home.c_str(), 1); }

    /// What is said of a folder of ours that is open to others.
    std::string about(const std::string& name) const {
        const fs::path path = m_base / name;
        fs::create_directories(path);
        ::chmod(path.c_str(), 0755);
        const auto guarded = guardDirectory(path, false);
        return guarded ? "nothing" : guarded.error().message;
    }
    static bool advisesChmod(const std::string& text) { return text.find("chmod 700") != std::string::npos; }

    const std::string m_home = std::getenv("HOME") ? std::getenv("HOME") : "/";
    const TemporaryHome m_base; // XDG_DATA_HOME and XDG_STATE_HOME are elsewhere in it
};

TEST_F(GuardedFolderTest, AChmodIsAdvisedOfOurOwnOnly) {
    for (const char* name : {"me/logs", "me/a/b", "elsewhere/inodeck", "elsewhere/inodeck/"})
        EXPECT_TRUE(advisesChmod(about(name))) << about(name);
    for (const char* name : {"me", "mean", "shared", "me/../shared", "me/.", "inodeck.d"}) {
        const std::string said = about(name);
        EXPECT_NE(said.find("is open to other users: use a folder that is only for this, such as "),
                  std::string::npos)
            << said;
        EXPECT_NE(said.find("/inodeck/audit.sqlite."), std::string::npos) << said;
        EXPECT_FALSE(advisesChmod(said)) << said;
    }
}

/// An account without a home of its own has "/" there: then everything would be below it.
TEST_F(GuardedFolderTest, AHomeOfSlashIsNobodys) {
    ::setenv("HOME", "/", 1);
    EXPECT_FALSE(advisesChmod(about("shared"))) << about("shared");
}

TEST_F(GuardedFolderTest, AFolderIsNoFile) {
    about("shared");
    const auto guarded = guardFileName(m_base / "shared");
    ASSERT_FALSE(guarded);
    EXPECT_NE(guarded.error().message.find("is a directory; name a file in a folder of its own."),
              std::string::npos);
    EXPECT_TRUE(guardFileName(m_base / "shared/audit.sqlite"));
    EXPECT_TRUE(guardFileName(m_base / "none/audit.sqlite"));
}

} // namespace
} // namespace inodeck
