// A program that shares an outbox with others, for tests that trace it, kill it, or start several:
//   emit_driver keep OUTBOX                     keeps one event, then says so
//   emit_driver share URL OUTBOX FIRST COUNT    emits events of its own and of all, and drains now and then
//   emit_driver drain URL OUTBOX NUMBER         drains for ever, with an event of its own in each round
#include <cstring>
#include <unistd.h>

#include "tests/unit/events/loki_rig.h"

namespace {

using namespace inodeck;

int keep(const std::string& outbox) {
    const auto sink = lokiSink(lokiOptions("http://127.0.0.1:1", outbox));
    const bool kept = sink && (*sink)->emit(eventOf(0));
    return kept && ::write(STDOUT_FILENO, "kept\n", 5) == 5 ? 0 : 1;
}

int share(const LokiOptions& options, int first, int count) {
    const Cancel never;
    const auto sink = lokiSink(options);
    bool good = sink.has_value();
    for (int i = 0; good && i < count; ++i) {
        good = (*sink)->emit(eventOf(first + i)) && (*sink)->emit(eventOf(100'000 + i));
        if (good && i % 7 == 0)
            good = (*sink)->flush(Deadline::after(60s), never).has_value();
    }
    return good && (*sink)->flush(Deadline::after(60s), never) ? 0 : 1;
}

[[noreturn]] void drain(const LokiOptions& options, int number) {
    const Cancel never;
    for (;;) {
        const auto sink = lokiSink(options);
        static_cast<void>(sink && (*sink)->emit(eventOf(number)));
        static_cast<void>(sink && (*sink)->flush(Deadline::after(10s), never));
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 2 && words[0] == "keep")
        return keep(words[1]);
    if (words.size() == 5 && words[0] == "share")
        return share(lokiOptions(words[1], words[2]), std::stoi(words[3]), std::stoi(words[4]));
    if (words.size() == 4 && words[0] == "drain")
        drain(lokiOptions(words[1], words[2]), std::stoi(words[3]));
    return 2;
}
