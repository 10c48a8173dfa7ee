#pragma once

#include <QString>

#include "ui/models/mount_model.h"

namespace inodeck::ui {

/// A mount in a few lines for a chat: host, service, path, verdict, since when, both hashes. Plain text.
QString rowText(const MountModel::Entry& entry, TimePoint now);
/// One side in words: its hash (not of a secret service), or why there is none.
QString sideWords(const Side& side, bool secret);
/// "since 2026-02-10 09:14:03 (2 h 3 min ago)", or nothing.
QString sinceWords(const Judgement& judgement, TimePoint now);

} // namespace inodeck::ui
