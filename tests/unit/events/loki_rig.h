#pragma once

#include <chrono>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

#include "core/events/event_sink.h"
#include "core/events/outbox.h"
#include "tests/support/http_server.h"
#include "tests/support/ssh_server.h"

namespace inodeck {

using namespace std::chrono_literals;

/// Event `number` of a run: each of its own operation, a millisecond after the one before, a minute ago.
Event eventOf(int number, EventStatus status = EventStatus::Success);

LokiOptions lokiOptions(const std::string& url, const std::string& outbox);

/// One entry that a server was pushed.
struct Entry {
    std::string labels; ///< compact JSON
    std::string ns;
    std::string line;
    std::string opId() const;
};
/// The entries of a push; throws when the body is not what Loki's API takes.
std::vector<Entry> entriesOf(const test::HttpRequest& request);

class LokiTest : public ::testing::Test {
protected:
    std::string outbox() const { return m_dir.file("outbox"); }
    LokiOptions optionsFor(const std::string& url) const { return lokiOptions(url, outbox()); }
    std::unique_ptr<EventSink> sink(const LokiOptions& options) const;
    std::unique_ptr<EventSink> sink(const std::string& url) const { return sink(optionsFor(url)); }
    /// flush() and its sentence; empty when all went.
    std::string flush(EventSink& sink, std::chrono::milliseconds bound = 20s);
    std::size_t waiting() const { return Outbox::open(outbox())->waiting(); }
    /// Names in a folder of the outbox, without our own.
    std::vector<std::string> files(const std::string& folder = {}) const;

    test::TempDir m_dir;
    Cancel m_cancel;
};

/// Emits `count` events into the sink.
void emitAll(EventSink& sink, int count);

} // namespace inodeck
