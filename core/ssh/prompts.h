#pragma once

#include "core/ssh/bounds.h"
#include "core/transport/prompter.h"

namespace inodeck::ssh {

/// The operator, asked one question at a time. `prompter` may be null: then nobody is there.
class Prompts {
public:
    explicit Prompts(Prompter* prompter)
        : m_prompter(prompter) {}

    bool available() const { return m_prompter != nullptr; }
    /// Takes the turn to ask; ask through operator-> while holding it. The time that it takes is the
    /// operator's, so the peer's clock starts again after it.
    class Turn {
    public:
        Turn(Gate::Place place, Prompter& prompter, Bounds& bounds)
            : m_place(std::move(place))
            , m_prompter(&prompter)
            , m_bounds(&bounds) {}
        Turn(Turn&&) noexcept = default;
        Turn& operator=(Turn&&) = delete;
        ~Turn() { m_bounds->restart(); }
        Prompter* operator->() const { return m_prompter; }

    private:
        Gate::Place m_place;
        Prompter* m_prompter;
        Bounds* m_bounds;
    };
    Result<Turn> turn(Bounds& bounds) {
        auto place = m_gate.enter(bounds.overall(), bounds.cancel(), "waiting to ask the operator");
        if (!place)
            return tl::unexpected(place.error());
        return Turn(*std::move(place), *m_prompter, bounds);
    }

private:
    Prompter* m_prompter;
    Gate m_gate{1};
};

} // namespace inodeck::ssh
