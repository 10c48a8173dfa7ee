#include "core/reconcile/order.h"

#include <gtest/gtest.h>

namespace inodeck {
namespace {

using Words = std::vector<std::string>;

OrderKey key(const std::string& service, Words dependsOn = {}, std::size_t rank = OrderKey::Unranked,
             const std::string& project = "p") {
    return {rank, project, service, project + "_" + service + "_1", std::move(dependsOn)};
}

Words ordered(const std::vector<OrderKey>& keys) {
    Words words;
    for (const std::size_t i : restartOrder(keys))
        words.push_back(keys[i].service);
    return words;
}

TEST(Order, ByName) {
    EXPECT_EQ(ordered({key("c"), key("a"), key("b")}), (Words{"a", "b", "c"}));
    EXPECT_TRUE(ordered({}).empty());
}

TEST(Order, WhatOthersDependOnComesFirst) {
    EXPECT_EQ(ordered({key("a", {"z"}), key("b", {"a"}), key("z")}), (Words{"z", "a", "b"}));
}

TEST(Order, TheFleetFileComesBeforeAll) {
    EXPECT_EQ(ordered({key("a"), key("y", {"a"}, 1), key("z", {"y"}, 0)}), (Words{"z", "y", "a"}));
}

TEST(Order, AnotherProjectsServiceOfThatNameIsAStranger) {
    EXPECT_EQ(ordered({key("a", {"z"}), key("z", {}, OrderKey::Unranked, "q")}), (Words{"a", "z"}));
}

TEST(Order, ACircleIsBroken) {
    EXPECT_EQ(ordered({key("b", {"a"}), key("a", {"b"}), key("c", {"c", "nobody"})}).size(), 3u);
}

TEST(Order, AScaledServiceStaysTogether) {
    OrderKey second = key("a", {"b"});
    second.name = "p_a_2";
    EXPECT_EQ(ordered({second, key("a", {"b"}), key("b")}), (Words{"b", "a", "a"}));
}

} // namespace
} // namespace inodeck
