#pragma once

#include <string>
#include <vector>

#include "core/scan/scan.h"

namespace inodeck {

/// Whether a restart is what this verdict asks for.
bool callsForRestart(Verdict verdict);
/// Whether one of them does.
bool callForRestart(const std::vector<Row>& rows);

/// The row that speaks for its container; nullptr when there is none.
const Row* worstOf(const std::vector<Row>& rows);

/// Empty when the rows `after` a restart prove that every mount is in sync; else why not, printable. A mount
/// that nobody could read before does not stand in the way, as long as another one is proven.
std::string unproven(const std::vector<Row>& before, const std::vector<Row>& after);
/// The destinations that are Unknown, printable: what a proof by `after` is not of.
std::vector<std::string> unread(const std::vector<Row>& after);

} // namespace inodeck
