#include "core/base/redact.h"

#include <gtest/gtest.h>

#include "core/base/text.h"

using namespace inodeck;

TEST(Redact, TakesOutSecretsAndLeavesTheRest) {
    const std::pair<const char*, const char*> cases[] = {
        {"restart of proxy, ticket 4711", "restart of proxy, ticket 4711"},
        {"the author of this passed the keyboard", "the author of this passed the keyboard"},
        {"PASSWORD=hunter2 restart", "PASSWORD=*** restart"},
        {"db_password: 'two words' x", "db_password: *** x"},
        {"--token abcdef --time 10", "--token *** --time 10"},
        {"postgres://u:p@ss@db/x", "postgres://***@db/x"},
        {"curl -u mira:hunter2 http://x", "curl -u mira:*** http://x"},
        {"Authorization: Bearer abcdef.ghi-jkl", "Authorization: ***"},
    };
    for (const auto& [text, clean] : cases)
        EXPECT_EQ(redacted(text, 1000).substr(0, std::string(clean).size()), clean) << text;
    for (const std::string secret : {"hunter2", "two words", "abcdef", "p@ss", "ghi-jkl"})
        for (const auto& [text, clean] : cases)
            EXPECT_EQ(redacted(text, 1000).find(secret), std::string::npos) << text;
}

TEST(Redact, PrivateKeysGoWholeOrCut) {
    const std::string key =
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1r\n-----END OPENSSH PRIVATE KEY-----";
    EXPECT_EQ(redacted("a " + key + " z", 1000).find("b3Blb"), std::string::npos);
    EXPECT_NE(redacted("a " + key + " z", 1000).find(" z"), std::string::npos);
    EXPECT_EQ(redacted("a " + key.substr(0, 45), 1000).find("b3Blb"), std::string::npos);
    EXPECT_NE(redacted("-----BEGIN PUBLIC KEY-----\nMCow\n", 1000).find("MCow"), std::string::npos);
}

TEST(Redact, CutsWithAMarkAndNotInsideACharacter) {
    EXPECT_EQ(redacted(std::string(10, 'x'), 10), std::string(10, 'x'));
    EXPECT_EQ(redacted(std::string(11, 'x'), 10), std::string(10, 'x') + " [cut]");
    std::string wide;
    for (int i = 0; i < 1000; ++i)
        wide += "\xe2\x82\xac";
    for (std::size_t limit = 1; limit < 20; ++limit)
        EXPECT_TRUE(isUtf8(redacted(wide, limit))) << limit;
    EXPECT_EQ(redacted(wide, 1000).size(), 999 + std::string(" [cut]").size());
}

TEST(Redact, ACutLeavesNoHalfOfASecret) {
    const std::string dsn = "postgres://inodeck:hunter2hunter2@db/log";
    for (std::size_t before = 960; before < 1010; ++before)
        EXPECT_EQ(
            redacted(std::string(before, 'x') + " " + dsn + " " + std::string(9000, 'y'), 1000).find("hun"),
            std::string::npos);
    for (std::size_t before = 4040; before < 4100; ++before) // where std::regex is given no more
        EXPECT_EQ(redacted(std::string(before, 'x') + " " + dsn, 100000).find("hun"), std::string::npos);
}

TEST(Redact, WordsAfterSecretWords) {
    EXPECT_EQ(redactedWords({"docker", "restart", "web"}),
              (std::vector<std::string>{"docker", "restart", "web"}));
    EXPECT_EQ(redactedWords({"x", "--password", "hunter2", "y"}),
              (std::vector<std::string>{"x", "--password", "***", "y"}));
    EXPECT_TRUE(redactedWords({}).empty());
}
