#pragma once

namespace inodeck::ui {

/// From now on the calling thread, and each that it starts, gives way to the GUI thread wherever both want a
/// core. To be called at the beginning of what computes for long; nothing is lost where it is not allowed.
void giveWay();

} // namespace inodeck::ui
