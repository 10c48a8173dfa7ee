#pragma once

#include <map>

#include "core/base/result.h"

namespace inodeck {

/// Text that is no secret: `$$` is one '$', and `${` is an error, since variables are for secrets only.
Result<std::string> withoutVariables(const std::string& text);

/// A secret: `${NAME}` is what the environment has, `$$` is one '$', any other '$' is an error. No error
/// holds any of the text, or what a variable holds.
Result<std::string> withVariables(const std::string& text,
                                  const std::map<std::string, std::string>& environment);

} // namespace inodeck
