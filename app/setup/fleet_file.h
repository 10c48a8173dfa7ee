#pragma once

#include <map>
#include <string>

#include "core/fleet/fleet.h"

namespace inodeck::setup {

/// The fleet file: `option` (--fleet), else INODECK_FLEET; else the first that is there of ./inodeck.yaml and
/// inodeck/inodeck.yaml in the XDG configuration folder; empty: none.
std::string fleetPlace(const std::string& option, const std::map<std::string, std::string>& environment);

/// That file, read; an empty Fleet where there is none.
Result<Fleet> fleetOf(const std::string& option, const std::map<std::string, std::string>& environment);

} // namespace inodeck::setup
