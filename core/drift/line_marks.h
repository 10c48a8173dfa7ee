#pragma once

#include <string>
#include <vector>

#include "core/drift/side_by_side.h"

namespace inodeck {

struct LineMarks {
    std::vector<TextSpan> before;
    std::vector<TextSpan> after;
};

/// What differs within two lines, word by word; empty where they have too little in common for that to help.
LineMarks lineMarks(const std::string& before, const std::string& after);

} // namespace inodeck
