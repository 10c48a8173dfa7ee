#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>

#include "core/fleet/fleet.h"

namespace inodeck {
namespace {

struct Malformed {
    std::string what;
    std::string place;
    std::string sentence;
    std::string text;
};

void PrintTo(const Malformed& one, std::ostream* out) {
    *out << one.what;
}

/// "\xff" in the list of files is that byte.
std::string unescaped(const std::string& line) {
    std::string bytes;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line.compare(i, 2, "\\x") == 0) {
            bytes += static_cast<char>(std::stoi(line.substr(i + 2, 2), nullptr, 16));
            i += 3;
        } else {
            bytes += line[i];
        }
    }
    return bytes;
}

std::vector<Malformed> files() {
    static const std::regex Head(R"(=== (.*) \| (\d+:\d+) \| (.*))");
    std::ifstream list(INODECK_SOURCE_DIR "/tests/unit/fleet/malformed.txt");
    std::vector<Malformed> found;
    std::smatch head;
    for (std::string line; std::getline(list, line);) {
        if (std::regex_match(line, head, Head))
            found.push_back({head[1], head[2], head[3], {}});
        else if (!found.empty())
            found.back().text += unescaped(line) + "\n";
    }
    return found;
}

/// Whatever is secret in these files or their environment has this in it.
constexpr const char* Secret = "SeCrEt";
const std::map<std::string, std::string> Environment{
    {"LOKI_KEY", "glc_SeCrEtKey"}, {"EMPTY", ""}, {"TWO_LINES", "SeCrEt\nx"}, {"HOME", "/root"}};

class MalformedTest : public ::testing::TestWithParam<Malformed> {};

TEST_P(MalformedTest, IsOneSentenceWithItsPlaceAndWithoutSecrets) {
    const auto fleet = parseFleet(GetParam().text, "inodeck.yaml", Environment);
    ASSERT_FALSE(fleet) << "accepted";
    EXPECT_EQ(fleet.error().code, ErrorCode::Config);
    EXPECT_EQ(fleet.error().message, "inodeck.yaml:" + GetParam().place + ": " + GetParam().sentence);
    EXPECT_TRUE(fleet.error().message.ends_with('.') || fleet.error().message.ends_with('?'));
    for (const FleetProblem& problem : checkFleet(GetParam().text, "inodeck.yaml", Environment)) {
        EXPECT_EQ(problem.sentence.find(Secret), std::string::npos) << problem.sentence;
        EXPECT_EQ(problem.sentence.find('\n'), std::string::npos) << problem.sentence;
        EXPECT_GE(problem.line, 1);
        EXPECT_GE(problem.column, 1);
    }
}

INSTANTIATE_TEST_SUITE_P(Fleet, MalformedTest, ::testing::ValuesIn(files()),
                         [](const auto& one) { return "No" + std::to_string(one.index + 1); });

TEST(MalformedFiles, ThereAreAHundredAndSecretsAreAmongThem) {
    const auto all = files();
    EXPECT_GE(all.size(), 100u);
    EXPECT_GE(std::count_if(all.begin(), all.end(),
                            [](const Malformed& one) { return one.text.find(Secret) != std::string::npos; }),
              15);
}

std::string repeated(const std::string& text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

/// Each of these took minutes or more memory than a machine has in one YAML parser or another. The test's own
/// time limit is the bound.
TEST(MalformedFiles, AHostileFileCostsNeitherTimeNorMemory) {
    const std::string bombs[] = {repeated("[", 200000),         repeated("{", 200000),
                                 repeated("- ", 500000),        repeated("? ", 500000),
                                 repeated("a: ", 300000),       "hosts: [" + repeated(",", 300000),
                                 "\"" + repeated("\n", 300000), "hosts:\n" + repeated("  - vm1\n", 30000),
                                 repeated("&a ", 300000),       "hosts: [" + repeated("&a x,", 200000)};
    for (const std::string& bomb : bombs)
        EXPECT_FALSE(checkFleet(bomb, "f", {}).empty()) << bomb.substr(0, 20);
}

TEST(MalformedFiles, AFileThatIsTooLargeIsNotLookedAt) {
    const auto problems = checkFleet(repeated("# a comment\n", 100000), "f", {});
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_NE(problems[0].sentence.find("1 MiB"), std::string::npos);
}

TEST(MalformedFiles, AllProblemsComeInTheOrderOfTheFileAndTwentyAreEnough) {
    const auto few =
        checkFleet("hosts:\n  - name: vm1\n    protectd: true\n    env: 5\naudit: here\n", "f", {});
    ASSERT_EQ(few.size(), 3u);
    EXPECT_EQ(few[0].line, 3);
    EXPECT_EQ(few[1].line, 4);
    EXPECT_EQ(few[2].line, 5);
    EXPECT_EQ(checkFleet("hosts:\n" + repeated("  - {name: vm, x: 1}\n", 50), "f", {}).size(), 20u);
}

/// Every beginning of a good file: none crashes, and none of them shows the secrets in it.
TEST(MalformedFiles, ACutFileIsGoodOrSaysWhatIsWrong) {
    const std::string whole =
        "hosts:\n  - name: \"vm1\"\n    groups: [a, b]\nevents:\n  loki:\n    url: "
        "https://loki.example.net\n    user: \"1\"\n    api_key: \"glc_SeCrEt${LOKI_KEY}\"\n";
    ASSERT_TRUE(parseFleet(whole, "f", Environment));
    for (std::size_t cut = 0; cut < whole.size(); ++cut)
        for (const FleetProblem& problem : checkFleet(whole.substr(0, cut), "f", Environment))
            EXPECT_EQ(problem.sentence.find(Secret), std::string::npos) << cut << problem.sentence;
}

} // namespace
} // namespace inodeck
