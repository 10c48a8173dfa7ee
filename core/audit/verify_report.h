#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/audit/key_ring.h"

namespace inodeck {

/// What a verification found.
struct VerifyReport {
    std::string log;
    std::uint64_t records = 0;
    std::optional<std::uint64_t> first; ///< seq
    std::uint64_t last = 0;
    std::string head;       ///< hex SHA-256 of the last line
    bool complete = true;   ///< every record from the genesis on; false: chosen ones, each with a proof
    bool signatures = true; ///< false: a plain JSONL, only its links were checked

    struct Bad {
        std::uint64_t seq = 0;
        std::string why; ///< printable
    };
    std::optional<Bad> bad;                ///< the first bad record
    std::vector<std::string> contradicted; ///< by a checkpoint: cut, forked
    std::uint64_t anchored = 0;            ///< so many records are as a checkpoint from outside says
    std::uint64_t elsewhere = 0;           ///< the same, but for what this installation itself remembers
    std::vector<std::string>
        notices; ///< what somebody should look at: open intents, clock, keys; at most 100
    std::uint64_t noticesLeftOut = 0;
    KeyRing keys;

    enum class Standing { Broken, Anchored, SelfConsistent };
    Standing standing() const;
    void vouchFor(std::uint64_t records, bool fromElsewhere);
};

/// The report as lines of printable text.
std::vector<std::string> reportLines(const VerifyReport& report);

} // namespace inodeck
