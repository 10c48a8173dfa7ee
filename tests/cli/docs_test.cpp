// What the man page, the completion and the pages of docs say of the program is what the program does.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "core/transport/child_process.h"
#include "tests/cli/cli_rig.h"

namespace inodeck {
namespace {

using Words = std::vector<std::string>;

std::string sourceFile(const std::string& path) {
    std::ifstream file(std::string(INODECK_SOURCE_DIR "/") + path);
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_FALSE(text.str().empty()) << path;
    return text.str();
}

std::set<std::string> allOf(const std::string& text, const char* pattern) {
    std::set<std::string> found;
    const std::regex regex(pattern);
    for (std::sregex_iterator match(text.begin(), text.end(), regex), end; match != end; ++match)
        found.insert((*match)[1]);
    return found;
}

class DocsTest : public test::CliTest {
protected:
    std::string help(Words command) const {
        command.push_back("--help");
        return inodeck(command).out;
    }

    static std::set<std::string> commandsIn(const std::string& help) {
        const std::size_t at = help.find("Subcommands:");
        return at == std::string::npos ? std::set<std::string>{}
                                       : allOf(help.substr(at), "\n  ([a-z][a-z-]*) ");
    }

    /// Every command with its help, the program itself included.
    std::map<Words, std::string> everyHelp() const {
        std::map<Words, std::string> all;
        std::vector<Words> waiting{{}};
        while (!waiting.empty()) {
            const Words command = waiting.back();
            waiting.pop_back();
            all[command] = help(command);
            for (const std::string& name : commandsIn(all[command])) {
                waiting.push_back(command);
                waiting.back().push_back(name);
            }
        }
        return all;
    }

    /// What bash offers for this line, the cursor at its end.
    std::set<std::string> completions(const Words& line) const {
        Words argv{"bash",
                   "-c",
                   "source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _inodeck; "
                   "printf '%s\\n' \"${COMPREPLY[@]}\"",
                   "bash",
                   INODECK_SOURCE_DIR "/resources/completions/inodeck",
                   test::program()};
        argv.insert(argv.end(), line.begin(), line.end());
        const auto lines = test::linesOf(output(argv));
        return {lines.begin(), lines.end()};
    }

    static std::string output(const Words& argv) {
        const auto ran =
            runProcess(argv, {}, 1 << 20, argv.front(), Deadline::after(std::chrono::seconds{60}), Cancel{});
        EXPECT_TRUE(ran) << (ran ? "" : ran.error().message);
        EXPECT_EQ(ran ? ran->error : "", "");
        return ran ? ran->output : "";
    }
};

TEST_F(DocsTest, TheManPageNamesEveryCommandAndOption) {
    std::string page = sourceFile("resources/man/inodeck.1");
    page = std::regex_replace(page, std::regex(R"(\\-)"), "-");
    const auto all = everyHelp();
    EXPECT_GT(all.size(), 10u);
    for (const auto& [command, text] : all) {
        for (const std::string& word : command)
            EXPECT_TRUE(std::regex_search(page, std::regex("\\b" + word + "\\b"))) << word;
        for (const std::string& option : allOf(text, "\n  (?:-[a-z],)?(--[a-z][a-z-]*)"))
            EXPECT_TRUE(std::regex_search(page, std::regex(option + "\\b"))) << option;
    }
}

/// Who only looks at the exit code must know what 0 does not say.
TEST_F(DocsTest, TheExitCodesSayThatAStoppedContainerIsNoDrift) {
    const std::string said = "container that does not run";
    for (const char* page : {"README.md", "resources/man/inodeck.1"})
        EXPECT_NE(sourceFile(page).find(said), std::string::npos) << page;
    EXPECT_NE(help({}).find(said), std::string::npos);
}

TEST_F(DocsTest, TheManPagesAreWellFormed) {
    for (const char* page : {"inodeck.1", "inodeck-console.1"}) {
        const std::string text =
            output({"man", "--warnings", "-l", INODECK_SOURCE_DIR "/resources/man/" + std::string(page)});
        EXPECT_NE(text.find("SYNOPSIS"), std::string::npos);
    }
}

TEST_F(DocsTest, BashCompletesCommandsOptionsAndHosts) {
    EXPECT_EQ(completions({"sca"}), (std::set<std::string>{"scan"}));
    EXPECT_TRUE(completions({""}).contains("audit"));
    EXPECT_EQ(completions({"audit", "key", "ro"}), (std::set<std::string>{"rotate"}));
    EXPECT_EQ(completions({"scan", "--dr"}), (std::set<std::string>{"--drift"}));
    EXPECT_TRUE(completions({"restart", "vm", "--"}).contains("--reason"));
    EXPECT_EQ(completions({"audit", "export", "--format", "j"}), (std::set<std::string>{"jsonl"}));
    std::ofstream(folder / "config") << "Host web1 web2\n  HostName x\nHost db* !no\n";
    const std::string config = (folder / "config").string();
    EXPECT_EQ(completions({"scan", "--ssh-config", config, "we"}), (std::set<std::string>{"web1", "web2"}));
    EXPECT_EQ(completions({"nonsense", "x"}), (std::set<std::string>{""}));
}

TEST_F(DocsTest, ThePageOfTheScanNamesEveryKey) {
    const std::string page = sourceFile("docs/scan-json.md");
    std::set<std::string> keys;
    const auto collect = [&](const auto& self, const QJsonValue& value) -> void {
        for (const QJsonValue& item : value.toArray())
            self(self, item);
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it) {
            keys.insert(it.key().toStdString());
            self(self, it.value());
        }
    };
    const auto ran = inodeck({"scan", "--json", "--replay", INODECK_SOURCE_DIR "/resources/demo/fleet"});
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(ran.out)).object();
    ASSERT_FALSE(document.isEmpty()) << ran.err;
    for (const QString& verdict : document[u"summary"].toObject().keys())
        EXPECT_NE(sourceFile("docs/architecture.md").find("`" + verdict.toStdString() + "`"),
                  std::string::npos);
    QJsonObject rest = document;
    rest.remove(QStringLiteral("summary"));
    collect(collect, rest);
    EXPECT_GT(keys.size(), 25u);
    for (const std::string& key : keys)
        EXPECT_NE(page.find("`" + key + "`"), std::string::npos) << key;
}

} // namespace
} // namespace inodeck
