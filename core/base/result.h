#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "core/base/error.h"

namespace inodeck {

/// std::expected is C++23; this is the one place that names its stand-in.
template <typename T> using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
    return tl::unexpected<Error>(Error{code, std::move(message)});
}

} // namespace inodeck
