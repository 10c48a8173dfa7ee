#include <fstream>
#include <unistd.h>

#include "core/transport/child_process.h"
#include "tests/cli/cli_rig.h"

namespace inodeck {
namespace {

using test::Ran;
using Words = std::vector<std::string>;

struct Wrong {
    const char* name;
    Words arguments;
    const char* says; ///< what the sentence must name
};

void PrintTo(const Wrong& wrong, std::ostream* out) {
    *out << wrong.name;
}

class UsageTest : public test::CliTest, public ::testing::WithParamInterface<Wrong> {};

/// Exit status 2 and one clear sentence on stderr; stdout stays empty, since somebody may parse it.
TEST_P(UsageTest, IsOneSentence) {
    const Ran ran = inodeck(GetParam().arguments);
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    const auto lines = test::linesOf(ran.err);
    ASSERT_EQ(lines.size(), 1u) << ran.err;
    EXPECT_TRUE(lines[0].starts_with("inodeck: ")) << lines[0];
    EXPECT_TRUE(lines[0].ends_with(".")) << lines[0];
    EXPECT_NE(lines[0].find(GetParam().says), std::string::npos) << lines[0];
    EXPECT_EQ(ran.err.find('\x1b'), std::string::npos);
}

const Wrong WrongOnes[] = {
    {"UnknownCommand", {"frobnicate"}, "frobnicate"},
    {"UnknownAuditAction", {"audit", "forge"}, "forge"},
    {"UnknownOption", {"scan", "--bogus"}, "inodeck scan --help"},
    {"OptionBeforeCommand", {"--bogus"}, "inodeck --help"},
    {"NoHost", {"scan"}, "--local"},
    {"NoHostForJson", {"scan", "--json"}, "--local"},
    {"HostLooksLikeAnOption", {"scan", "--", "-oProxyCommand=id"}, "-oProxyCommand"},
    {"HostWithBlank", {"scan", "a b"}, "'a b'"},
    {"HostWithEscape", {"scan", "vm\x1b[2J"}, "\\x1b"},
    {"EmptyHost", {"scan", ""}, "empty"},
    {"PortZero", {"scan", "vm:0"}, "port"},
    {"PortTooLarge", {"scan", "vm:65536"}, "port"},
    {"TimeoutZero", {"scan", "vm", "--timeout", "0"}, "--timeout"},
    {"TimeoutNaN", {"scan", "vm", "--timeout", "nan"}, "--timeout"},
    {"TimeoutMinusNaN", {"scan", "vm", "--timeout", "-nan"}, "--timeout"},
    {"TimeoutTooLong", {"scan", "vm", "--timeout", "86401"}, "--timeout"},
    {"HashLimitNaN", {"scan", "vm", "--hash-limit", "nan"}, "--hash-limit"},
    {"HashLimitInfinite", {"scan", "vm", "--hash-limit", "inf"}, "--hash-limit"},
    {"TimeoutNoNumber", {"scan", "vm", "--timeout", "soon"}, "--timeout"},
    {"ParallelZero", {"scan", "vm", "--parallel", "0"}, "--parallel"},
    {"HashLimitNegative", {"scan", "vm", "--hash-limit", "-1"}, "--hash-limit"},
    {"AllAndDrift", {"scan", "vm", "--all", "--drift"}, "--all"},
    {"OptionWithoutValue", {"scan", "vm", "--ssh-config"}, "--ssh-config"},
    {"NoSshConfig",
     {"scan", "vm", "--ssh-config", "/nonexistent"},
     "--ssh-config: cannot read '/nonexistent': No such file or directory"},
    {"SshConfigIsADirectory",
     {"restart", "vm", "c", "--reason", "x", "--ssh-config", "/etc"},
     "'/etc': Is a directory"},
    {"SshConfigBeforeTheFleet", {"doctor", "vm", "--fleet", "/none", "--ssh-config", "/etc"}, "--ssh-config"},
    {"SshConfigWithALocalLook", {"scan", "--local", "--ssh-config", "/nonexistent"}, "--ssh-config"},
    {"NoSshConfigToTrustBy", {"trust", "vm", "--ssh-config", "/nonexistent"}, "--ssh-config"},
    {"NoSshConfigToRecoverBy", {"audit", "recover", "--ssh-config", "/nonexistent"}, "--ssh-config"},
    {"NoSshConfigToReportBy",
     {"report", "vm", "--out", "x.md", "--ssh-config", "/nonexistent"},
     "--ssh-config"},
    {"RestartLocalOfAnotherHost",
     {"restart", "vm2", "c", "--local", "--reason", "x"},
     "--local looks at this machine; it cannot be combined with the host 'vm2'"},
    {"DiffLocalOfAnotherHost", {"diff", "vm2", "c", "--local"}, "'vm2'"},
    {"DoctorLocalOfAnotherHost", {"doctor", "vm2", "--local"}, "'vm2'"},
    {"NoRecording", {"scan", "--replay", "/nonexistent"}, "--replay"},
    {"DiffWithoutContainer", {"diff", "vm"}, "CONTAINER"},
    {"DiffWithTooMuch", {"diff", "vm", "c", "/etc/x", "more"}, "more"},
    {"RestartWithoutReason", {"restart", "vm", "c"}, "--reason"},
    {"RestartWithEmptyReason", {"restart", "vm", "c", "--reason", " "}, "--reason"},
    {"RestartWithoutContainer", {"restart", "vm", "--reason", "x"}, "CONTAINER"},
    {"StopTimeoutNegative",
     {"restart", "vm", "c", "--reason", "x", "--stop-timeout", "-1"},
     "--stop-timeout"},
    {"TrustWithoutHost", {"trust"}, "HOST"},
    {"TrustBothWays", {"trust", "vm", "--yes", "--fingerprint", "SHA256:x"}, "--fingerprint"},
    {"TrustShortFingerprint", {"trust", "vm", "--fingerprint", "SHA256:x"}, "43 characters"},
    {"TrustEmptyFingerprint", {"trust", "vm", "--fingerprint", ""}, "--fingerprint"},
    {"TrustMd5Fingerprint",
     {"trust", "vm", "--fingerprint", "MD5:16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48"},
     "SHA256:"},
    {"TrustOddFingerprint",
     {"trust", "vm", "--fingerprint", "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="},
     "ssh-keygen -l"},
    {"TrustBadHost", {"trust", "-x:1"}, "inodeck trust --help"},
    {"DoctorWithoutHost", {"doctor"}, "HOST"},
    {"AuditWithoutAction", {"audit"}, "inodeck audit --help"},
    {"FleetThatIsNotThere", {"scan", "--fleet", "/nonexistent.yaml"}, "/nonexistent.yaml"},
    {"FleetThatIsNoFile", {"doctor", "vm", "--fleet", "/dev/null"}, "regular"},
    {"NoFleetToCheck", {"fleet", "check"}, "inodeck fleet check FILE"},
    {"FleetWithoutAction", {"fleet"}, "inodeck fleet --help"},
    {"WildcardWithoutMatch", {"scan", "web*"}, "'web*' matches no host"},
    {"AuditBadTime", {"audit", "list", "--since", "yesterday"}, "--since"},
};

INSTANTIATE_TEST_SUITE_P(Cli, UsageTest, ::testing::ValuesIn(WrongOnes),
                         [](const auto& one) { return std::string(one.param.name); });

class HelpTest : public test::CliTest, public ::testing::WithParamInterface<Words> {};

TEST_P(HelpTest, SaysWhatItDoesAndWhatItTakes) {
    Words arguments = GetParam();
    arguments.push_back("--help");
    const Ran ran = inodeck(arguments);
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.err, "");
    EXPECT_NE(ran.out.find("Usage: inodeck"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("--help"), std::string::npos) << ran.out;
    for (const std::string& word : GetParam())
        EXPECT_NE(ran.out.find(word), std::string::npos) << word;
}

INSTANTIATE_TEST_SUITE_P(Cli, HelpTest,
                         ::testing::Values(Words{}, Words{"scan"}, Words{"diff"}, Words{"restart"},
                                           Words{"trust"}, Words{"doctor"}, Words{"audit"},
                                           Words{"audit", "list"}, Words{"audit", "show"},
                                           Words{"audit", "recover"}, Words{"audit", "init"},
                                           Words{"audit", "copy"}, Words{"audit", "export"},
                                           Words{"audit", "verify"}, Words{"audit", "key", "rotate"}));

class ProgramTest : public test::CliTest {};

TEST_F(ProgramTest, WithoutArgumentsItExplainsItself) {
    const Ran ran = inodeck({});
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    for (const char* command : {"scan", "diff", "restart", "trust", "doctor", "audit", "fleet"})
        EXPECT_NE(ran.err.find(std::string("\n  ") + command), std::string::npos) << ran.err;
}

TEST_F(ProgramTest, HelpNamesEachExitCode) {
    const std::string out = inodeck({"--help"}).out;
    const std::string codes = out.substr(out.find("Exit codes"));
    for (const char* code : {"0 ", "1 ", "2 ", "3 ", "4 ", "5 "})
        EXPECT_NE(codes.find(code), std::string::npos) << code << codes;
    EXPECT_NE(codes.find("not_running"), std::string::npos) << "it is 0: " << codes;
}

class UnreadableTest : public test::CliTest {};

TEST_F(UnreadableTest, ASshConfigThatMayNotBeReadIsTwo) {
    if (::geteuid() == 0)
        GTEST_SKIP() << "root may read everything";
    std::ofstream(folder / "config") << "Host *\n";
    std::filesystem::permissions(folder / "config", std::filesystem::perms::none);
    const Ran ran = inodeck({"scan", "127.0.0.1:1", "--ssh-config", folder / "config"});
    EXPECT_EQ(ran.status, 2) << ran.err;
    EXPECT_NE(ran.err.find("Permission denied"), std::string::npos) << ran.err;
}

/// What ssh itself takes for "no configuration" is fine.
TEST_F(UnreadableTest, NoneAndDevNullAreNoFilesToMiss) {
    for (const char* file : {"none", "/dev/null"})
        EXPECT_EQ(inodeck({"scan", "127.0.0.1:1", "--ssh-config", file}).status, 3) << file;
}

TEST_F(ProgramTest, SaysItsVersion) {
    const Ran ran = inodeck({"--version"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out, "inodeck " INODECK_VERSION "\n");
}

/// Qt Core is fine; a program for servers brings no window system.
TEST_F(ProgramTest, LinksNoGuiLibrary) {
    const Cancel never;
    const auto dump = runProcess({"readelf", "-d", test::program()}, {}, std::size_t{1} << 20, "readelf",
                                 Deadline::after(std::chrono::seconds{30}), never);
    ASSERT_TRUE(dump) << dump.error().message;
    EXPECT_NE(dump->output.find("libQt6Core"), std::string::npos) << dump->output << dump->error;
    for (const char* library : {"libQt6Gui", "libQt6Widgets", "libX11", "libxcb", "libGL"})
        EXPECT_EQ(dump->output.find(library), std::string::npos) << library;
}

} // namespace
} // namespace inodeck
