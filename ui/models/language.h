#pragma once

#include <QString>

namespace inodeck::ui {

/// From here on tr() speaks `language` ("en", "de"; empty: the system's), as do Qt's own dialogs. Windows
/// that are there already keep theirs. Needs the application object.
void useLanguage(const QString& language);

} // namespace inodeck::ui
