#include "core/drift/verdict.h"

#include <algorithm>
#include <chrono>

#include "core/base/text.h"

namespace inodeck {

namespace {

Judgement unknown(std::string reason) {
    return {Verdict::Unknown, std::move(reason), std::nullopt};
}

std::string noun(FileType type) {
    switch (type) {
    case FileType::Regular:
        return "file";
    case FileType::CharDevice:
    case FileType::BlockDevice:
        return "device";
    default:
        return std::string(toString(type));
    }
}

/// No later than the first moment at which the process can have read its config.
std::optional<TimePoint> earliestRead(const Container& container) {
    if (!container.startedAt)
        return std::nullopt;
    return std::min(*container.startedAt, container.processStart.value_or(*container.startedAt)) -
           ClockGranularity;
}

/// The ctime of the host's inode, where it can be the moment at which the trouble began.
std::optional<TimePoint> changedAt(const Observation& o) {
    const TimePoint ctime = o.hostSide.facts->ctime;
    if (o.container.startedAt && ctime < *o.container.startedAt)
        return std::nullopt; // an older inode took the place (mv, symlink flip): nobody wrote down when
    return ctime;
}

std::optional<std::string> whyUnreadable(const Observation& o) {
    if (!o.hostSide.problem.empty())
        return "The host side could not be read: " + printable(o.hostSide.problem);
    if (!o.containerSide.problem.empty())
        return "The container side could not be read: " + printable(o.containerSide.problem);
    if (o.containerSide.missing)
        return "The container has nothing at " + printable(o.destination) + " any more.";
    if (!o.containerSide.facts || (!o.hostSide.facts && !o.hostSide.missing))
        return "Nothing was read of one side.";
    return std::nullopt;
}

Judgement judgeDifferentInodes(const Observation& o) {
    const Facts& host = *o.hostSide.facts;
    const Facts& inside = *o.containerSide.facts;
    if (host.type != FileType::Regular)
        return {Verdict::StaleInode,
                "The " + noun(host.type) +
                    " was replaced on the host; the container is pinned to the old one. "
                    "A reload cannot help; restart.",
                changedAt(o)};
    if (host.sha256 && inside.sha256 && *host.sha256 == *inside.sha256)
        return {
            Verdict::DetachedInode,
            "The file was replaced by one with the same bytes; the next edit will not reach the container.",
            changedAt(o)};
    const bool compared = host.sha256 && inside.sha256;
    return {Verdict::StaleInode,
            std::string("The container is pinned to an old inode of the file and reads old content") +
                (compared ? "" : " (not hashed, the inode decides)") + ". A reload cannot help; restart.",
            changedAt(o)};
}

/// Sockets, pipes and devices hold no content to load. A writable directory is the container's own workplace:
/// its ctime moves with each file that the container itself creates.
bool hasLoadedContent(const Observation& o) {
    const FileType type = o.hostSide.facts->type;
    return type == FileType::Regular || (type == FileType::Directory && o.readOnly);
}

std::string inSyncReason(const Observation& o) {
    const Facts& host = *o.hostSide.facts;
    if (host.type == FileType::Directory)
        return "Both sides are the same directory; the files in it are read live and were not compared.";
    if (host.type != FileType::Regular)
        return "Both sides are the same " + noun(host.type) + ".";
    if (host.overLimit)
        return "Both sides are the same inode, unchanged since the container started (too large to hash, the "
               "inode decides).";
    return "Both sides are the same inode with the same content.";
}

Judgement judgeSameInode(const Observation& o, const std::optional<Sha256>& baseline) {
    const Facts& host = *o.hostSide.facts;
    const Facts& inside = *o.containerSide.facts;
    if (host.type == FileType::Regular) {
        if (host.overLimit != inside.overLimit || host.sha256 != inside.sha256)
            return unknown("The file changed while it was being read; scan again.");
        if (!host.sha256 && !host.overLimit)
            return unknown("The file could not be hashed.");
        if (baseline && host.sha256 && *baseline != *host.sha256)
            return {Verdict::NotLoaded,
                    "The process started with other content than the file has now; restart to load it.",
                    changedAt(o)};
        if (baseline && host.sha256)
            return {Verdict::InSync, inSyncReason(o), std::nullopt};
    }
    if (!hasLoadedContent(o))
        return {Verdict::InSync, inSyncReason(o), std::nullopt};
    const auto read = earliestRead(o.container);
    if (!read)
        return unknown("Docker does not say when the container started.");
    if (std::max(host.ctime, inside.ctime) >= *read)
        return {Verdict::ChangedSinceStart,
                "The " + noun(host.type) +
                    " changed in place after the container started; the process may not have loaded it.",
                host.ctime};
    return {Verdict::InSync, inSyncReason(o), std::nullopt};
}

} // namespace

std::string_view toString(Verdict verdict) {
    switch (verdict) {
    case Verdict::SourceMissing:
        return "source_missing";
    case Verdict::SourceTypeChanged:
        return "source_type_changed";
    case Verdict::StaleInode:
        return "stale_inode";
    case Verdict::Unknown:
        return "unknown";
    case Verdict::NotLoaded:
        return "not_loaded";
    case Verdict::ChangedSinceStart:
        return "changed_since_start";
    case Verdict::DetachedInode:
        return "detached_inode";
    case Verdict::NotRunning:
        return "not_running";
    case Verdict::InSync:
        return "in_sync";
    }
    return "unknown";
}

std::optional<Verdict> verdictFromString(std::string_view word) {
    const auto* found =
        std::find_if(AllVerdicts.begin(), AllVerdicts.end(), [&](Verdict v) { return toString(v) == word; });
    return found == AllVerdicts.end() ? std::nullopt : std::optional(*found);
}

bool isDrift(Verdict verdict) {
    return verdict != Verdict::InSync && verdict != Verdict::Unknown && verdict != Verdict::NotRunning;
}

Judgement judge(const Observation& o, const std::optional<Sha256>& baseline) {
    if (!o.container.running)
        return {Verdict::NotRunning,
                "The container is " +
                    (o.container.status.empty() ? "not running" : printable(o.container.status)) +
                    ": nothing is reading this config.",
                std::nullopt};
    if (auto why = whyUnreadable(o))
        return unknown(*why);
    if (o.hostSide.missing)
        return {Verdict::SourceMissing,
                "The host has no " + noun(o.containerSide.facts->type) + " at " + printable(o.source) +
                    ": a restart would fail now. Restore it first.",
                std::nullopt};
    const Facts& host = *o.hostSide.facts;
    const Facts& inside = *o.containerSide.facts;
    if (host.type != inside.type)
        return {Verdict::SourceTypeChanged,
                "The host now has a " + noun(host.type) + " where the container mounted a " +
                    noun(inside.type) + ": a restart would fail now. Restore it first.",
                changedAt(o)};
    if (host.type == FileType::Other)
        return unknown("This type of file is not supported.");
    if (host.dev != inside.dev || host.inode != inside.inode)
        return judgeDifferentInodes(o);
    return judgeSameInode(o, baseline);
}

} // namespace inodeck
