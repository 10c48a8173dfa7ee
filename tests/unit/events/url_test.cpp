#include <gtest/gtest.h>

#include "core/events/http_post.h"

namespace inodeck {
namespace {

std::string endpoint(const std::string& written) {
    const auto url = endpointUrl(written, "/loki/api/v1/push");
    return url ? *url : "error: " + url.error().message;
}

TEST(EndpointUrl, addsThePathOnce) {
    EXPECT_EQ(endpoint("https://logs.example.net"), "https://logs.example.net/loki/api/v1/push");
    EXPECT_EQ(endpoint("https://logs.example.net/"), "https://logs.example.net/loki/api/v1/push");
    EXPECT_EQ(endpoint("https://logs.example.net/loki/api/v1/push"),
              "https://logs.example.net/loki/api/v1/push");
    EXPECT_EQ(endpoint("https://logs.example.net/loki/api/v1/push/"),
              "https://logs.example.net/loki/api/v1/push");
    EXPECT_EQ(endpoint("http://10.0.0.1:3100/logs/"), "http://10.0.0.1:3100/logs/loki/api/v1/push");
    EXPECT_EQ(endpoint("https://[::1]:3100"), "https://[::1]:3100/loki/api/v1/push");
}

TEST(EndpointUrl, refusesWhatIsNoAddressAndNeverShowsIt) {
    const std::string noUrl = "error: Loki's address must be a URL like https://logs.example.net.";
    for (const std::string& text :
         {std::string(), std::string("logs.example.net"), std::string("ftp://logs.example.net"),
          std::string("file:///etc/passwd"), std::string("https://"), std::string("https://a b/"),
          std::string("https://h\0x", 11), std::string("https://h/\nX: y"), std::string("https://h:99999")})
        EXPECT_EQ(endpoint(text), noUrl) << text;
    EXPECT_EQ(endpoint("https://123:glc_secret@logs.example.net"),
              "error: Loki's address must not hold a user or password; give them separately.");
    EXPECT_EQ(endpoint("https://h/?key=secret"), "error: Loki's address must not hold '?' or '#'.");
    EXPECT_EQ(endpoint("https://h/#x"), "error: Loki's address must not hold '?' or '#'.");
}

TEST(EndpointUrl, privateIsHttpsOrThisMachine) {
    for (const char* url : {"https://logs.example.net/x", "http://127.0.0.1:1/x", "http://127.9.8.7/",
                            "http://[::1]/", "http://localhost:3100/"})
        EXPECT_TRUE(isPrivate(url)) << url;
    for (const char* url : {"http://logs.example.net/", "http://10.0.0.1/", "http://127.0.0.1.example.net/",
                            "http://localhost.example.net/"})
        EXPECT_FALSE(isPrivate(url)) << url;
}

} // namespace
} // namespace inodeck
