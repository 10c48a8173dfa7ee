#pragma once

#include <QStringList>

class QSettings;

namespace inodeck::ui {

inline constexpr int MaxReasons = 10;

/// The operator's recent reasons, newest first.
QStringList recentReasons(const QSettings& settings);
/// Puts it in front. What looks like it holds a secret is not kept.
void rememberReason(QSettings& settings, const QString& reason);

} // namespace inodeck::ui
