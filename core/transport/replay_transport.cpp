#include "core/transport/replay_transport.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/base/text.h"

namespace inodeck {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view Suffix = ".probe";

/// Says the recorded words to whoever sends the probe.
class ReplaySession final : public Session {
public:
    ReplaySession(std::string name, std::string output)
        : m_name(std::move(name))
        , m_output(std::move(output)) {}

    Result<ExecResult> exec(const ExecRequest& request, const Deadline&, const Cancel&) override {
        const bool scan = request.input.find("\nread_side= ") != std::string::npos;
        const bool oneContainer = request.input.find("\nonly=''") == std::string::npos;
        if (!scan || oneContainer)
            return fail(
                ErrorCode::Unsupported,
                printable(m_name) +
                    " is a recording: it can be looked at, but nothing can be read again or done there.");
        return ExecResult{m_output, {}, 0};
    }
    bool alive() const override { return true; }
    PeerInfo peer() const override { return {"recording", {}, {}}; }

private:
    std::string m_name;
    std::string m_output;
};

} // namespace

ReplayTransport::ReplayTransport(std::string directory)
    : m_directory(std::move(directory)) {}

Result<std::unique_ptr<Session>> ReplayTransport::connect(const Endpoint& endpoint, const Deadline&,
                                                          const Cancel&) {
    const fs::path path = fs::path(m_directory) / (endpoint.name + std::string(Suffix));
    std::error_code problem;
    // A name is no path: nothing outside the directory is a recording.
    if (endpoint.name.find('/') != std::string::npos || !fs::exists(path, problem))
        return fail(ErrorCode::NotFound, "There is no recording of " + printable(endpoint.name) + " in " +
                                             printable(m_directory) + ".");
    std::ifstream file(path, std::ios::binary);
    std::string output{std::istreambuf_iterator<char>(file), {}};
    if (!file)
        return fail(ErrorCode::Io, "The recording of " + printable(endpoint.name) + " cannot be read.");
    return std::make_unique<ReplaySession>(endpoint.name, std::move(output));
}

std::vector<std::string> ReplayTransport::hosts() const {
    std::vector<std::string> names;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(m_directory, problem))
        if (entry.path().extension() == Suffix)
            names.push_back(entry.path().stem());
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace inodeck
