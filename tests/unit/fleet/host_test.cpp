#include "core/fleet/host.h"

#include <gtest/gtest.h>

#include "core/base/text.h"

namespace inodeck {
namespace {

TEST(ParseHostTest, TakesWhatSshTakes) {
    for (const char* text :
         {"web1", "web1.example.org", "deploy@web1", "web1:2222", "deploy@web1:22", "192.0.2.7",
          "192.0.2.7:2222", "[2001:db8::7]", "[2001:db8::7]:2222", "2001:db8::7", "deploy@[fe80::1%eth0]:22",
          "user@realm@web1", "[web1]:22", "web_1", "wëb"}) {
        const auto host = parseHost(text);
        ASSERT_TRUE(host) << text << ": " << host.error().message;
        EXPECT_EQ(host->name, text);
        EXPECT_EQ(host->target(), text);
        EXPECT_FALSE(host->local);
        EXPECT_EQ(host->docker, std::vector<std::string>{"docker"});
    }
}

TEST(ParseHostTest, RefusesWhatCouldBeAnOptionOrIsNoHost) {
    const std::vector<std::string> bad{"",
                                       "-oProxyCommand=x",
                                       "deploy@-web1",
                                       "a b",
                                       "a\tb",
                                       "web1\n",
                                       "web1:",
                                       "web1:0",
                                       "web1:65536",
                                       "web1:ssh",
                                       "web1:+2",
                                       "web1:22x",
                                       "@web1",
                                       "deploy@",
                                       "[::1",
                                       "[::1]x",
                                       "[::1]:",
                                       "[]",
                                       "a:b:c",
                                       ":22",
                                       "we[b]1",
                                       "\x7fweb1",
                                       "we\xff",
                                       "[::1]22",
                                       "1:2:3",
                                       std::string(600, 'a'),
                                       std::string("a\0b", 3)};
    for (const std::string& text : bad) {
        const auto host = parseHost(text);
        ASSERT_FALSE(host) << printable(text);
        EXPECT_EQ(host.error().code, ErrorCode::Usage);
        EXPECT_NE(host.error().message.find("[user@]host[:port]"), std::string::npos) << host.error().message;
    }
}

TEST(ParseHostTest, SaysWhatIsWrong) {
    EXPECT_NE(parseHost("web1:0").error().message.find("from 1 to 65535"), std::string::npos);
    EXPECT_NE(parseHost("-x").error().message.find("'-'"), std::string::npos);
    EXPECT_NE(parseHost("[::1").error().message.find("not closed"), std::string::npos);
    EXPECT_NE(parseHost("a\nb").error().message.find("a\\nb"), std::string::npos); // one line
    EXPECT_LT(parseHost(std::string(5000, 'a')).error().message.size(), 300U);
}

} // namespace
} // namespace inodeck
