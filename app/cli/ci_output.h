#pragma once

#include <map>
#include <string>

#include "core/reconcile/report.h"

namespace inodeck::cli {

/// Whether this runs in a job of GitHub Actions (GITHUB_ACTIONS=true).
bool isGitHub(const std::map<std::string, std::string>& environment);

/// "::error title=…::…" for what failed, was refused or cannot be told, "::warning …" for hosts' warnings,
/// "::notice …" for what was restarted or left. One a line; escaped, so that no name can make a command.
std::string annotations(const Report& report);

/// The run as Markdown, each value escaped.
std::string stepSummary(const Report& report);

/// Appends that to GITHUB_STEP_SUMMARY, where it is set; a sentence when it could not be written.
std::string appendSummary(const Report& report, const std::map<std::string, std::string>& environment);

} // namespace inodeck::cli
