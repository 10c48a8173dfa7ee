#pragma once

#include <string>

namespace inodeck::bench {

/// Writes `hosts` recordings (NAME.probe) of `mounts` mounts each into the folder: the probe's words as a VM
/// says them. One in ten mounts is stale,
/// others in each round.
void writeRecordings(const std::string& folder, int hosts, int mounts, int round = 0);

} // namespace inodeck::bench
