#pragma once

#include "core/restart/restart.h"

namespace inodeck {

/// The compose command of the VM in the place of `docker`: {"docker","compose"}, or {"docker-compose"} where
/// there is no plugin. Empty where `docker` names no docker (podman).
std::vector<std::string> composeCommand(const std::vector<std::string>& docker, bool plugin);

/// "-p PROJECT --project-directory DIR -f FILE… up -d --force-recreate --no-deps -t 10 SERVICE" from the
/// container's labels. Labels are hostile: an error for a container that compose did not make, for words that
/// are no names or paths, for a file that the container itself could have written, and for a scaled service,
/// since all of it would be recreated. `scan` is of the whole host.
Result<std::vector<std::string>> recreateArguments(const RestartPlan& plan, const HostScan& scan,
                                                   std::chrono::seconds stopTimeout);

/// The command for RestartOrder::command that makes a new container in the place of one that a restart did
/// not cure; asks the VM which compose it has.
Result<std::vector<std::string>> recreateCommand(SessionPool& sessions, const RestartPlan& plan,
                                                 const HostScan& scan, std::chrono::seconds stopTimeout,
                                                 const Cancel& cancel);

} // namespace inodeck
