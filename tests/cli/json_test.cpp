#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <fstream>

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/drift/verdict.h"
#include "tests/cli/cli_rig.h"

namespace inodeck {
namespace {

using test::Ran;
using test::staleContainer;
using test::syncedContainer;

QStringList words(const char* text) {
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

QStringList sorted(QStringList list) {
    list.sort();
    return list;
}

const QStringList DocumentKeys = words("schema scanned_at duration_ms summary hosts");
const QStringList HostKeys = words("host address status error access runtime duration_ms mounts");
const QStringList MountKeys =
    words("project service container container_id image started_at health kind source destination read_only "
          "verdict reason since secret host_side container_side");
const QStringList SideKeys = words("exists type dev inode size ctime sha256");

class JsonTest : public test::CliTest {
protected:
    /// One document on stdout and nothing else.
    QJsonObject scan(int status, std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"scan", "--json"});
        const Ran ran = inodeck(replay(more));
        EXPECT_EQ(ran.status, status) << ran.out;
        QJsonParseError problem;
        const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(ran.out), &problem);
        EXPECT_EQ(problem.error, QJsonParseError::NoError) << ran.out;
        EXPECT_TRUE(isUtf8(ran.out));
        return document.object();
    }
    static QJsonObject host(const QJsonObject& document, int at = 0) {
        return document[u"hosts"].toArray().at(at).toObject();
    }
    static QJsonObject mount(const QJsonObject& document, int at = 0) {
        return host(document)[u"mounts"].toArray().at(at).toObject();
    }
};

TEST_F(JsonTest, OfASecretServiceNoHashIsShown) {
    record("vm1", {staleContainer('a', "edge"), staleContainer('b', "web")});
    std::ofstream(folder / "inodeck.yaml") << "services: [{project: shop, service: edge, secret: true}]\n";
    const QJsonObject document = scan(1, {"vm1"});
    for (int i = 0; i < 2; ++i) {
        const bool secret = mount(document, i)[u"service"] == QLatin1String("edge");
        EXPECT_EQ(mount(document, i)[u"secret"].toBool(), secret);
        for (const auto side : {u"host_side", u"container_side"})
            EXPECT_EQ(mount(document, i)[side][u"sha256"].isNull(), secret) << i;
    }
    const std::string table = inodeck(replay({"scan", "vm1"})).out;
    const std::string hash = Sha256::of("new\n").hex().substr(0, 12);
    EXPECT_NE(table.find("#200"), std::string::npos) << "the inodes tell them apart: " << table;
    const auto once = table.find(hash);
    ASSERT_NE(once, std::string::npos) << table;
    EXPECT_EQ(table.find(hash, once + 1), std::string::npos) << table;
}

TEST_F(JsonTest, HasTheDocumentedFieldsAndNoOthers) {
    record("vm1", {staleContainer('a', "edge"), syncedContainer('b', "web")});
    const QJsonObject document = scan(1);
    EXPECT_EQ(document.keys(), sorted(DocumentKeys));
    EXPECT_EQ(host(document).keys(), sorted(HostKeys));
    EXPECT_EQ(host(document)[u"runtime"].toObject().keys(), words("name version"));
    for (int i = 0; i < 2; ++i) {
        const QJsonObject row = mount(document, i);
        EXPECT_EQ(row.keys(), sorted(MountKeys));
        EXPECT_EQ(row[u"host_side"].toObject().keys(), sorted(SideKeys));
        EXPECT_EQ(row[u"container_side"].toObject().keys(), sorted(SideKeys));
    }
}

