#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace inodeck::test {

/// A TCP proxy on 127.0.0.1 that misbehaves on command. Settings apply to all connections, at once.
class FaultProxy {
public:
    FaultProxy(std::string address, int port);
    ~FaultProxy();
    FaultProxy(const FaultProxy&) = delete;
    FaultProxy& operator=(const FaultProxy&) = delete;

    int port() const;

    /// Takes connections and never says a word.
    void mute();
    /// Passes this many bytes more from the server, then no byte in any direction, connection open.
    void stallAfter(std::uint64_t bytes);
    /// Passes this many bytes more from the server, then resets the connection.
    void cutAfter(std::uint64_t bytes);
    /// Holds each chunk back for so long, in both directions.
    void delay(std::chrono::milliseconds each);
    /// Resets the next `count` connections as soon as they are there, as MaxStartups does.
    void refuseNext(int count);
    void resume();

    std::uint64_t bytesToClient() const;
    std::uint64_t bytesToServer() const;
    int connections() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace inodeck::test
