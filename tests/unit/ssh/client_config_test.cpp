#include "core/ssh/client_config.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include "core/ssh/auth_plan.h"
#include "core/ssh/host_key.h"

namespace inodeck::ssh {
namespace {

ClientConfig parsed(const std::string& more) {
    const auto config = parseClientConfig("user bob\nhostname 192.0.2.7\nport 2222\n" + more, "web1");
    EXPECT_TRUE(config) << config.error().message;
    return config.value_or(ClientConfig());
}

TEST(ClientConfigTest, ReadsWhatSshPrints) {
    const auto config =
        parsed("identityfile ~/.ssh/a\nidentityfile /k/b\ncertificatefile /k/c-cert.pub\n"
               "identitiesonly yes\naddressfamily inet6\nuserknownhostsfile /k/1 /k/2\n"
               "globalknownhostsfile /g/1\nproxyjump a,b\nconnecttimeout 7\nserveraliveinterval 5\n"
               "serveralivecountmax 2\npubkeyauthentication false\npasswordauthentication no\n"
               "hostkeyalias Alias\nhashknownhosts yes\nbatchmode yes\nidentityagent none\n");
    EXPECT_EQ(config.name, "web1");
    EXPECT_EQ(config.hostName, "192.0.2.7");
    EXPECT_EQ(config.user, "bob");
    EXPECT_EQ(config.port, 2222);
    EXPECT_EQ(config.identityFiles, (std::vector<std::string>{homeDirectory() + "/.ssh/a", "/k/b"}));
    EXPECT_EQ(config.certificateFiles, std::vector<std::string>{"/k/c-cert.pub"});
    EXPECT_TRUE(config.identitiesOnly);
    EXPECT_EQ(config.family, AF_INET6);
    EXPECT_EQ(config.userKnownHosts, (std::vector<std::string>{"/k/1", "/k/2"}));
    EXPECT_EQ(config.globalKnownHosts, std::vector<std::string>{"/g/1"});
    EXPECT_EQ(config.proxyJump, "a,b");
    EXPECT_EQ(config.connectTimeout, std::chrono::seconds(7));
    EXPECT_EQ(config.aliveInterval, std::chrono::seconds(5));
    EXPECT_EQ(config.aliveCountMax, 2);
    EXPECT_FALSE(config.publicKey);
    EXPECT_FALSE(config.password);
    EXPECT_EQ(config.hostKeyAlias, "Alias");
    EXPECT_TRUE(config.hashKnownHosts);
    EXPECT_TRUE(config.batchMode);
    EXPECT_EQ(config.identityAgent, "");
}

TEST(ClientConfigTest, NoneAndDefaultsMeanNothing) {
    const auto config = parsed("proxyjump none\nproxycommand none\nconnecttimeout none\nidentityfile none\n"
                               "bindaddress none\npubkeyauthentication unbound\n");
    EXPECT_EQ(config.proxyJump, "");
    EXPECT_EQ(config.proxyCommand, "");
    EXPECT_FALSE(config.connectTimeout);
    EXPECT_TRUE(config.identityFiles.empty());
    EXPECT_EQ(config.bindAddress, "");
    EXPECT_TRUE(config.publicKey);
}

TEST(ClientConfigTest, ExpandsTokensAndVariables) {
    ::setenv("INODECK_TEST_DIR", "/from/env", 1);
    const auto config = parsed("identityfile %d/%h_%p_%r_%n_%%\ncertificatefile ${INODECK_TEST_DIR}/c\n"
                               "proxycommand nc %h %p -u %r 100%% %Q\n");
    EXPECT_EQ(config.identityFiles.front(), homeDirectory() + "/192.0.2.7_2222_bob_web1_%");
    EXPECT_EQ(config.certificateFiles.front(), "/from/env/c");
    EXPECT_EQ(config.proxyCommand, "nc 192.0.2.7 2222 -u bob 100% %Q");
}

TEST(ClientConfigTest, FindsTheAgent) {
    ::setenv("SSH_AUTH_SOCK", "/the/agent", 1);
    ::setenv("INODECK_TEST_AGENT", "/other/agent", 1);
    EXPECT_EQ(parsed("").identityAgent, "/the/agent");
    EXPECT_EQ(parsed("identityagent SSH_AUTH_SOCK\n").identityAgent, "/the/agent");
    EXPECT_EQ(parsed("identityagent $INODECK_TEST_AGENT\n").identityAgent, "/other/agent");
    EXPECT_EQ(parsed("identityagent ${INODECK_TEST_AGENT}\n").identityAgent, "/other/agent");
    EXPECT_EQ(parsed("identityagent /x/%r\n").identityAgent, "/x/bob");
}

TEST(ClientConfigTest, NothingOddReachesTheShellOfAProxyCommand) {
    for (const char* user : {"$(id)", "a;b", "`id`", "a b", "-oX"}) {
        const auto config = parseClientConfig(
            std::string("hostname h\nport 22\nproxycommand nc %r\nuser ") + user + "\n", "web1");
        ASSERT_FALSE(config) << user;
        EXPECT_EQ(config.error().code, ErrorCode::Config);
    }
}

TEST(ClientConfigTest, NonsenseIsAnError) {
    for (const char* dump : {"", "hostname h\nport 0\n", "port 22\n", "hostname h\nport 70000\n"})
        EXPECT_EQ(parseClientConfig(dump, "web1").error().code, ErrorCode::Config);
}

TEST(ClientConfigTest, MethodsFollowPreferenceAndSwitches) {
    using Names = std::vector<std::string>;
    EXPECT_EQ(planMethods(parsed("")), (Names{"publickey", "keyboard-interactive", "password"}));
    EXPECT_EQ(planMethods(parsed("preferredauthentications gssapi-with-mic,password,publickey\n")),
              (Names{"password", "publickey"}));
    EXPECT_EQ(planMethods(parsed("kbdinteractiveauthentication no\npasswordauthentication no\n")),
              Names{"publickey"});
}

TEST(ClientConfigTest, KnownKeyTypesAreAskedForFirst) {
    const auto config = parsed("hostkeyalgorithms ssh-ed25519-cert-v01@openssh.com,ssh-ed25519,"
                               "ecdsa-sha2-nistp256,rsa-sha2-512,rsa-sha2-256\n");
    EXPECT_EQ(hostKeyAlgorithms(config, {}), "ssh-ed25519,ecdsa-sha2-nistp256,rsa-sha2-512,rsa-sha2-256");
    EXPECT_EQ(hostKeyAlgorithms(config, {"ssh-rsa"}),
              "rsa-sha2-512,rsa-sha2-256,ssh-ed25519,ecdsa-sha2-nistp256");
}

} // namespace
} // namespace inodeck::ssh
