#pragma once

#include <map>
#include <string>

namespace inodeck::setup {

/// The variables of this process.
std::map<std::string, std::string> currentEnvironment();

} // namespace inodeck::setup
