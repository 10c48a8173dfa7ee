#pragma once

#include <string>
#include <vector>

#include "core/probe/probe.h"

namespace inodeck {

/// The docker argv for people and for the record: `docker` as the host is configured, with "sudo -n" in front
/// where the probe needed it.
std::vector<std::string> dockerArgv(const std::vector<std::string>& docker, AccessLevel level,
                                    const std::vector<std::string>& arguments);
/// The same as one shell command line for Session::exec(), every word quoted; under sudo it keeps the
/// account's DOCKER_HOST, as the probe does.
std::string dockerCommandLine(const std::vector<std::string>& docker, AccessLevel level,
                              const std::vector<std::string>& arguments);

} // namespace inodeck
