#include "core/events/event.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <gtest/gtest.h>

#include "core/base/text.h"
#include "tests/unit/events/loki_rig.h"

namespace inodeck {
namespace {

QJsonObject parsed(const std::string& line) {
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(line), &error);
    EXPECT_EQ(error.error, QJsonParseError::NoError) << line;
    return document.object();
}

Event full() {
    Event event = eventOf(7, EventStatus::Failed);
    event.time = *parseRfc3339("2026-02-10T09:14:03.123456789Z");
    event.env = "staging";
    event.containerId = std::string(64, 'a');
    event.verdict = "stale_inode";
    event.oldSha256 = Sha256::of("old");
    event.newSha256 = Sha256::of("new");
    event.commit = "deadbeef";
    event.actor = "octocat";
    event.durationMs = 1234;
    return event;
}

TEST(EventLine, isTheDocumentedSchemaToTheByte) {
    EXPECT_EQ(
        eventLine(full()),
        R"({"actor":"octocat","commit":"deadbeef","config_path":"/srv/edge/Caddyfile","container_id":")" +
            std::string(64, 'a') +
            R"(","duration_ms":1234,"env":"staging","event":"deployment.config_restart","host":"web1",)"
            R"("level":"error","msg":"Restarted and proven.","new_sha256":")" +
            Sha256::of("new").hex() + R"(","old_sha256":")" + Sha256::of("old").hex() +
            R"(","op_id":"op-7","schema":"inodeck.event/v1","service":"edge/caddy","status":"failed",)"
            R"("time":"2026-02-10T09:14:03.123456789Z","verdict":"stale_inode"})");
}

TEST(EventLine, whatIsNotKnownHasNoKey) {
    const QJsonObject line = parsed(eventLine(Event{}));
    EXPECT_EQ(line.keys(),
              (QStringList{QStringLiteral("event"), QStringLiteral("level"), QStringLiteral("schema"),
                           QStringLiteral("status"), QStringLiteral("time")}));
}

TEST(EventLine, levelFollowsTheStatus) {
    const auto level = [](EventStatus status) {
        return parsed(eventLine(eventOf(1, status)))[u"level"].toString().toStdString();
    };
    EXPECT_EQ(level(EventStatus::InProgress), "info");
    EXPECT_EQ(level(EventStatus::Success), "info");
    EXPECT_EQ(level(EventStatus::Failed), "error");
    EXPECT_EQ(level(EventStatus::Found), "warn");
}

TEST(EventLine, hostileBytesStayOneLineOfJson) {
    Event event = eventOf(1);
    event.configPath = std::string("/srv/\xff\n\"\\\x1b[31m\0x", 16);
    event.service = "a\nb\xe2\x80\xae\xf3\xa0\x80\x81/\xe2\x80\xa8";
    event.host = std::string("nul\0ü", 6);
    const std::string line = eventLine(event);
    EXPECT_EQ(line.find_first_of("\n\x1b\r"), std::string::npos);
    EXPECT_TRUE(isUtf8(line));
    EXPECT_EQ(line.find("\xe2\x80"), std::string::npos) << "a hidden character";
    EXPECT_EQ(line.find("\xf3\xa0"), std::string::npos) << "a hidden character";
    const QJsonObject object = parsed(line);
    EXPECT_EQ(object[u"service"].toString().toStdString(), event.service) << "escaped, not changed";
    EXPECT_EQ(object[u"host"].toString().toStdString(), event.host);
    EXPECT_EQ(object[u"config_path"].toString().toStdString(), printable(event.configPath));
}

TEST(EventLine, longValuesAreCut) {
    Event event = eventOf(1);
    event.message = std::string(1 << 20, 'm');
    event.configPath = std::string(1 << 20, 'p');
    event.actor.clear();
    for (int i = 0; i < 100'000; ++i)
        event.actor += "ü";
    const std::string line = eventLine(event);
    EXPECT_LT(line.size(), 16384u);
    EXPECT_TRUE(isUtf8(line));
}

TEST(EventLine, secretsAreTakenOutOfTheMessage) {
    Event event = eventOf(1);
    event.message =
        "The command failed: --password hunter2, https://u:pw@host/, Authorization: Bearer abcdef012345";
    const std::string line = eventLine(event);
    for (const char* secret : {"hunter2", "u:pw@", "abcdef012345"})
        EXPECT_EQ(line.find(secret), std::string::npos) << line;
}

} // namespace
} // namespace inodeck
