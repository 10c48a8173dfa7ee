#pragma once

#include "app/cli/command.h"
#include "core/scan/both_sides.h"

namespace inodeck::cli {

/// What is read of each side, at most.
constexpr std::uint64_t DiffLimit = std::uint64_t{16} << 20;

/// The unified diff of what was read, or why there is none; the exit code.
int printDiff(const Row& row, const BothSides& both, Context& context);
/// Whether they differ, and nothing of what they hold: neither a hash, by which a short secret could be
/// guessed.
int printWithoutContent(const Row& row, const BothSides& both, Context& context);

} // namespace inodeck::cli
