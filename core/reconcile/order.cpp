#include "core/reconcile/order.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace inodeck {

namespace {

bool dependsOn(const OrderKey& one, const OrderKey& other) {
    return one.project == other.project && one.service != other.service &&
           std::find(one.dependsOn.begin(), one.dependsOn.end(), other.service) != one.dependsOn.end();
}

} // namespace

std::vector<std::size_t> restartOrder(const std::vector<OrderKey>& keys) {
    std::vector<std::size_t> waiting(keys.size());
    std::iota(waiting.begin(), waiting.end(), std::size_t{0});
    std::stable_sort(waiting.begin(), waiting.end(), [&](std::size_t a, std::size_t b) {
        const auto key = [&](std::size_t i) {
            return std::tie(keys[i].rank, keys[i].project, keys[i].service, keys[i].name);
        };
        return key(a) < key(b);
    });
    std::vector<std::size_t> order;
    while (!waiting.empty()) {
        auto next = std::find_if(waiting.begin(), waiting.end(), [&](std::size_t i) {
            return keys[i].rank != OrderKey::Unranked ||
                   std::none_of(waiting.begin(), waiting.end(),
                                [&](std::size_t other) { return dependsOn(keys[i], keys[other]); });
        });
        if (next == waiting.end())
            next = waiting.begin();
        order.push_back(*next);
        waiting.erase(next);
    }
    return order;
}

} // namespace inodeck
