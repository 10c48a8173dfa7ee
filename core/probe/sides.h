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
    /// Takes a line whose first word is S, H, L, E, R, D or X; false when it is malformed.
    bool take(std::string_view line);
    /// The side of mount `number` ('h' or 'c'). Silence, contradiction and malformed lines are a problem,
    /// never a fact.
    Side side(std::size_t number, char which) const;
    /// The root field of the mount's mountinfo line, unescaped.
    std::string mountRoot(std::size_t number) const;
    /// The container side was looked at by path and its mount's root is deleted on the host.
    bool deleted(std::size_t number) const;

private:
    struct Record {
        std::optional<Facts> facts;
        std::string error;     ///< the probe's word
        std::string mountRoot; ///< as in mountinfo, still escaped
        bool deleted = false;
        bool byExec = false;
        bool broken = false;
    };
    bool takeFacts(Record& record, std::string_view rest);
    std::map<std::pair<std::size_t, char>, Record> m_records;
};

} // namespace inodeck
