#include "core/probe/sides.h"

#include <array>

#include "core/probe/fields.h"

namespace inodeck {

namespace {

FileType typeOf(unsigned mode) {
    switch (mode & 0170000u) {
    case 0100000u:
        return FileType::Regular;
    case 0040000u:
        return FileType::Directory;
    case 0140000u:
        return FileType::Socket;
    case 0010000u:
        return FileType::Fifo;
    case 0020000u:
        return FileType::CharDevice;
    case 0060000u:
        return FileType::BlockDevice;
    default:
        return FileType::Other;
    }
}

/// stat's "%z": "2026-02-10 09:14:03.123456789 +0000". A stat without nanoseconds prints zeros: then the end
/// of that second is taken, so that a change is never dated before it happened.
std::optional<TimePoint> changeTime(std::string_view text) {
    std::string rfc(text);
    if (rfc.size() < 25 || rfc[10] != ' ')
        return std::nullopt;
    const std::size_t zone = rfc.rfind(' ');
    if (zone == 10 || rfc.size() - zone != 6)
        return std::nullopt;
    rfc[10] = 'T';
    rfc.erase(zone, 1);
    rfc.insert(rfc.size() - 2, ":");
    auto time = parseRfc3339(rfc);
    if (time && time->time_since_epoch() % std::chrono::seconds{1} == std::chrono::nanoseconds{0})
        *time += std::chrono::nanoseconds{999'999'999};
    return time;
}

struct Sentence {
    std::string_view word;
    std::string_view text;
};
constexpr std::array Sentences{
    Sentence{"denied", "the account may not read it."},
    Sentence{"not_mounted", "its destination is no mount point in the container any more."},
    Sentence{"other_mount", "something else lies at its destination in the container than what was mounted."},
    Sentence{"not_its_process", "the container's process is not on this machine (does docker talk to another "
                                "machine, or did it just end?)."},
    Sentence{"unseen", "nothing can be seen at its destination in the container."},
    Sentence{
        "tool",
        "the image has no stat and sha256sum, and looking from outside needs root: grant passwordless sudo."},
};

std::string sentence(std::string_view word) {
    for (const Sentence& s : Sentences)
        if (s.word == word)
            return std::string(s.text);
    return "the probe could not read it.";
}

/// The \040 of mountinfo.
std::string unescapeOctal(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto code = text[i] == '\\' && i + 4 <= text.size()
                              ? toNumber<unsigned>(text.substr(i + 1, 3), 8)
                              : std::nullopt;
        if (code && *code < 256) {
            out += static_cast<char>(*code);
            i += 3;
        } else {
            out += text[i];
        }
    }
    return out;
}

Side problem(std::string text) {
    Side side;
    side.problem = std::move(text);
    return side;
}

} // namespace

bool SideRecords::takeFacts(Record& record, std::string_view rest) {
    const auto dev = toNumber<std::uint64_t>(nextWord(rest));
    const auto inode = toNumber<std::uint64_t>(nextWord(rest));
    const auto size = toNumber<std::uint64_t>(nextWord(rest));
    const auto mode = toNumber<unsigned>(nextWord(rest), 16);
    const auto ctime = changeTime(rest);
    if (!dev || !inode || !size || !mode || !ctime || record.facts)
        return false;
    record.facts = Facts{typeOf(*mode), *dev, *inode, *size, *ctime, std::nullopt, false};
    return true;
}

bool SideRecords::takeFinding(Record& record, char kind, std::string_view rest) {
    const bool isFile = record.facts && record.facts->type == FileType::Regular;
    switch (kind) {
    case 'S':
        return takeFacts(record, rest);
    case 'H': {
        const auto hash = Sha256::fromHex(rest);
        if (!hash || !isFile || record.facts->sha256)
            return false;
        record.facts->sha256 = hash;
        return true;
    }
    case 'L':
        if (isFile)
            record.facts->overLimit = true;
        return isFile;
    case 'E': {
        const bool first = record.error.empty() && !rest.empty();
        record.error = rest;
        return first;
    }
    case 'R':
        record.mountRoot = rest;
        return true;
    case 'C':
        return record.changed = true;
    case 'T':
        return record.timedOut = true;
    case 'D':
        return record.deleted = true;
    case 'X':
        return record.byExec = true;
    default:
        return false;
    }
}

bool SideRecords::take(std::string_view line) {
    const std::string_view kind = nextWord(line);
    const std::string_view name = nextWord(line);
    if (kind.size() != 1 || name.size() < 2 || (name.back() != 'h' && name.back() != 'c'))
        return false;
    const auto number = toNumber<std::size_t>(name.substr(0, name.size() - 1));
    if (!number)
        return false;
    Record& record = m_records[{*number, name.back()}];
    record.broken |= !takeFinding(record, kind[0], line);
    return true;
}

Side SideRecords::side(std::size_t number, char which) const {
    const auto found = m_records.find({number, which});
    return found == m_records.end() ? problem("the probe said nothing of it.") : sideOf(found->second);
}

Side SideRecords::sideOf(const Record& record) {
    if (record.timedOut)
        return problem("reading the mount did not end in time (does something hang or trick there?).");
    const bool regular = record.facts && record.facts->type == FileType::Regular;
    if (record.broken || (record.facts && !record.error.empty()) ||
        (regular && record.facts->sha256 && record.facts->overLimit))
        return problem("the probe's words about it contradict each other.");
    Side side;
    side.missing = record.error == "missing";
    if (side.missing)
        return side;
    if (!record.error.empty())
        return problem(sentence(record.error));
    if (!record.facts)
        return problem(
            record.byExec
                ? "docker exec got no answer from it (an image without a shell?); looking from outside "
                  "needs root: grant passwordless sudo."
                : "the probe said nothing of it.");
    if (record.changed)
        return problem("it changed while it was being read; scan again.");
    if (regular && !record.facts->sha256 && !record.facts->overLimit)
        return problem("it could not be hashed (not permitted, or no sha256sum there).");
    side.facts = record.facts;
    return side;
}

bool SideRecords::deleted(std::size_t number) const {
    const auto found = m_records.find({number, 'c'});
    return found != m_records.end() && found->second.deleted;
}

std::string SideRecords::mountRoot(std::size_t number) const {
    const auto found = m_records.find({number, 'c'});
    return found == m_records.end() ? std::string{} : unescapeOctal(found->second.mountRoot);
}

} // namespace inodeck
