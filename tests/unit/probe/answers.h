#pragma once

#include <string>
#include <vector>

#include "core/drift/verdict.h"
#include "core/probe/probe.h"

namespace inodeck::test {

inline const std::string Id(64, 'a');

/// An answer of the probe with one running container that was started long after every file of today changed.
struct AnswerText {
    std::string container = R"({"id":")" + Id +
                            R"(","name":"/app","image":"app:1","status":"running","running":true,"pid":4711,)"
                            R"("started_at":"2150-01-01T00:00:00Z"})";
    std::vector<std::string> mounts{mountLine("/srv/app.conf", "/etc/app.conf")};
    std::string sides = goodSides(0);
    std::string processes = "proc " + Id + " 4711 500 1\n";
    std::string again = "again " + Id + " 500\n";
    std::string user = "user 0 0 x726f6f74\n";

    /// Everything, from the first line to the last.
    std::string text() const;
    static std::string mountLine(const std::string& source, const std::string& destination,
                                 const std::string& writable = "false");
    /// Both sides of row `n`: one file, the same on both sides.
    static std::string goodSides(int n);
};

/// The verdict of the only row; "error: …" where the answer is none.
std::string verdictOf(const std::string& text);
/// The judgement's sentence of the only row.
std::string reasonOf(const std::string& text);
std::string replaced(std::string text, const std::string& from, const std::string& to);

} // namespace inodeck::test
