#include "core/probe/containers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace inodeck {

namespace {

std::string text(const QJsonObject& object, const char* key) {
    return object.value(QLatin1String(key)).toString().toStdString();
}

std::vector<std::string> list(const std::string& commaSeparated) {
    std::vector<std::string> words;
    std::size_t begin = 0;
    while (begin < commaSeparated.size()) {
        const std::size_t end = std::min(commaSeparated.find(',', begin), commaSeparated.size());
        if (end > begin)
            words.push_back(commaSeparated.substr(begin, end - begin));
        begin = end + 1;
    }
    return words;
}

/// Compose writes "db:service_started:false,cache:…".
std::vector<std::string> dependencies(const std::string& label) {
    std::vector<std::string> services = list(label);
    for (std::string& service : services)
        service.resize(std::min(service.find(':'), service.size()));
    return services;
}

/// {"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}]} as `docker ps` shows it.
std::vector<std::string> publishedPorts(const QJsonObject& ports) {
    std::vector<std::string> words;
    for (auto port = ports.begin(); port != ports.end(); ++port) {
        for (const QJsonValue& binding : port.value().toArray()) {
            const QJsonObject object = binding.toObject();
            words.push_back(text(object, "HostIp") + ":" + text(object, "HostPort") + "->" +
                            port.key().toStdString());
        }
    }
    return words;
}

} // namespace

std::optional<Container> parseContainer(std::string_view json) {
    const auto document =
        QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), static_cast<qsizetype>(json.size())));
    const QJsonObject object = document.object();
    const auto id = ContainerId::parse(text(object, "id"));
    if (!id || !object.value(u"running").isBool())
        return std::nullopt;
    Container container;
    container.id = *id;
    container.name = text(object, "name");
    if (container.name.starts_with('/'))
        container.name.erase(0, 1);
    container.image = text(object, "image");
    container.imageId = text(object, "image_id");
    container.project = text(object, "project");
    container.service = text(object, "service");
    container.dependsOn = dependencies(text(object, "depends_on"));
    container.ports = publishedPorts(object.value(u"ports").toObject());
    container.status = text(object, "status");
    container.health = text(object, "health");
    container.restartPolicy = text(object, "restart_policy");
    container.composeWorkingDir = text(object, "working_dir");
    container.composeFiles = list(text(object, "config_files"));
    container.pid = object.value(u"pid").toInteger();
    container.startedAt = parseRfc3339(text(object, "started_at"));
    container.running = object.value(u"running").toBool();
    return container;
}

} // namespace inodeck
