#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <gtest/gtest.h>
#include <set>

#include "core/fleet/fleet_keys.h"

namespace inodeck {
namespace {

using Set = std::set<std::string>;

class SchemaTest : public ::testing::Test {
protected:
    void SetUp() override {
        QFile file(QStringLiteral(INODECK_SOURCE_DIR "/resources/inodeck.schema.json"));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        QJsonParseError error;
        root = QJsonDocument::fromJson(file.readAll(), &error).object();
        ASSERT_EQ(error.error, QJsonParseError::NoError) << error.errorString().toStdString();
    }
    static QJsonObject at(const QJsonObject& map, const char* key) {
        return map.value(QLatin1String("properties")).toObject().value(QLatin1String(key)).toObject();
    }
    static QJsonObject items(const QJsonObject& list) {
        return list.value(QLatin1String("items")).toObject();
    }
    /// The alternative that is a map.
    static QJsonObject mapOf(const QJsonObject& any) {
        for (const QJsonValue value : any.value(QLatin1String("anyOf")).toArray())
            if (value.toObject().value(QLatin1String("type")).toString() == QLatin1String("object"))
                return value.toObject();
        return {};
    }
    QJsonObject host() const { return mapOf(items(at(root, "hosts"))); }
    QJsonObject service() const { return items(at(root, "services")); }
    QJsonObject root;
};

Set wordsOf(const keys::Keys& words) {
    return {words.begin(), words.end()};
}

template <typename T> Set wordsOf(const keys::Choices<T>& choices) {
    Set words;
    for (const auto& [word, value] : choices)
        words.emplace(word);
    return words;
}

Set keysOf(const QJsonObject& map) {
    Set found;
    for (const QString& key : map.value(QLatin1String("properties")).toObject().keys())
        found.insert(key.toStdString());
    return found;
}

Set valuesOf(const QJsonObject& choice) {
    Set found;
    for (const QJsonValue value : choice.value(QLatin1String("enum")).toArray())
        found.insert(value.toString().toStdString());
    return found;
}

TEST_F(SchemaTest, HasTheKeysOfTheReaderAndNoOthers) {
    const QJsonObject events = at(root, "events");
    const std::vector<std::pair<QJsonObject, keys::Keys>> maps{
        {root, keys::Top},
        {at(root, "defaults"), keys::Defaults},
        {host(), keys::HostOf},
        {service(), keys::ServiceOf},
        {at(service(), "loaded"), keys::Loaded},
        {events, keys::Events},
        {mapOf(at(events, "loki")), keys::Loki},
        {at(events, "labels"), keys::Labels},
    };
    for (const auto& [map, known] : maps) {
        EXPECT_EQ(keysOf(map), wordsOf(known));
        EXPECT_EQ(map.value(QLatin1String("additionalProperties")), QJsonValue(false)) << *known.begin();
    }
}

TEST_F(SchemaTest, HasTheWordsOfTheReaderAndNoOthers) {
    EXPECT_EQ(valuesOf(at(service(), "reload")), wordsOf(keys::Reload));
    EXPECT_EQ(valuesOf(at(at(service(), "loaded"), "answer")), wordsOf(keys::Answer));
    EXPECT_EQ(valuesOf(at(at(service(), "loaded"), "preset")), wordsOf(keys::Preset));
}

TEST_F(SchemaTest, HasTheDefaultsOfTheReader) {
    const auto number = [](const QJsonObject& of) { return of.value(QLatin1String("default")).toInt(); };
    EXPECT_EQ(number(at(root, "max_restarts")), Fleet{}.maxRestarts);
    EXPECT_EQ(number(at(host(), "deadline")), Host{}.deadline.count());
    EXPECT_EQ(number(at(service(), "health_timeout")), Service{}.healthTimeout.count());
    EXPECT_EQ(at(host(), "hash_limit").value(QLatin1String("default")).toString(), QLatin1String("4MiB"));
    EXPECT_EQ(Host{}.hashLimit, std::uint64_t{4} << 20);
}

/// What an editor offers at each place has a word of help.
TEST_F(SchemaTest, DescribesEachKey) {
    for (const QJsonObject& map : {root, at(root, "defaults"), host(), service(), at(service(), "loaded"),
                                   at(root, "events"), mapOf(at(at(root, "events"), "loki"))})
        for (const std::string& key : keysOf(map))
            EXPECT_FALSE(at(map, key.c_str()).value(QLatin1String("description")).toString().isEmpty())
                << key;
}

TEST_F(SchemaTest, TheDocumentationNamesEachKey) {
    QFile file(QStringLiteral(INODECK_SOURCE_DIR "/docs/fleet-file.md"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const std::string page = file.readAll().toStdString();
    for (const keys::Keys& map : {keys::Top, keys::Defaults, keys::HostOf, keys::ServiceOf, keys::Loaded,
                                  keys::Events, keys::Loki, keys::Labels})
        for (const std::string_view key : map)
            EXPECT_NE(page.find("| `" + std::string(key) + "` |"), std::string::npos) << key;
}

TEST(ExampleFleet, IsGoodAndSaysWhatItsPageSays) {
    const auto fleet = readFleet(INODECK_SOURCE_DIR "/resources/deploy/inodeck.yaml", {});
    ASSERT_TRUE(fleet) << fleet.error().message;
    ASSERT_EQ(fleet->hosts.size(), 1u);
    EXPECT_TRUE(fleet->hosts[0].isProtected);
    EXPECT_EQ(fleet->hosts[0].target(), "vm1");
    std::vector<std::string> labels;
    for (const Service& service : fleet->services)
        labels.push_back(service.label());
    EXPECT_EQ(labels, (std::vector<std::string>{"runtime/alloy", "runtime/litellm",
                                                "runtime/openclaw-gateway", "runtime/app", "edge/caddy"}));
    EXPECT_TRUE(findService(*fleet, fleet->hosts[0], "runtime", "litellm")->secret);
    EXPECT_TRUE(fleet->events.loki);
}

} // namespace
} // namespace inodeck
