#pragma once

#include <optional>

#include "core/events/event.h"
#include "core/events/outbox.h"

namespace inodeck {

/// The event with its labels and key; `env` is used when the event has none.
Parcel parcelOf(const Event& event, const std::string& app, const std::string& env);

/// The text of a parcel's file: a first line with the SHA-256 of the rest, then time (ns), key, app, env,
/// stream and line, one line each.
std::string parcelText(const Parcel& parcel);
/// nullopt for everything that parcelText() does not write.
std::optional<Parcel> parseParcel(std::string_view text);

/// "TIME-SEQUENCE-KEY.event": sorted by name is sorted by time, then as they were made.
std::string parcelName(const Parcel& parcel);
/// The key of such a name; empty for any other.
std::string keyOfName(const std::string& name);

} // namespace inodeck
