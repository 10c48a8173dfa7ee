#include "tests/unit/events/loki_rig.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <stdexcept>

namespace inodeck {

Event eventOf(int number, EventStatus status) {
    static const TimePoint Start = Clock::system().now() - std::chrono::minutes{1};
    Event event;
    event.status = status;
    event.time = Start + std::chrono::milliseconds{number};
    event.message = "Restarted and proven.";
    event.opId = "op-" + std::to_string(number);
    event.host = "web1";
    event.service = "edge/caddy";
    event.configPath = "/srv/edge/Caddyfile";
    return event;
}

std::string Entry::opId() const {
    return QJsonDocument::fromJson(QByteArray::fromStdString(line))
        .object()[u"op_id"]
        .toString()
        .toStdString();
}

std::vector<Entry> entriesOf(const test::HttpRequest& request) {
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(request.text()));
    const QJsonArray streams = document.object()[u"streams"].toArray();
    if (streams.isEmpty())
        throw std::runtime_error("a push without streams");
    std::vector<Entry> entries;
    for (const QJsonValue& stream : streams) {
        const QJsonObject labels = stream[u"stream"].toObject();
        for (const QJsonValue& value : stream[u"values"].toArray()) {
            if (value.toArray().size() != 2 || !value[0].isString() || !value[1].isString())
                throw std::runtime_error("an entry that is not two strings");
            entries.push_back({QJsonDocument(labels).toJson(QJsonDocument::Compact).toStdString(),
                               value[0].toString().toStdString(), value[1].toString().toStdString()});
        }
    }
    return entries;
}

LokiOptions lokiOptions(const std::string& url, const std::string& outbox) {
    LokiOptions options;
    options.url = url;
    options.user = "123456";
    options.apiKey = "glc_verySecretKey0123456789";
    options.outbox = outbox;
    return options;
}

std::unique_ptr<EventSink> LokiTest::sink(const LokiOptions& options) const {
    auto made = lokiSink(options);
    if (!made)
        throw std::runtime_error(made.error().message);
    return *std::move(made);
}

std::string LokiTest::flush(EventSink& sink, std::chrono::milliseconds bound) {
    const auto sent = sink.flush(Deadline::after(bound), m_cancel);
    return sent ? "" : sent.error().message;
}

std::vector<std::string> LokiTest::files(const std::string& folder) const {
    std::vector<std::string> names;
    const std::filesystem::path path = std::filesystem::path(outbox()) / folder;
    if (!std::filesystem::exists(path))
        return names;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
        const std::string name = entry.path().filename();
        if (!name.starts_with('.') && name != "dead")
            names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

void emitAll(EventSink& sink, int count) {
    for (int i = 0; i < count; ++i) {
        const auto kept = sink.emit(eventOf(i));
        ASSERT_TRUE(kept) << kept.error().message;
    }
}

} // namespace inodeck
