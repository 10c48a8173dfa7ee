#include <gtest/gtest.h>
#include <poll.h>
#include <thread>

#include "core/base/cancel.h"
#include "core/base/container_id.h"
#include "core/base/deadline.h"
#include "core/base/error.h"
#include "core/base/hex.h"
#include "core/base/sha256.h"

namespace inodeck {
namespace {

using namespace std::chrono_literals;

TEST(HexTest, ComesBackAsItWas) {
    std::string all;
    for (int i = 0; i < 256; ++i)
        all += static_cast<char>(i);
    EXPECT_EQ(hexDecode(hexEncode(all)), all);
    EXPECT_EQ(hexEncode("\xff\x01"), "ff01");
    EXPECT_EQ(hexDecode(""), "");
    EXPECT_EQ(hexDecode("aBfF"), "\xab\xff");
}

TEST(HexTest, RefusesOddLengthsAndOtherCharacters) {
    for (const char* text : {"a", "abc", "zz", "0x", " 1", "1 ", "-1", "+f", "g0"})
        EXPECT_FALSE(hexDecode(text)) << text;
}

TEST(Sha256Test, OfKnownTexts) { // FIPS 180-4's examples
    EXPECT_EQ(Sha256::of("").hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(Sha256::of("abc").hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(Sha256::of(std::string(1'000'000, 'a')).hex(),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256Test, IsExactly64Digits) {
    const std::string hex = Sha256::of("abc").hex();
    EXPECT_EQ(Sha256::fromHex(hex), Sha256::of("abc"));
    EXPECT_FALSE(Sha256::fromHex(""));
    EXPECT_FALSE(Sha256::fromHex(hex.substr(1)));
    EXPECT_FALSE(Sha256::fromHex(hex + "00"));
    EXPECT_FALSE(Sha256::fromHex(hex.substr(0, 63) + "g"));
}

TEST(ContainerIdTest, Is64LowercaseDigitsAndNothingElse) {
    const std::string good(64, 'f');
    EXPECT_EQ(ContainerId::parse(good)->brief(), "ffffffffffff");
    for (const std::string& bad : {std::string{}, std::string(63, 'f'), std::string(65, 'f'),
                                   std::string(64, 'F'), std::string(63, 'f') + ";", std::string(64, ' ')})
        EXPECT_FALSE(ContainerId::parse(bad)) << bad;
}

TEST(DeadlineTest, NeverHasLessThanNothingLeft) {
    EXPECT_TRUE(Deadline::after(-1s).passed());
    EXPECT_EQ(Deadline::after(-1s).left(), 0ms);
    const Deadline hour = Deadline::after(1h);
    EXPECT_FALSE(hour.passed());
    EXPECT_GT(hour.left(), 59min);
    EXPECT_LE(hour.atMost(1s).left(), 1s);
    EXPECT_GT(hour.atMost(2h).left(), 59min);
    EXPECT_LE(hour.atMost(2h).left(), 1h);
}

TEST(CancelTest, IsSeenByWhoPollsAndStaysSet) {
    Cancel cancel;
    pollfd waiting{cancel.fd(), POLLIN, 0};
    EXPECT_EQ(::poll(&waiting, 1, 0), 0);
    std::thread other([&] { cancel.request(); });
    EXPECT_EQ(::poll(&waiting, 1, 10'000), 1);
    other.join();
    cancel.request();
    EXPECT_TRUE(cancel.requested());
    EXPECT_EQ(::poll(&waiting, 1, 0), 1);
}

TEST(ErrorTest, OnlyWhatMayPassByItselfIsTransient) {
    for (const ErrorCode code : {ErrorCode::Timeout, ErrorCode::Unreachable, ErrorCode::Disconnected})
        EXPECT_TRUE((Error{code, {}}).transient());
    for (const ErrorCode code : {ErrorCode::HostKeyChanged, ErrorCode::HostKeyUnknown, ErrorCode::AuthFailed,
                                 ErrorCode::Protocol, ErrorCode::Cancelled, ErrorCode::Internal})
        EXPECT_FALSE((Error{code, {}}).transient());
}

} // namespace
} // namespace inodeck
