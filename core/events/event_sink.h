#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/deadline.h"
#include "core/base/result.h"
#include "core/events/event.h"

namespace inodeck {

/// Takes events. Never a reason to fail a deploy: what cannot be delivered waits and goes with the next run.
class EventSink {
public:
    virtual ~EventSink() = default;
    /// Keeps the event durably where delivery may have to wait; a sentence when even that failed.
    virtual Result<void> emit(const Event& event) = 0;
    /// Delivers what waits, oldest first, within the deadline; a sentence when something still waits.
    virtual Result<void> flush(const Deadline& deadline, const Cancel& cancel) = 0;
};

struct LokiOptions {
    std::string url;  ///< of the Loki: "https://logs-prod.example.net"; /loki/api/v1/push is added if missing
    std::string user; ///< basic auth; sent by https only, or to this machine
    std::string apiKey;
    std::string app = "inodeck"; ///< labels app, env
    std::string env = "production";
    std::string outbox; ///< folder for what waits, 0700
    std::string caFile; ///< trust these certificates too; empty: the system's only
};

/// JSON lines appended to `path` ("-": stdout).
Result<std::unique_ptr<EventSink>> fileSink(const std::string& path);
/// Loki's HTTP API through an outbox on disk (docs/events.md): emit() only writes there, flush() sends. A
/// sink belongs to one thread; several sinks and programs may share an outbox.
Result<std::unique_ptr<EventSink>> lokiSink(const LokiOptions& options);
/// To each of `sinks`, whatever the others say; an error has the sentences of all.
std::unique_ptr<EventSink> compositeSink(std::vector<std::unique_ptr<EventSink>> sinks);

} // namespace inodeck
