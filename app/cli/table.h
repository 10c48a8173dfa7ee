#pragma once

#include <string>
#include <vector>

#include "app/cli/command.h"
#include "core/scan/scan.h"

namespace inodeck::cli {

/// How many terminal columns valid UTF-8 takes (wide characters take two, combining marks none).
int displayWidth(const std::string& text);
/// `text` in at most `width` columns, with … in the middle where it was too long.
std::string elided(const std::string& text, int width);
/// `text` in ANSI colour when `on`; bold for "1;31" and the like.
std::string coloured(const std::string& text, const char* sgr, bool on);
const char* colourOf(Verdict verdict);

/// The first digits of a side's hash, or what stands in for it: "(missing)", "inode 123", "?".
std::string briefHash(const Side& side, bool secret = false);

/// The table of `inodeck scan`, worst rows first, the reason below each row that is not in sync; failed hosts
/// and warnings; the summary line last.
std::string scanTable(const std::vector<HostScan>& scans, bool driftOnly, TimePoint now, const Streams& io);

} // namespace inodeck::cli
