#include "core/ssh/client_config.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace inodeck;
    const std::string text = fuzz::textOf(data, size);
    const auto config = ssh::parseClientConfig(text, "box");
    if (!config)
        return 0;
    fuzz::must(config->port >= 1 && config->port <= 65535, "a port is a port");
    fuzz::must(!config->hostName.empty(), "there is a host to connect to");
    ssh::expandPath(text.substr(0, 200), *config);
    return 0;
}
