#include "tests/unit/restart/restart_rig.h"

namespace inodeck {
namespace {

using test::containerId;
using test::staleContainer;
using test::syncedContainer;

class PlanTest : public test::RestartRig {
protected:
    Result<std::vector<RestartPlan>> plans(const std::string& selector) {
        return planRestarts(host, scanner.scanHost(host, cancel), selector);
    }
};

TEST_F(PlanTest, NamesTheCauseTheCommandAndTheContainer) {
    const RestartPlan one = plan();
    EXPECT_EQ(one.container.name, "shop_edge_1");
    ASSERT_EQ(one.causes.size(), 1u);
    EXPECT_NE(one.causes[0].find("/etc/app.conf: "), std::string::npos) << one.causes[0];
    EXPECT_EQ(one.argv, (std::vector<std::string>{"docker", "restart", "-t", "10", containerId('a')}));
    EXPECT_EQ(one.peer.address, "vm:22");
    EXPECT_FALSE(one.machineId.empty());
}

TEST_F(PlanTest, AContainerIsFoundByEachOfItsNames) {
    for (const std::string& selector :
         {std::string("shop_edge_1"), std::string("shop/edge"), containerId('a'), std::string(12, 'a')}) {
        const auto found = plans(selector);
        ASSERT_TRUE(found) << selector << ": " << found.error().message;
        ASSERT_EQ(found->size(), 1u) << selector;
        EXPECT_EQ(found->front().container.id.hex(), containerId('a'));
    }
}

TEST_F(PlanTest, ShortIdsAndPartsOfNamesFindNothing) {
    for (const std::string& selector : {std::string(11, 'a'), std::string("edge"), std::string("shop"),
                                        std::string(""), std::string("shop/"), std::string(65, 'a')})
        EXPECT_FALSE(plans(selector)) << selector;
}

TEST_F(PlanTest, WhatIsNotThereIsAnsweredWithWhatThereIs) {
    const auto found = plans("shop/nobody\x1b[2J");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::NotFound);
    EXPECT_NE(found.error().message.find("shop/edge, shop/web"), std::string::npos) << found.error().message;
    EXPECT_EQ(found.error().message.find('\x1b'), std::string::npos);
}

TEST_F(PlanTest, AScaledServiceIsSeveralPlans) {
    auto second = staleContainer('c', "edge");
    second.name = "shop_edge_2";
    vm.containers.push_back(second);
    const auto found = plans("shop/edge");
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->size(), 2u);
}

TEST_F(PlanTest, AnIdThatIsAlsoAnothersNameIsAmbiguous) {
    vm.containers[1].name = std::string(12, 'a');
    const auto found = plans(std::string(12, 'a'));
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::Usage);
}

TEST_F(PlanTest, TwoContainersUnderOneNameAreNotOneContainer) {
    vm.containers[1].name = "shop/edge";
    const auto found = plans("shop/edge");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::Usage);
}

TEST_F(PlanTest, WhatIsInSyncHasNoCause) {
    EXPECT_TRUE(plan("shop/web").causes.empty());
}

TEST_F(PlanTest, AMissingSourceIsNoCauseForARestart) {
    vm.containers[0].mounts[0].host.error = "missing";
    EXPECT_TRUE(plan().causes.empty());
}

TEST_F(PlanTest, ServicesOfTheSameProjectThatDependOnItAreNamed) {
    vm.containers[1].dependsOn = "db:service_started:false,edge:service_started:false";
    auto stranger = syncedContainer('c', "other");
    stranger.project = "elsewhere";
    stranger.dependsOn = "edge:service_started:false";
    vm.containers.push_back(stranger);
    EXPECT_EQ(plan().dependents, std::vector<std::string>{"web"});
}

TEST_F(PlanTest, WithoutAnObservationThereIsNoPlan) {
    vm.onProbe = [] { return fail(ErrorCode::Timeout, "too slow"); };
    const auto found = plans("shop/edge");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::Timeout);
}

} // namespace
} // namespace inodeck
