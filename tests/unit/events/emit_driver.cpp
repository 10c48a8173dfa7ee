// emit_driver OUTBOX: keeps one event, then says so. For sync_test, which traces it.
#include <unistd.h>

#include "core/events/event_sink.h"

int main(int, char** argv) {
    inodeck::LokiOptions options;
    options.url = "http://127.0.0.1:1";
    options.outbox = argv[1];
    const auto sink = inodeck::lokiSink(options);
    inodeck::Event event;
    event.time = inodeck::Clock::system().now();
    const bool kept = sink && (*sink)->emit(event);
    return kept && ::write(STDOUT_FILENO, "kept\n", 5) == 5 ? 0 : 1;
}
