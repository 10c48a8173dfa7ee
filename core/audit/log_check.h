#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/audit/verifier.h"
#include "core/base/cancel.h"

namespace inodeck {

/// The verification of a log that grows: what was verified is read once, then only what came after it, for as
/// long as the log still holds the last verified record. What is changed before that one is found by
/// verifying `again`. Not thread-safe.
class LogCheck {
public:
    using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

    explicit LogCheck(std::string where)
        : m_where(std::move(where)) {}
    /// The report on the whole log. Errors: it cannot be read (NotFound: there is none), or Cancelled; what
    /// was read until then is not read again.
    Result<VerifyReport> run(bool again, const Cancel& cancel, const Progress& progress = {});

private:
    Result<bool> goesOn(AuditReader& log);

    std::string m_where;
    std::string m_location;
    std::optional<LogVerifier> m_verifier;
    std::uint64_t m_next = 0; ///< records before this one are in m_verifier
    std::string m_last;       ///< hex SHA-256 of the line before m_next
};

} // namespace inodeck
