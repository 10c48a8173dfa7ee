#include "core/reconcile/loaded.h"

#include <gtest/gtest.h>

#include "core/transport/local_transport.h"
#include "tests/unit/reconcile/rows.h"

namespace inodeck {
namespace {

using Answer = LoadedCheck::Answer;

/// The file changed one hour after 1'000'000'000.
const Facts File = *test::editedInPlace().hostSide.facts;

LoadedCheck prometheus() {
    LoadedCheck check;
    check.url = "http://127.0.0.1/metrics";
    check.metric = "prometheus_config_last_reload_success_timestamp_seconds";
    check.success = "prometheus_config_last_reload_successful";
    return check;
}

std::string page(const std::string& time, const std::string& success) {
    return "# HELP prometheus_config_last_reload_success_timestamp_seconds Timestamp.\n"
           "prometheus_config_last_reload_success_timestamp_seconds " +
           time + "\nprometheus_config_last_reload_successful " + success +
           "\nprometheus_config_last_reload_successful_total 0\n";
}

TEST(Loaded, PrometheusThatReloadedAfterTheChange) {
    EXPECT_EQ(judgeLoaded(prometheus(), page("1.0000036001e+09", "1"), File).loaded, Loaded::Yes);
    EXPECT_EQ(judgeLoaded(prometheus(), page("1.000003599e+09", "1"), File).loaded, Loaded::No);
    EXPECT_EQ(judgeLoaded(prometheus(), page("1000003600", "1"), File).loaded, Loaded::No) << "not later";
    EXPECT_EQ(judgeLoaded(prometheus(), page("1000003600.01", "1"), File).loaded, Loaded::No)
        << "within what the clocks can tell";
}

TEST(Loaded, AFailedReloadHasLoadedNothing) {
    EXPECT_EQ(judgeLoaded(prometheus(), page("1.1e+09", "0"), File).loaded, Loaded::No);
}

TEST(Loaded, WhatIsNotThereOrNoTimeIsNoAnswer) {
    for (const std::string& text :
         {std::string(), page("NaN", "1"), page("-1", "1"), page("1e300", "1"), page("soon", "1"),
          page("+Inf", "1"), std::string("prometheus_config_last_reload_success_timestamp_seconds 1.1e9\n")})
        EXPECT_EQ(judgeLoaded(prometheus(), text, File).loaded, Loaded::Unanswered) << text;
}

TEST(Loaded, LabelsAndLongerNamesAreToldApart) {
    EXPECT_EQ(metricValues("m{a=\"}\\\" 7\"} 3\nm 4 1700000000000\nm2 5\nmm{} 6\nm\nm{ 7\n#m 8\n", "m"),
              (std::vector<double>{3, 4}));
}

TEST(Loaded, ByCommand) {
    LoadedCheck check;
    check.command = {"x"};
    EXPECT_EQ(judgeLoaded(check, " 1000003700\n", File).loaded, Loaded::Yes);
    EXPECT_EQ(judgeLoaded(check, "never", File).loaded, Loaded::Unanswered);
    check.answer = Answer::Sha256;
    EXPECT_EQ(judgeLoaded(check, File.sha256->hex() + "  -\n", File).loaded, Loaded::Yes);
    EXPECT_EQ(judgeLoaded(check, Sha256::of("x").hex(), File).loaded, Loaded::No);
    EXPECT_EQ(judgeLoaded(check, "<html>", File).loaded, Loaded::Unanswered);
    check.answer = Answer::Contains;
    check.expect = "release 2";
    EXPECT_EQ(judgeLoaded(check, "{\"body\":\"release 2\"}", File).loaded, Loaded::Yes);
    EXPECT_EQ(judgeLoaded(check, "{\"body\":\"release 1\"}", File).loaded, Loaded::No);
}

/// By the real shell of this machine.
TEST(Loaded, IsAskedWithoutAShellInBetween) {
    LocalTransport transport;
    SessionPool pool(transport);
    Host host;
    host.name = "local";
    host.local = true;
    Cancel cancel;
    LoadedCheck check;
    check.command = {"printf", "%s", "$(id) 'x'"};
    const auto said = askLoaded(pool, host, AccessLevel::Root, check, cancel);
    ASSERT_TRUE(said) << said.error().message;
    EXPECT_EQ(*said, "$(id) 'x'");
    check.command = {"sh", "-c", "echo password=hunter2 >&2; exit 3"};
    const auto failed = askLoaded(pool, host, AccessLevel::Root, check, cancel);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().message.find("hunter2"), std::string::npos) << failed.error().message;
    check.command.clear();
    check.url = "http://127.0.0.1:1/'; echo x; '";
    EXPECT_FALSE(askLoaded(pool, host, AccessLevel::Root, check, cancel));
}

} // namespace
} // namespace inodeck
