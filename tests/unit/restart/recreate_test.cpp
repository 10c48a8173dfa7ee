#include "core/restart/recreate.h"
#include "tests/unit/restart/restart_rig.h"

namespace inodeck {
namespace {

using Words = std::vector<std::string>;
using namespace std::chrono_literals;

class RecreateTest : public test::RestartRig {
protected:
    RecreateTest() {
        what = plan();
        what.container.composeWorkingDir = "/srv/shop";
        what.container.composeFiles = {"docker-compose.yml", "/srv/shop/prod.yml"};
    }
    Result<Words> arguments() const { return recreateArguments(what, HostScan{}, 7s); }

    RestartPlan what;
};

TEST_F(RecreateTest, SaysWhatComposeWasToldAtFirst) {
    const auto words = arguments();
    ASSERT_TRUE(words) << words.error().message;
    EXPECT_EQ(*words, (Words{"-p", "shop", "--project-directory", "/srv/shop", "-f",
                             "/srv/shop/docker-compose.yml", "-f", "/srv/shop/prod.yml", "up", "-d",
                             "--force-recreate", "--no-deps", "-t", "7", "edge"}));
}

TEST_F(RecreateTest, KnowsThePluginAndTheProgram) {
    EXPECT_EQ(composeCommand({"docker"}, true), (Words{"docker", "compose"}));
    EXPECT_EQ(composeCommand({"docker"}, false), Words{"docker-compose"});
    EXPECT_EQ(composeCommand({"sudo", "-n", "/usr/bin/docker", "-H", "unix:///d"}, false),
              (Words{"sudo", "-n", "docker-compose", "-H", "unix:///d"}));
    EXPECT_TRUE(composeCommand({"podman"}, true).empty());
}

TEST_F(RecreateTest, AsksTheVmWhichOneItHas) {
    std::string asked;
    int status = 0;
    vm.onCommand = [&](const ExecRequest& request, const Deadline&, const Cancel&) -> Result<ExecResult> {
        asked = request.command;
        return ExecResult{{}, {}, status};
    };
    const auto with = recreateCommand(scanner.sessions(), what, HostScan{}, 10s, cancel);
    ASSERT_TRUE(with) << with.error().message;
    EXPECT_EQ(asked, "docker compose version");
    EXPECT_EQ(with->at(1), "compose");
    status = 1;
    const auto without = recreateCommand(scanner.sessions(), what, HostScan{}, 10s, cancel);
    ASSERT_TRUE(without) << without.error().message;
    EXPECT_EQ(without->front(), "docker-compose");
}

/// Labels come from whoever made the image or the container.
TEST_F(RecreateTest, LabelsThatAreNoNamesOrPathsAreRefused) {
    const RestartPlan good = what;
    const auto refused = [&](const char* why, auto&& change) {
        what = good;
        change(what.container);
        EXPECT_FALSE(arguments()) << why;
    };
    refused("an option as service", [](Container& c) { c.service = "--build"; });
    refused("an option as project", [](Container& c) { c.project = "-x"; });
    refused("no service", [](Container& c) { c.service.clear(); });
    refused("blanks", [](Container& c) { c.service = "a b"; });
    refused("no files", [](Container& c) { c.composeFiles.clear(); });
    refused("stdin", [](Container& c) { c.composeFiles = {"-"}; });
    refused("an empty name", [](Container& c) { c.composeFiles = {""}; });
    refused("a relative folder", [](Container& c) { c.composeWorkingDir = "srv"; });
}

TEST_F(RecreateTest, AFileThatTheContainerCanWriteIsRefused) {
    what.rows[0].observation.source = "/srv/shop/data";
    what.container.composeFiles = {"data/../data/evil.yml"};
    what.rows[0].observation.readOnly = false;
    EXPECT_FALSE(arguments());
    what.rows[0].observation.readOnly = true;
    EXPECT_TRUE(arguments());
    what.rows[0].observation.readOnly = false;
    what.container.composeFiles = {"data.yml"};
    EXPECT_TRUE(arguments()) << "beside it is not in it";
}

TEST_F(RecreateTest, AScaledServiceIsRefused) {
    HostScan scan;
    Row other = what.rows[0];
    other.observation.container.id = *ContainerId::parse(test::containerId('d'));
    scan.rows = {what.rows[0], other};
    EXPECT_FALSE(recreateArguments(what, scan, 10s));
    scan.rows = {what.rows[0]};
    EXPECT_TRUE(recreateArguments(what, scan, 10s));
}

} // namespace
} // namespace inodeck
