#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace inodeck::bench {

using Argv = std::vector<std::string>;
using Milliseconds = std::chrono::duration<double, std::milli>;

/// What one command cost: wall clock, CPU of it and of all its descendants, and, where asked for, the peak of
/// the memory that the whole tree of processes held at once (proportional set size).
struct Cost {
    Milliseconds wall{0};
    Milliseconds cpu{0};
    std::uint64_t peakKib = 0;
    int status = -1; ///< exit status; -1: ended by a signal
};

struct Input {
    std::string file = "/dev/null"; ///< stdin
    bool sampleMemory = false;      ///< costs CPU itself: not together with time
};

/// Runs to the end, its output thrown away. Throws std::runtime_error when the program cannot be started.
Cost measure(const Argv& argv, const Input& input = {});

double median(std::vector<double> values);

} // namespace inodeck::bench
