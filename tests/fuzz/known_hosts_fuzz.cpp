#include "core/ssh/known_hosts.h"
#include "tests/fuzz/fuzz.h"

/// The first line is the name that is looked for, the rest is the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace inodeck::ssh;
    const std::string text = inodeck::fuzz::textOf(data, size);
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string name = text.substr(0, end);
    const PublicKey offered{"ssh-ed25519",
                            "AAAAC3NzaC1lZDI1NTE5AAAAIJ5xqzL1d9V0b3k0b3k0b3k0b3k0b3k0b3k0b3k0b3k0"};
    KnownHost host{
        name, matchKnownHosts(text.substr(std::min(end + 1, text.size())), name, "known_hosts"), {}};
    bool recorded = false;
    for (const KnownKey& known : host.exact) {
        fingerprintOf(known.key);
        recorded |= known.marker == KnownKey::Marker::None && known.key == offered;
    }
    (void)host.knownTypes();
    const auto judgement = judgeKey(host, offered);
    inodeck::fuzz::must(judgement.state != KeyJudgement::State::Known || recorded,
                        "only a key that stands there is known");
    return 0;
}
