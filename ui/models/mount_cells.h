#pragma once

#include "ui/models/mount_model.h"

namespace inodeck::ui {

// What a mount says in each column of the table; literal text, `now` for "since" and "up".
QString cellText(const MountModel::Entry& entry, int column, TimePoint now);
QString cellToolTip(const MountModel::Entry& entry, int column, TimePoint now);
MountModel::SortKey sortKey(const MountModel::Entry& entry, int column);

} // namespace inodeck::ui
