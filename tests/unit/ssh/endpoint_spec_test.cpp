#include "core/ssh/endpoint_spec.h"

#include <gtest/gtest.h>

namespace inodeck::ssh {
namespace {

EndpointSpec parsed(const std::string& text) {
    return parseEndpointSpec(text).value_or(EndpointSpec{"-", "malformed", -1});
}

TEST(EndpointSpecTest, ReadsWhatOperatorsWrite) {
    EXPECT_EQ(parsed("web1"), (EndpointSpec{"", "web1", 0}));
    EXPECT_EQ(parsed("bob@web1:2222"), (EndpointSpec{"bob", "web1", 2222}));
    EXPECT_EQ(parsed("bob@corp@web1"), (EndpointSpec{"bob@corp", "web1", 0}));
    EXPECT_EQ(parsed("[::1]:22"), (EndpointSpec{"", "::1", 22}));
    EXPECT_EQ(parsed("[::1]"), (EndpointSpec{"", "::1", 0}));
    EXPECT_EQ(parsed("fe80::1"), (EndpointSpec{"", "fe80::1", 0}));
}

TEST(EndpointSpecTest, RefusesOptionsBlanksAndBadPorts) {
    for (const char* text :
         {"", "-oProxyCommand=id", "bob@-x", "-l@web1", "@web1", "bob@", "web 1", "web1\n", "web1:", "web1:0",
          "web1:65536", "web1:ssh", "web1:22x", "[::1", "[::1]22", "[]:22"}) {
        const auto spec = parseEndpointSpec(text);
        ASSERT_FALSE(spec) << text;
        EXPECT_EQ(spec.error().code, ErrorCode::Usage);
    }
}

TEST(EndpointSpecTest, JumpsKeepTheirOrder) {
    const auto hops = parseJumps("a,bob@b:2222,ssh://[::1]:22");
    ASSERT_TRUE(hops);
    EXPECT_EQ(*hops, (std::vector<EndpointSpec>{{"", "a", 0}, {"bob", "b", 2222}, {"", "::1", 22}}));
    EXPECT_EQ(parseJumps("a,,b").error().code, ErrorCode::Config);
    EXPECT_EQ(parseJumps("a,-b").error().code, ErrorCode::Config);
}

} // namespace
} // namespace inodeck::ssh
