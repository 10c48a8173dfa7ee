#include "core/events/parcel.h"

#include <array>
#include <atomic>
#include <charconv>
#include <cstdio>

#include "core/base/redact.h"
#include "core/base/sha256.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

constexpr std::string_view Magic = "inodeck.outbox/v1 ";
constexpr std::size_t MaxLabel = 256;
constexpr std::size_t TimeDigits = 20;
constexpr std::size_t SequenceDigits = 10;
constexpr std::size_t KeyDigits = 2 * Sha256::Size;
constexpr std::string_view Extension = ".event";

std::string label(const std::string& text) {
    return shortText(printable(text), MaxLabel);
}

/// An operation says each status of a mount once. What belongs to no operation is itself its identity.
std::string keyOf(const Event& event, const std::string& line) {
    if (event.opId.empty())
        return Sha256::of(line).hex();
    std::string identity;
    for (const std::string_view part : {toString(event.type), std::string_view(event.opId),
                                        toString(event.status), std::string_view(event.configPath)})
        identity += std::to_string(part.size()) + ":" + std::string(part);
    return Sha256::of(identity).hex();
}

} // namespace

Parcel parcelOf(const Event& event, const std::string& app, const std::string& env) {
    Parcel parcel;
    parcel.time = event.time;
    parcel.app = label(app);
    parcel.env = label(event.env.empty() ? env : event.env);
    parcel.stream = event.type == EventType::ConfigDrift ? "drift" : "events";
    parcel.line = eventLine(event);
    parcel.key = keyOf(event, parcel.line);
    return parcel;
}

std::string parcelText(const Parcel& parcel) {
    std::string text = std::to_string(parcel.time.time_since_epoch().count()) + "\n";
    for (const std::string& value : {parcel.key, parcel.app, parcel.env, parcel.stream, parcel.line})
        text += value + "\n";
    return std::string(Magic) + Sha256::of(text).hex() + "\n" + text;
}

std::optional<Parcel> parseParcel(std::string_view text) {
    const auto first = takeLine(text);
    if (!first || *first != std::string(Magic) + Sha256::of(text).hex())
        return std::nullopt;
    const auto time = takeLine(text);
    std::int64_t ns = 0;
    if (!time ||
        std::from_chars(time->data(), time->data() + time->size(), ns).ptr != time->data() + time->size())
        return std::nullopt;
    Parcel parcel;
    parcel.time = TimePoint(std::chrono::nanoseconds(ns));
    for (std::string* value : {&parcel.key, &parcel.app, &parcel.env, &parcel.stream, &parcel.line}) {
        const auto line = takeLine(text);
        if (!line)
            return std::nullopt;
        *value = *line;
    }
    return text.empty() && isUtf8(parcel.app + parcel.env + parcel.stream + parcel.line)
               ? std::optional(parcel)
               : std::nullopt;
}

std::string parcelName(const Parcel& parcel) {
    static std::atomic<unsigned> sequence{0};
    std::array<char, TimeDigits + SequenceDigits + 8> start{};
    std::snprintf(start.data(), start.size(), "%020lld-%010u-",
                  static_cast<long long>(parcel.time.time_since_epoch().count()), ++sequence);
    return start.data() + parcel.key + std::string(Extension);
}

std::string keyOfName(const std::string& name) {
    constexpr std::size_t KeyAt = TimeDigits + 1 + SequenceDigits + 1;
    if (name.size() != KeyAt + KeyDigits + Extension.size() || !name.ends_with(Extension))
        return {};
    const std::string digits = name.substr(0, TimeDigits) + name.substr(TimeDigits + 1, SequenceDigits);
    if (digits.find_first_not_of("0123456789") != std::string::npos || name[TimeDigits] != '-' ||
        name[KeyAt - 1] != '-')
        return {};
    const std::string key = name.substr(KeyAt, KeyDigits);
    return key.find_first_not_of("0123456789abcdef") == std::string::npos ? key : std::string();
}

} // namespace inodeck
