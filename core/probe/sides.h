#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/drift/observation.h"

namespace inodeck {

/// What the probe said of the sides of the mounts, collected line by line: "S 0h …", "H 0c …", "E 3c
/// missing".
class SideRecords {
public:
    /// Takes a line whose first word is S, H, L, C, E, T, R, D or X; false when it belongs to no side. A line
    /// that makes no sense spoils its side only.
    bool take(std::string_view line);
    /// The side of mount `number` ('h' or 'c'). Silence, contradiction and malformed lines are a problem,
    /// never a fact.
    Side side(std::size_t number, char which) const;
    /// The root field of the mount's mountinfo line, unescaped.
    std::string mountRoot(std::size_t number) const;
    /// No line was of a mount that there is not.
    bool numbersEndBelow(std::size_t count) const {
        return m_records.empty() || m_records.rbegin()->first.first < count;
    }
    /// The container side was looked at by path and its mount's root is deleted on the host.
    bool deleted(std::size_t number) const;

private:
    struct Record {
        std::optional<Facts> facts;
        std::string error;     ///< the probe's word
        std::string mountRoot; ///< as in mountinfo, still escaped
        bool deleted = false;
        bool byExec = false;
        bool changed = false;  ///< while it was being read
        bool timedOut = false; ///< what else is known of it is not all
        bool broken = false;
    };
    static bool takeFacts(Record& record, std::string_view rest);
    static bool takeFinding(Record& record, char kind, std::string_view rest);
    static Side sideOf(const Record& record);
    std::map<std::pair<std::size_t, char>, Record> m_records;
};

} // namespace inodeck
