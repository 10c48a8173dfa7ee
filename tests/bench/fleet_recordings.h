#pragma once

#include <string>

namespace inodeck::bench {

/// Writes `hosts` recordings (NAME.probe) of `mounts` mounts each into the folder: the probe's words as a VM
/// says them. One in ten mounts is stale.
void writeRecordings(const std::string& folder, int hosts, int mounts);

} // namespace inodeck::bench
