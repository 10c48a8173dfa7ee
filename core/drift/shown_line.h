#pragma once

#include "core/drift/side_by_side.h"

namespace inodeck {

/// Makes the texts of two lines of one row printable: tabs become an arrow and blanks; of a very long line
/// only a part is kept, that in which the two begin to differ.
void makeShown(ShownLine& before, ShownLine& after);

} // namespace inodeck
