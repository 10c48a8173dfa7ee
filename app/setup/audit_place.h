#pragma once

#include <map>
#include <string>

namespace inodeck::setup {

/// Where the audit log is: what --audit says, else INODECK_AUDIT, else the fleet file's `audit:`; empty: the
/// default file in the XDG data folder.
std::string auditPlace(const std::string& option, const std::map<std::string, std::string>& environment,
                       const std::string& ofFleetFile = {});

} // namespace inodeck::setup
