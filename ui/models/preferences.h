#pragma once

#include <QString>
#include <chrono>
#include <optional>

namespace inodeck::ui {

/// What a scan may cost, where the operator wants it other than the fleet file says.
struct ScanLimits {
    int hostsAtOnce = 64;
    std::optional<std::chrono::seconds> deadline; ///< of one host
    std::optional<std::uint64_t> hashLimit;       ///< bytes
};

/// The settings dialog's choices, kept in QSettings; a value there that cannot be is as if it was not there.
struct Preferences {
    enum class Colours { System, Light, Dark, HighContrast };

    QString language; ///< "en", "de"; empty: the system's
    Colours colours = Colours::System;
    ScanLimits limits;
    QString fleetFile; ///< what the window begins with where nothing else names one; empty: none
};

inline constexpr int MostHostsAtOnce = 256;
inline constexpr int MostDeadlineSeconds = 3600;
inline constexpr int MostHashLimitMiB = 1024;

Preferences loadPreferences();
void savePreferences(const Preferences& preferences);

} // namespace inodeck::ui
