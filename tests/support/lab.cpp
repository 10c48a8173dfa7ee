#include "tests/support/lab.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <unistd.h>

namespace inodeck::lab {
namespace {

QString q(const std::string& text) {
    return QString::fromStdString(text);
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string{} : std::string{value};
}

void prepare(QProcess& process, const Argv& argv, const Env& env) {
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (const auto& [key, word] : env)
        all.insert(q(key), q(word));
    process.setProcessEnvironment(all);
    process.setProgram(q(argv.at(0)));
    QStringList arguments;
    for (std::size_t i = 1; i < argv.size(); ++i)
        arguments << q(argv[i]);
    process.setArguments(arguments);
    process.setStandardInputFile(QProcess::nullDevice());
}

void endProcess(QProcess* process) {
    process->kill();
    process->waitForFinished(5000);
    delete process;
}

int milliseconds(std::chrono::seconds time) {
    return static_cast<int>(std::chrono::milliseconds{time}.count());
}

/// Ends the program with ctest's skip code before the first test when there is no lab to run against.
class LabIsUp final : public ::testing::Environment {
public:
    void SetUp() override {
        const std::string where = environment("INODECK_LAB");
        if (where.empty() && !environment("INODECK_LAB_DOCKER_HOST").empty())
            return;
        if (!where.empty() && fs::exists(fs::path(where) / "env"))
            return;
        std::string reason = "no lab is up; scripts/test brings one up";
        if (!where.empty() && fs::exists(fs::path(where) / "skipped"))
            reason = readFile(fs::path(where) / "skipped");
        std::cout << "SKIPPED: " << reason << std::endl;
        std::_Exit(77);
    }
};
const auto* const labIsUp = ::testing::AddGlobalTestEnvironment(new LabIsUp);

} // namespace

Finished run(const Argv& argv, const Env& env, std::chrono::seconds timeout) {
    QProcess process;
    prepare(process, argv, env);
    process.start();
    Finished result;
    if (!process.waitForStarted())
        throw std::runtime_error(argv.at(0) + ": " + process.errorString().toStdString());
    if (!process.waitForFinished(milliseconds(timeout))) {
        process.kill();
        process.waitForFinished(5000);
        result.err = "(killed after " + std::to_string(timeout.count()) + " s)\n";
    } else if (process.exitStatus() == QProcess::NormalExit) {
        result.status = process.exitCode();
    }
    result.out = process.readAllStandardOutput().toStdString();
    result.err += process.readAllStandardError().toStdString();
    return result;
}

std::unique_ptr<QProcess, void (*)(QProcess*)> start(const Argv& argv, const Env& env) {
    std::unique_ptr<QProcess, void (*)(QProcess*)> process(new QProcess, endProcess);
    prepare(*process, argv, env);
    process->start();
    if (!process->waitForStarted())
        throw std::runtime_error(argv.at(0) + ": " + process->errorString().toStdString());
    return process;
}

bool eventually(const std::function<bool()>& condition, std::chrono::seconds bound) {
    const auto end = std::chrono::steady_clock::now() + bound;
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= end)
            return false;
        std::this_thread::sleep_for(50ms);
    }
    return true;
}

fs::path dir() {
    return environment("INODECK_LAB");
}

std::string value(const std::string& key) {
    std::ifstream in(dir() / "env");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(key + "="))
            return line.substr(key.size() + 1);
    throw std::runtime_error("the lab's env has no " + key);
}

std::string sshConfig() {
    return dir() / "ssh_config";
}

std::string docker(const Argv& argv, const std::string& vm) {
    Argv all{"docker"};
    all.insert(all.end(), argv.begin(), argv.end());
    Finished done = run(all, {{"DOCKER_HOST", "unix://" + (dir() / vm / "docker.sock").string()}});
    if (done.status != 0)
        throw std::runtime_error("docker " + argv.at(0) + ": " + done.err);
    if (done.out.ends_with('\n'))
        done.out.pop_back();
    return done.out;
}

std::optional<std::string> http(const std::string& url, const std::string& method) {
    const Finished done = run({"curl", "-fsS", "--noproxy", "*", "--max-time", "2", "-X", method, url});
    return done.status == 0 ? std::optional{done.out} : std::nullopt;
}

std::string readFile(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    return content.str();
}

void overwriteFile(const fs::path& path, const std::string& content) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << content;
    if (!out.flush())
        throw std::runtime_error("cannot write " + path.string());
}

void replaceFile(const fs::path& path, const std::string& content) {
    const fs::path fresh = path.string() + ".new";
    overwriteFile(fresh, content);
    fs::rename(fresh, path);
}

QJsonObject json(const std::string& text) {
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

Rig::Rig(std::string vm)
    : m_vm(std::move(vm)) {
    std::string name = dir() / m_vm / "srv" / "rig-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr)
        throw std::runtime_error("mkdtemp failed below " + dir().string());
    m_dir = name;
    fs::permissions(m_dir, fs::perms{0755});
}

Rig::~Rig() {
    for (const std::string& name : m_containers)
        run({"docker", "-H", "unix://" + (dir() / m_vm / "docker.sock").string(), "rm", "-fv", name});
    std::error_code ignored;
    fs::remove_all(m_dir, ignored);
}

fs::path Rig::file(const std::string& name, const std::string& content) const {
    overwriteFile(path(name), content);
    return path(name);
}

void Rig::container(const std::string& name, const Argv& options, const std::string& image,
                    const Argv& command) {
    m_containers.push_back(name);
    Argv all{"run",     "-d",
             "--name",  name,
             "--label", "com.docker.compose.project=rig",
             "--label", "com.docker.compose.service=" + name};
    all.insert(all.end(), options.begin(), options.end());
    all.push_back(image);
    all.insert(all.end(), command.begin(), command.end());
    docker(all, m_vm);
}

std::string Rig::startedAt(const std::string& name) const {
    return docker({"inspect", "-f", "{{.State.StartedAt}} {{.RestartCount}}", name}, m_vm);
}

Env Rig::env() const {
    return {{"XDG_DATA_HOME", m_dir / "data"},
            {"XDG_CONFIG_HOME", m_dir / "config"},
            {"NO_COLOR", "1"},
            {"COLUMNS", "200"}};
}

Argv Rig::argv(const Argv& arguments) const {
    Argv all{environment("INODECK")};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return all;
}

Finished Rig::inodeck(const Argv& arguments, std::chrono::seconds timeout) const {
    return run(argv(arguments), env(), timeout);
}

std::vector<QJsonObject> Rig::rows(const std::string& service, const std::string& host) const {
    const Finished done =
        inodeck({"scan", host.empty() ? m_vm : host, "--ssh-config", sshConfig(), "--json", "--all"});
    std::vector<QJsonObject> found;
    for (const QJsonValue& scanned : json(done.out)[u"hosts"].toArray())
        for (const QJsonValue& mount : scanned[u"mounts"].toArray())
            if (mount[u"service"].toString().toStdString() == service)
                found.push_back(mount.toObject());
    if (found.empty())
        throw std::runtime_error("scan shows no mount of " + service + ": " + done.err +
                                 done.out.substr(0, 2000));
    return found;
}

std::string Rig::verdict(const std::string& service, const std::string& host) const {
    const std::vector<QJsonObject> all = rows(service, host);
    if (all.size() != 1)
        throw std::runtime_error(service + " has " + std::to_string(all.size()) + " mounts");
    return all[0][u"verdict"].toString().toStdString();
}

} // namespace inodeck::lab
