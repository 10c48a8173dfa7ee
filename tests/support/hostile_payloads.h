#pragma once

#include <string>
#include <vector>

namespace inodeck::test {

/// More than two hundred names and reasons that are more than text somewhere: formulas of spreadsheets,
/// escapes of terminals, characters that hide or turn others around.
const std::vector<std::string>& hostilePayloads();
/// What a terminal or a reader would act on in `text`, made visible: escapes, controls, C1, bidi and hidden
/// characters. Empty: nothing; line ends are allowed.
std::string harmIn(const std::string& text);

} // namespace inodeck::test
