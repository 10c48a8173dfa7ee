#include "core/restart/restart.h"

namespace inodeck {

std::string_view toString(RestartStep step) {
    switch (step) {
    case RestartStep::Guard:
        return "guard";
    case RestartStep::Intent:
        return "intent";
    case RestartStep::Restart:
        return "restart";
    case RestartStep::Wait:
        return "wait";
    case RestartStep::Prove:
        return "prove";
    case RestartStep::Outcome:
        break;
    }
    return "outcome";
}

std::string_view toString(RestartStatus status) {
    switch (status) {
    case RestartStatus::Verified:
        return "verified";
    case RestartStatus::StillStale:
        return "still_stale";
    case RestartStatus::Failed:
        return "failed";
    case RestartStatus::TimedOut:
        return "timed_out";
    case RestartStatus::Unhealthy:
        return "unhealthy";
    case RestartStatus::Refused:
        return "refused";
    case RestartStatus::NotRecorded:
        return "not_recorded";
    case RestartStatus::OutcomeSpooled:
        return "outcome_spooled";
    case RestartStatus::Unknown:
        break;
    }
    return "unknown";
}

} // namespace inodeck
