#include "core/events/event_sink.h"

namespace inodeck {

namespace {

class CompositeSink final : public EventSink {
public:
    explicit CompositeSink(std::vector<std::unique_ptr<EventSink>> sinks)
        : m_sinks(std::move(sinks)) {}

    Result<void> emit(const Event& event) override {
        return each([&](EventSink& sink) { return sink.emit(event); });
    }
    Result<void> flush(const Deadline& deadline, const Cancel& cancel) override {
        return each([&](EventSink& sink) { return sink.flush(deadline, cancel); });
    }

private:
    /// All of them, whatever the others say; the first code with all sentences.
    template <typename Call> Result<void> each(Call call) {
        Result<void> all;
        for (const auto& sink : m_sinks) {
            const Result<void> one = call(*sink);
            if (!one)
                all = all ? one : fail(all.error().code, all.error().message + " " + one.error().message);
        }
        return all;
    }

    std::vector<std::unique_ptr<EventSink>> m_sinks;
};

} // namespace

std::unique_ptr<EventSink> compositeSink(std::vector<std::unique_ptr<EventSink>> sinks) {
    return std::make_unique<CompositeSink>(std::move(sinks));
}

} // namespace inodeck
