#pragma once

#include <QColor>
#include <QIcon>
#include <QString>
#include <array>
#include <optional>
#include <string>

#include "core/drift/verdict.h"
#include "ui/models/mount_news.h"

namespace inodeck::ui {

/// Bytes from outside as literal text for widgets: the one way into the window.
QString literal(const std::string& bytes);
/// The same for tooltips, which would render HTML.
QString tooltip(const std::string& bytes);

/// "Stale inode", …
QString label(Verdict verdict);
/// Safe for the colour-blind (Okabe and Ito), with contrast on light and on dark backgrounds; never the only
/// sign.
QColor colour(Verdict verdict, bool dark);
/// A shape of its own for each kind of verdict.
QIcon icon(Verdict verdict, bool dark);

/// All of them drawn once, for models.
class VerdictIcons {
public:
    explicit VerdictIcons(bool dark);
    const QIcon& operator[](Verdict verdict) const { return m_icons[static_cast<std::size_t>(verdict)]; }

private:
    std::array<QIcon, AllVerdicts.size()> m_icons;
};

/// "new drift", "cured", …; empty where nothing changed.
QString label(Change change);

QString localTime(const std::optional<TimePoint>& time);
/// "2 h 3 min" before `now`; empty without a time.
QString ago(const std::optional<TimePoint>& time, TimePoint now);
/// The first digits of a hash, or what stands in for it: the inode of what the fleet file calls secret.
QString briefHash(const Side& side, bool secret);

} // namespace inodeck::ui
