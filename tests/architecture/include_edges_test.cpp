// Link lines alone do not keep the layers apart (a target that links only Qt Core can still include Qt
// Widgets), so the includes are checked here, line by line, against the table of docs/architecture.md.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace fs = std::filesystem;

namespace {

using Edges = std::map<std::string, std::set<std::string>>;

const std::set<std::string> AllOfCore{"core/base",    "core/drift",  "core/fleet",     "core/transport",
                                      "core/ssh",     "core/probe",  "core/scan",      "core/audit",
                                      "core/restart", "core/events", "core/reconcile", "core/report"};

std::set<std::string> coreWithoutSsh() {
    std::set<std::string> modules = AllOfCore;
    modules.erase("core/ssh");
    return modules;
}

std::set<std::string> plus(std::set<std::string> modules, std::initializer_list<std::string> more) {
    modules.insert(more);
    return modules;
}

/// Who may include whom, apart from itself. What is not here is not allowed.
const Edges Allowed{
    {"core/base", {}},
    {"core/drift", {"core/base"}},
    {"core/fleet", {"core/base"}},
    {"core/transport", {"core/base"}},
    {"core/audit", {"core/base"}},
    {"core/events", {"core/base"}},
    {"core/ssh", {"core/base", "core/transport"}},
    {"core/probe", {"core/base", "core/transport", "core/drift"}},
    {"core/scan", {"core/base", "core/probe", "core/transport", "core/fleet", "core/drift"}},
    {"core/restart",
     {"core/base", "core/scan", "core/probe", "core/drift", "core/fleet", "core/transport", "core/audit"}},
    {"core/reconcile",
     {"core/base", "core/restart", "core/scan", "core/probe", "core/drift", "core/fleet", "core/transport",
      "core/audit", "core/events"}},
    {"core/report",
     {"core/base", "core/scan", "core/probe", "core/drift", "core/fleet", "core/transport", "core/audit"}},
    {"ui/models", coreWithoutSsh()},
    {"ui/dialogs", plus(coreWithoutSsh(), {"ui/models"})},
    {"ui/views", plus(coreWithoutSsh(), {"ui/models", "ui/dialogs"})},
    {"app/setup", AllOfCore},
    {"app/cli", plus(AllOfCore, {"app/setup"})},
    {"app/inodeck", {"core/base", "app/cli", "app/setup"}},
    {"app/inodeck-console", plus(AllOfCore, {"app/setup", "ui/models", "ui/views", "ui/dialogs"})},
};

/// System headers that belong to one room only: {pattern, the module that may include it}.
const std::vector<std::pair<std::regex, std::set<std::string>>> Guarded{
    {std::regex("libssh/.*"), {"core/ssh"}},
    {std::regex("CLI/.*"), {"app/cli"}},
    {std::regex("QSql.*|QtSql.*|sqlite3.h|libpq.*|postgresql/.*"), {"core/audit"}},
    {std::regex("yaml-cpp/.*"), {"core/fleet"}},
    {std::regex("dtl/.*"), {"core/drift"}},
    {std::regex("curl/.*|zlib.h"), {"core/events"}},
};
const std::regex
    WidgetHeaders("QtWidgets.*|QWidget|QApplication|QDialog.*|QMainWindow|QMessageBox|QLabel|QPushButton|"
                  "QTableView|QTreeView|QLineEdit|QHeaderView|QMenu.*|QStyle.*");
const std::regex GuiHeaders("QtGui.*|QGuiApplication|QColor|QPalette|QIcon|QPixmap|QPainter|QFont.*|QImage");

std::string moduleOf(const fs::path& relative) {
    auto part = relative.begin();
    const std::string top = (part++)->string();
    return top + "/" + part->string();
}

struct Include {
    std::string module;
    std::string target;
    std::string where;
    bool system = false;
};

std::vector<Include> includesBelow(const fs::path& root) {
    static const std::regex Line(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    std::vector<Include> found;
    for (const char* top : {"core", "ui", "app"}) {
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const std::string extension = entry.path().extension().string();
            if (extension != ".h" && extension != ".cpp")
                continue;
            const fs::path relative = fs::relative(entry.path(), root);
            std::ifstream file(entry.path());
            std::string line;
            for (int number = 1; std::getline(file, line); ++number) {
                std::smatch match;
                if (std::regex_search(line, match, Line))
                    found.push_back({moduleOf(relative), match[2],
                                     relative.string() + ":" + std::to_string(number), match[1] == "<"});
            }
        }
    }
    return found;
}

const fs::path Root{INODECK_SOURCE_DIR};

bool matches(const std::string& text, const char* pattern) {
    return std::regex_search(text, std::regex(pattern));
}

/// One sentence per include that the table does not allow.
std::vector<std::string> violations(const std::vector<Include>& includes) {
    std::vector<std::string> found;
    for (const Include& include : includes) {
        const auto row = Allowed.find(include.module);
        if (row == Allowed.end()) {
            found.push_back(include.where + ": a room without a row in the table");
            continue;
        }
        const bool headless =
            include.module.rfind("core/", 0) == 0 || matches(include.module, "^app/(cli|inodeck)$");
        const bool widgets = std::regex_match(include.target, WidgetHeaders);
        if ((headless && (widgets || std::regex_match(include.target, GuiHeaders))) ||
            (include.module == "ui/models" && widgets))
            found.push_back(include.where + ": <" + include.target + "> does not belong below the views");
        for (const auto& [pattern, owners] : Guarded) {
            if (std::regex_match(include.target, pattern) && !owners.count(include.module))
                found.push_back(include.where + ": <" + include.target + "> is not for here");
        }
        if (include.system)
            continue;
        if (!matches(include.target, "^(core|ui|app)/")) {
            if (!matches(include.target, "\\.moc$|_script\\.h$"))
                found.push_back(include.where + ": \"" + include.target +
                                "\" hides which room it comes from");
            continue;
        }
        const std::string target = moduleOf(include.target);
        if (target != include.module && !row->second.count(target))
            found.push_back(include.where + ": " + include.module + " must not include " + target);
    }
    return found;
}

TEST(Architecture, everyIncludeIsAnAllowedEdge) {
    const std::vector<Include> includes = includesBelow(Root);
    ASSERT_GT(includes.size(), 100u);
    for (const std::string& violation : violations(includes))
        ADD_FAILURE() << violation;
}

TEST(Architecture, plantedViolationsAreFound) {
    const std::vector<Include> planted{
        {"core/drift", "core/audit/record.h", "a:1", false},
        {"core/scan", "core/ssh/ssh_transport.h", "a:2", false},
        {"core/base", "ui/models/text.h", "a:3", false},
        {"ui/views", "core/ssh/ssh_transport.h", "a:4", false},
        {"core/probe", "QtWidgets/QWidget", "a:5", true},
        {"ui/models", "QLabel", "a:6", true},
        {"core/scan", "libssh/libssh.h", "a:7", true},
        {"core/restart", "libpq-fe.h", "a:11", true},
        {"app/cli", "QColor", "a:8", true},
        {"core/newroom", "core/base/error.h", "a:9", false},
        {"core/drift", "verdict.h", "a:10", false},
    };
    EXPECT_EQ(violations(planted).size(), planted.size());
    EXPECT_TRUE(violations({{"core/scan", "core/probe/probe.h", "b:1", false}}).empty());
}

/// The table has no circle: each room can be numbered above all that it may include.
TEST(Architecture, theTableIsAcyclic) {
    std::set<std::string> done;
    for (std::size_t before = 1; before != 0;) {
        before = 0;
        for (const auto& [module, uses] : Allowed) {
            const bool ready = std::all_of(uses.begin(), uses.end(), [&](const std::string& m) {
                return done.count(m) || !Allowed.count(m);
            });
            if (!done.count(module) && ready)
                before += done.insert(module).second ? 1 : 0;
        }
    }
    EXPECT_EQ(done.size(), Allowed.size());
}

} // namespace
