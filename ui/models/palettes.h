#pragma once

#include <QPalette>

#include "ui/models/preferences.h"

namespace inodeck::ui {

/// Light, dark or high contrast (white and yellow on black); the system's own palette is an empty one.
QPalette paletteOf(Preferences::Colours colours);

/// Of two opaque colours, as WCAG 2 defines it: 1 to 21.
double contrast(const QColor& one, const QColor& other);

} // namespace inodeck::ui