TEST_F(JsonTest, SaysWhatWasObserved) {
    record("vm1", {staleContainer('a', "edge")});
    const QJsonObject document = scan(1);
    EXPECT_EQ(document[u"schema"].toString(), QStringLiteral("inodeck.scan/v1"));
    EXPECT_TRUE(parseRfc3339(document[u"scanned_at"].toString().toStdString()));
    EXPECT_EQ(host(document)[u"status"].toString(), QStringLiteral("ok"));
    EXPECT_TRUE(host(document)[u"error"].isNull());
    EXPECT_EQ(host(document)[u"access"].toString(), QStringLiteral("root"));
    const QJsonObject row = mount(document);
    EXPECT_EQ(row[u"project"].toString(), QStringLiteral("shop"));
    EXPECT_EQ(row[u"service"].toString(), QStringLiteral("edge"));
    EXPECT_EQ(row[u"container_id"].toString().toStdString(), test::containerId('a'));
    EXPECT_EQ(row[u"kind"].toString(), QStringLiteral("file"));
    EXPECT_EQ(row[u"source"].toString(), QStringLiteral("/srv/app.conf"));
    EXPECT_EQ(row[u"destination"].toString(), QStringLiteral("/etc/app.conf"));
    EXPECT_TRUE(row[u"read_only"].toBool());
    EXPECT_EQ(row[u"verdict"].toString(), QStringLiteral("stale_inode"));
    EXPECT_EQ(row[u"started_at"].toString(), QStringLiteral("2026-11-24T14:44:13.949706649Z"));
    const QJsonObject side = row[u"host_side"].toObject();
    EXPECT_TRUE(side[u"exists"].toBool());
    EXPECT_EQ(side[u"inode"].toInt(), 200);
    EXPECT_EQ(side[u"size"].toInt(), 4);
    EXPECT_EQ(side[u"sha256"].toString().toStdString(), Sha256::of("new\n").hex());
    EXPECT_EQ(side[u"ctime"].toString(), QStringLiteral("2026-11-24T14:00:00.681000577Z"));
    EXPECT_EQ(row[u"container_side"].toObject()[u"inode"].toInt(), 100);
}

TEST_F(JsonTest, TheSummaryCountsEveryVerdictAndIsNotFiltered) {
    record("vm1", {staleContainer('a', "edge"), syncedContainer('b', "web")});
    const QJsonObject document = scan(1, {"--drift"});
    EXPECT_EQ(host(document)[u"mounts"].toArray().size(), 1);
    const QJsonObject summary = document[u"summary"].toObject();
    for (const Verdict verdict : AllVerdicts)
        EXPECT_TRUE(summary.contains(QString::fromStdString(std::string(toString(verdict)))));
    EXPECT_EQ(summary[u"stale_inode"].toInt(), 1);
    EXPECT_EQ(summary[u"in_sync"].toInt(), 1);
    EXPECT_EQ(summary[u"unknown"].toInt(-1), 0);
}

TEST_F(JsonTest, AFailedHostHasItsErrorAndNoMounts) {
    record("vm1", test::refusedText("permission denied"));
    const QJsonObject failed = host(scan(3));
    EXPECT_EQ(failed.keys(), sorted(HostKeys));
    EXPECT_EQ(failed[u"status"].toString(), QStringLiteral("failed"));
    EXPECT_TRUE(failed[u"error"].toString().contains(QStringLiteral("permission denied")));
    EXPECT_EQ(failed[u"access"].toString(), QStringLiteral("none"));
    EXPECT_TRUE(failed[u"mounts"].toArray().isEmpty());
}

TEST_F(JsonTest, HostsAreInTheOrderOfTheCommandLine) {
    for (const char* name : {"a", "b", "c"})
        record(name, {syncedContainer('a', "web")});
    const QJsonObject document = scan(0, {"c", "a", "b"});
    EXPECT_EQ(host(document, 0)[u"host"].toString(), QStringLiteral("c"));
    EXPECT_EQ(host(document, 2)[u"host"].toString(), QStringLiteral("b"));
}

TEST_F(JsonTest, MissingAndUnreadableAreNotTheSame) {
    auto missing = syncedContainer('a', "a");
    missing.mounts.front().host.error = "missing";
    auto denied = syncedContainer('b', "b");
    denied.mounts.front().host.error = "denied";
    record("vm1", {missing, denied});
    const QJsonObject document = scan(3);
    EXPECT_EQ(mount(document, 0)[u"host_side"].toObject()[u"exists"], QJsonValue(false));
    EXPECT_TRUE(mount(document, 1)[u"host_side"].toObject()[u"exists"].isNull());
    EXPECT_TRUE(mount(document, 1)[u"host_side"].toObject()[u"inode"].isNull());
}

/// Bytes that JSON cannot say stand beside their readable form.
TEST_F(JsonTest, HostileBytesComeThroughExactly) {
    auto hostile = syncedContainer('a', "web");
    const std::string odd = "/etc/\x1b[31m\n\"\\\u202e";
    const std::string invalid = "/srv/\xff\xfe";
    hostile.mounts.front().destination = odd;
    hostile.mounts.front().source = invalid;
    record("vm1", {hostile});
    const QJsonObject row = mount(scan(0));
    EXPECT_EQ(row[u"destination"].toString().toStdString(), odd);
    EXPECT_EQ(row[u"source"].toString(), QStringLiteral("/srv/\\xff\\xfe"));
    EXPECT_EQ(QByteArray::fromBase64(row[u"source_b64"].toString().toLatin1()).toStdString(), invalid);
}

} // namespace
} // namespace inodeck
