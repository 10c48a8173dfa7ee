#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <string>
#include <thread>
#include <vector>

namespace inodeck {

inline std::string flipped(std::string text, std::size_t bit) {
    text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
    return text;
}

/// `work(i)` for each i below `count`, on all cores; the sum of what it returns.
inline std::size_t onAllCores(std::size_t count, const std::function<std::size_t(std::size_t)>& work) {
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> sum = 0;
    std::vector<std::future<void>> workers;
    for (unsigned core = 0; core < std::max(1u, std::thread::hardware_concurrency()); ++core)
        workers.push_back(std::async(std::launch::async, [&] {
            for (std::size_t i = next++; i < count; i = next++)
                sum += work(i);
        }));
    for (auto& worker : workers)
        worker.get();
    return sum;
}

} // namespace inodeck
