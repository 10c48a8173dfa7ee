#pragma once

#include <map>
#include <string>

namespace inodeck::cli {

/// The variables of this process.
std::map<std::string, std::string> currentEnvironment();

} // namespace inodeck::cli
