#pragma once

#include "ui/models/preferences.h"

namespace inodeck::ui {

/// Gives all windows these colours, at once. The system's: its style and palette, as at the start.
void useColours(Preferences::Colours colours);

} // namespace inodeck::ui
