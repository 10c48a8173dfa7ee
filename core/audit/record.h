#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/sha256.h"
#include "core/base/time.h"

namespace inodeck {

/// Words of the log: genesis, intent, outcome, recovered, refused, hostkey_accepted, key_rotate, export,
/// reveal (an operator was shown the secrets of a file).
enum class RecordType {
    Genesis,
    Intent,
    Outcome,
    Recovered,
    Refused,
    HostKeyAccepted,
    KeyRotate,
    Export,
    Reveal
};
std::string_view toString(RecordType type);
std::optional<RecordType> recordTypeFromString(std::string_view word);

/// Who did it. `account` is the operating system's answer; `claimed` is what a person or CI says of itself.
struct AuditActor {
    std::string account;
    std::string claimed;
    std::string ciJob;
};

struct AuditTarget {
    std::string vm;
    std::string address;
    std::string hostKeySha256; ///< "SHA256:…"
    std::string machineId;
    std::string containerId; ///< 64 hex digits
    std::string project;
    std::string service;
    std::string imageDigest;
    std::optional<TimePoint> startedAt;
};

struct AuditSide {
    std::optional<Sha256> sha256;
    std::optional<Sha256> hmac; ///< in its place, for a secret file: its hash could be guessed
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    bool missing = false;
};

/// One mount, as it was seen. Bytes; what is not UTF-8 is recorded as {"b64": …}.
struct AuditEvidence {
    std::string source;
    std::string destination;
    std::string verdict;
    AuditSide host;
    AuditSide container;
    bool secret = false; ///< record HMACs in place of the hashes: those of a small secret could be guessed
};

struct AuditResult {
    std::optional<int> exitStatus;
    std::string status; ///< verified, still_stale, failed, timed_out, unhealthy, not_done, done, unknown
    std::string verdict;
    std::optional<TimePoint> startedAt;
    std::string health;
    std::string containerId; ///< of the container that was made in the target's place; empty: it is that one
    std::optional<Sha256> containerSha256;
    std::string stderrTail;
    std::uint64_t durationMs = 0;
};

/// A key that a genesis or key_rotate record names: it may sign from the next record on (genesis: from this
/// one).
struct AuditKeyChange {
    std::string publicKey; ///< 32 bytes, Ed25519
    std::string retires;   ///< kid of the key whose last record this is; empty: none
};

/// What the caller knows of a record; the store adds v, log, seq, prev, id, ts, writer, kid, and signs.
struct RecordDraft {
    RecordType type = RecordType::Intent;
    std::string opId; ///< UUID that ties detection, intent, restart, proof and event together
    AuditActor actor;
    std::string reason;
    AuditTarget target;
    std::vector<AuditEvidence> evidence;
    std::size_t evidenceLeftOut = 0; ///< mounts that did not fit where it was written first, in a spool
    std::vector<std::string> argv;
    std::optional<AuditResult> result;
    std::optional<AuditKeyChange> key; ///< genesis and key_rotate
};

/// A random (version 4) UUID, from OpenSSL's generator.
std::string newUuid();

} // namespace inodeck
