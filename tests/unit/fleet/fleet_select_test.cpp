#include <gtest/gtest.h>

#include "core/fleet/fleet.h"

namespace inodeck {
namespace {

using Words = std::vector<std::string>;

class SelectHostsTest : public ::testing::Test {
protected:
    Fleet fleet = *parseFleet(R"(
defaults: {docker: podman, env: test}
hosts:
  - {name: web1, address: "deploy@10.0.0.1:2222", groups: [web, eu], protected: true}
  - {name: web2, groups: [web]}
  - {name: db1, groups: [data, eu]}
services:
  - {project: p, service: keys, secret: true}
  - {project: p, service: eu, secret: true, hosts: [eu]}
)",
                              "f", {});

    Words chosen(const Words& names) const {
        const auto hosts = selectHosts(fleet, names);
        if (!hosts)
            return {hosts.error().message};
        Words found;
        for (const Host& host : *hosts)
            found.push_back(host.name);
        return found;
    }
    Host one(const std::string& name) const { return selectHosts(fleet, {name}).value().at(0); }
};

TEST_F(SelectHostsTest, NoNameIsAllAndANameAGroupOrAWildcardIsWhatItMeans) {
    EXPECT_EQ(chosen({}), (Words{"web1", "web2", "db1"}));
    EXPECT_EQ(chosen({"web2"}), Words{"web2"});
    EXPECT_EQ(chosen({"eu"}), (Words{"web1", "db1"}));
    EXPECT_EQ(chosen({"w*"}), (Words{"web1", "web2"}));
    EXPECT_EQ(chosen({"?b1"}), Words{"db1"});
    EXPECT_EQ(chosen({"dat?"}), Words{"db1"}) << "a wildcard over groups";
    EXPECT_EQ(chosen({"deploy@10.0.0.1:2222"}), Words{"web1"}) << "the address of a host is that host";
}

TEST_F(SelectHostsTest, NoHostIsThereTwiceAndTheOrderIsThatOfTheNames) {
    EXPECT_EQ(chosen({"db1", "web", "eu", "w*", "db1"}), (Words{"db1", "web1", "web2"}));
    EXPECT_EQ(chosen({"x", "x"}), Words{"x"});
}

TEST_F(SelectHostsTest, AWildcardThatMatchesNothingIsAnError) {
    EXPECT_EQ(chosen({"web1", "mail*"}), Words{"'mail*' matches no host and no group of f."});
    EXPECT_EQ(selectHosts({}, {"*"}).error().code, ErrorCode::Usage);
}

TEST_F(SelectHostsTest, BracketsAreNoWildcard) {
    EXPECT_EQ(chosen({"[w]eb1"}).at(0).find("'[w]eb1' names no host"), 0u);
    EXPECT_EQ(chosen({"[w]eb*"}).at(0).find("'[w]eb*' matches no host"), 0u);
}

TEST_F(SelectHostsTest, AnotherHostHasTheDefaultsAndOnlyTheSecretsOfEveryHost) {
    const Host other = one("root@10.9.9.9");
    EXPECT_EQ(other.target(), "root@10.9.9.9");
    EXPECT_EQ(other.docker, Words{"podman"});
    EXPECT_EQ(other.env, "test");
    EXPECT_FALSE(other.isProtected);
    EXPECT_EQ(other.secretServices, Words{"p/keys"});
    EXPECT_EQ(one("web1").secretServices, (Words{"p/keys", "p/eu"}));
    EXPECT_EQ(chosen({"-x"}).at(0).find("'-x' names no host"), 0u);
}

TEST_F(SelectHostsTest, AProtectedMachineIsProtectedUnderAnyAccountOrPort) {
    EXPECT_TRUE(one("root@10.0.0.1").isProtected);
    EXPECT_TRUE(one("10.0.0.1:22").isProtected);
    EXPECT_TRUE(one("[10.0.0.1]:22").isProtected);
    EXPECT_FALSE(one("10.0.0.10").isProtected);
}

} // namespace
} // namespace inodeck
