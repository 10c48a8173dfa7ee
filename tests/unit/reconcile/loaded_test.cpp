#include "core/reconcile/loaded.h"

#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <sstream>

#include "core/transport/local_transport.h"
#include "tests/support/http_server.h"
#include "tests/support/ssh_server.h"
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

Loaded said(const LoadedCheck& check, const std::string& text) {
    return judgeLoaded(check, {text}, File).loaded;
}

std::string page(const std::string& time, const std::string& success) {
    return "# HELP prometheus_config_last_reload_success_timestamp_seconds Timestamp.\n"
           "prometheus_config_last_reload_success_timestamp_seconds " +
           time + "\nprometheus_config_last_reload_successful " + success +
           "\nprometheus_config_last_reload_successful_total 0\n";
}

TEST(Loaded, PrometheusThatReloadedAfterTheChange) {
    EXPECT_EQ(said(prometheus(), page("1.0000036001e+09", "1")), Loaded::Yes);
    EXPECT_EQ(said(prometheus(), page("1.000003599e+09", "1")), Loaded::No);
    EXPECT_EQ(said(prometheus(), page("1000003600", "1")), Loaded::No) << "not later";
    EXPECT_EQ(said(prometheus(), page("1000003600.01", "1")), Loaded::No)
        << "within what the clocks can tell";
}

TEST(Loaded, AFailedReloadHasLoadedNothing) {
    EXPECT_EQ(said(prometheus(), page("1.1e+09", "0")), Loaded::No);
}

TEST(Loaded, WhatIsNotThereOrNoTimeIsNoAnswer) {
    for (const std::string& text :
         {std::string(), page("NaN", "1"), page("-1", "1"), page("1e300", "1"), page("soon", "1"),
          page("+Inf", "1"), std::string("prometheus_config_last_reload_success_timestamp_seconds 1.1e9\n")})
        EXPECT_EQ(said(prometheus(), text), Loaded::Unanswered) << text;
}

TEST(Loaded, LabelsAndLongerNamesAreToldApart) {
    EXPECT_EQ(metricValues("m{a=\"}\\\" 7\"} 3\nm 4 1700000000000\nm2 5\nmm{} 6\nm\nm{ 7\n#m 8\n", "m"),
              (std::vector<double>{3, 4}));
}

TEST(Loaded, ByCommand) {
    LoadedCheck check;
    check.command = {"x"};
    EXPECT_EQ(said(check, " 1000003700\n"), Loaded::Yes);
    EXPECT_EQ(said(check, "never"), Loaded::Unanswered);
    check.answer = Answer::Sha256;
    EXPECT_EQ(said(check, File.sha256->hex() + "  -\n"), Loaded::Yes);
    EXPECT_EQ(said(check, Sha256::of("x").hex()), Loaded::No);
    EXPECT_EQ(said(check, "<html>"), Loaded::Unanswered);
    check.answer = Answer::Contains;
    check.expect = "release 2";
    EXPECT_EQ(said(check, "{\"body\":\"release 2\"}"), Loaded::Yes);
    EXPECT_EQ(said(check, "{\"body\":\"release 1\"}"), Loaded::No);
}

TEST(Loaded, JsonIsComparedByItsValues) {
    LoadedCheck check;
    check.answer = Answer::Json;
    const auto says = [&](const std::string& loaded, const std::string& would) {
        return judgeLoaded(check, {loaded, would}, File).loaded;
    };
    EXPECT_EQ(says("{\"a\":1,\"b\":[true]}\n", "{ \"b\": [true], \"a\": 1 }"), Loaded::Yes);
    EXPECT_EQ(says("{\"a\":1,\"b\":[true]}", "{\"a\":1,\"b\":[false]}"), Loaded::No);
    for (const char* none : {"", "null", "404 page not found", "{\"a\":1"}) {
        EXPECT_EQ(says(none, "{\"a\":1}"), Loaded::Unanswered) << none;
        EXPECT_EQ(says("{\"a\":1}", none), Loaded::Unanswered) << none;
        EXPECT_EQ(says(none, none), Loaded::Unanswered) << none;
    }
}

/// By the real shell of this machine.
class AskLoaded : public ::testing::Test {
protected:
    AskLoaded() {
        host.name = "local";
        host.local = true;
    }
    Result<LoadedText> ask() {
        return askLoaded(pool, host, AccessLevel::Root, check, test::editedInPlace(), cancel);
    }

    LocalTransport transport;
    SessionPool pool{transport};
    Host host;
    Cancel cancel;
    LoadedCheck check;
};

TEST_F(AskLoaded, WithoutAShellInBetween) {
    check.command = {"printf", "%s", "$(id) 'x'"};
    const auto answer = ask();
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->loaded, "$(id) 'x'");
    check.command = {"sh", "-c", "echo password=hunter2 >&2; exit 3"};
    const auto failed = ask();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().message.find("hunter2"), std::string::npos) << failed.error().message;
    check.command.clear();
    check.url = "http://127.0.0.1:1/'; echo x; '";
    EXPECT_FALSE(ask());
}

TEST_F(AskLoaded, WhatItWouldLoadIsAskedTheContainerUnlessACommandSays) {
    test::HttpServer server([](const test::HttpRequest&) { return test::reply(200, "{\"a\":1}"); });
    check.answer = Answer::Json;
    check.url = server.url();
    host.docker = {"printf", "%s "};
    auto answer = ask();
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->loaded, "{\"a\":1}");
    EXPECT_EQ(answer->wouldLoad, "exec " + std::string(64, 'a') + " caddy adapt --config /etc/app.conf ");
    check.command = {"echo", "{}"};
    answer = ask();
    ASSERT_TRUE(answer) << answer.error().message;
    EXPECT_EQ(answer->wouldLoad, "{}\n");
}

/// As on a VM that has these programs and no others.
class FetchedWith : public AskLoaded, public ::testing::WithParamInterface<const char*> {
protected:
    void SetUp() override {
        m_path = ::getenv("PATH");
        link("sh", "sh");
        link(std::string(GetParam()) == "busybox" ? "wget" : GetParam(), GetParam());
        ::setenv("PATH", m_bin.path().c_str(), 1);
    }
    void TearDown() override { ::setenv("PATH", m_path.c_str(), 1); }

    void link(const std::string& as, const std::string& program) {
        std::istringstream folders(m_path);
        for (std::string folder; std::getline(folders, folder, ':');)
            if (std::filesystem::exists(folder + "/" + program))
                return std::filesystem::create_symlink(folder + "/" + program, m_bin.path() / as);
        GTEST_SKIP() << program << " is not installed here";
    }

private:
    test::TempDir m_bin;
    std::string m_path;
};

TEST_P(FetchedWith, APageAnErrorAndNobodyThere) {
    std::string target;
    {
        test::HttpServer server([&](const test::HttpRequest& request) {
            target = request.target;
            return request.target == "/gone" ? test::reply(404, "no\n") : test::reply(200, "m 1\n");
        });
        check.url = server.url() + "/metrics?a=$(id)&b='";
        const auto page = ask();
        ASSERT_TRUE(page) << page.error().message;
        EXPECT_EQ(page->loaded, "m 1\n");
        EXPECT_TRUE(target.starts_with("/metrics?a=$(id)&b=")) << target;
        check.url = server.url() + "/gone";
        EXPECT_FALSE(ask()) << "what an error page says is no answer";
    }
    EXPECT_FALSE(ask());
}

INSTANTIATE_TEST_SUITE_P(Loaded, FetchedWith, ::testing::Values("curl", "wget", "busybox"));

} // namespace
} // namespace inodeck
