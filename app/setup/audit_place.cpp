#include "app/setup/audit_place.h"

namespace inodeck::setup {

std::string auditPlace(const std::string& option, const std::map<std::string, std::string>& environment,
                       const std::string& ofFleetFile) {
    if (!option.empty())
        return option;
    const auto found = environment.find("INODECK_AUDIT");
    return found != environment.end() && !found->second.empty() ? found->second : ofFleetFile;
}

} // namespace inodeck::setup
