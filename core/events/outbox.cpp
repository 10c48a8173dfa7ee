#include "core/events/outbox.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <poll.h>
#include <sstream>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unordered_set>

#include "core/base/text.h"
#include "core/events/outbox_files.h"
#include "core/events/parcel.h"

namespace inodeck {

namespace {

constexpr const char* LockName = ".lock";
constexpr const char* SentName = ".sent"; ///< keys of what was delivered, one a line, oldest first
constexpr const char* DeadName = "dead";
constexpr std::string_view ReasonExtension = ".why";
constexpr std::size_t MaxParcelBytes = std::size_t{1} << 20;
constexpr std::size_t MaxSentBytes = std::size_t{16} << 20;

using Keys = std::unordered_set<std::string>;

std::vector<std::string> sentKeys(const std::string& path) {
    std::istringstream text(readSmallFile(path, MaxSentBytes).value_or(""));
    std::vector<std::string> keys;
    for (std::string key; std::getline(text, key);)
        keys.push_back(key);
    return keys;
}

/// Everything but our own files, oldest first.
std::vector<std::string> candidates(const std::string& folder) {
    std::vector<std::string> names = namesIn(folder);
    std::erase_if(names, [](const std::string& name) { return name.starts_with('.') || name == DeadName; });
    return names;
}

std::vector<std::string> parcelsIn(const std::string& folder) {
    std::vector<std::string> names = candidates(folder);
    std::erase_if(names, [](const std::string& name) { return keyOfName(name).empty(); });
    return names;
}

bool isThere(const std::string& path) {
    struct stat s {};
    return ::lstat(path.c_str(), &s) == 0;
}

} // namespace

Outbox::Lock::Lock(Lock&& other) noexcept
    : m_fd(std::exchange(other.m_fd, -1)) {}

Outbox::Lock::~Lock() {
    if (m_fd >= 0)
        ::close(m_fd);
}

Result<Outbox> Outbox::open(const std::string& folder, Limits limits) {
    if (folder.empty())
        return fail(ErrorCode::Config, "No folder was given for the events that wait.");
    if (auto made = makePrivateFolder(folder); !made)
        return tl::unexpected(made.error());
    return Outbox(folder, limits);
}

Result<void> Outbox::add(const Parcel& parcel) {
    const std::vector<std::string> names = candidates(m_folder);
    const auto same = [&](const std::string& name) { return name.find(parcel.key) != std::string::npos; };
    const std::vector<std::string> sent = sentKeys(path(SentName));
    if (std::any_of(names.begin(), names.end(), same) ||
        std::find(sent.begin(), sent.end(), parcel.key) != sent.end())
        return {};
    auto written = writeDurably(m_folder, parcelName(parcel), parcelText(parcel));
    if (written && names.size() >= m_limits.waiting)
        dropOldest();
    return written;
}

void Outbox::dropOldest() {
    const std::vector<std::string> names = parcelsIn(m_folder);
    for (std::size_t i = 0; i + m_limits.waiting < names.size(); ++i)
        m_dropped += ::unlink(path(names[i]).c_str()) == 0 ? 1 : 0;
}

Result<Outbox::Lock> Outbox::lock(const Deadline& deadline, const Cancel& cancel) const {
    Lock lock(::open(path(LockName).c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    const int fd = lock.fd();
    if (fd < 0)
        return fileFailure("open", path(LockName), errno);
    // flock() itself would wait without an end for a process that was stopped.
    while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return fileFailure("lock", path(LockName), errno);
        if (cancel.requested())
            return fail(ErrorCode::Cancelled, "Sending events was cancelled.");
        if (deadline.passed())
            return fail(ErrorCode::Timeout,
                        "Another run is still sending events from " + printable(m_folder) + ".");
        pollfd stop{cancel.fd(), POLLIN, 0};
        ::poll(&stop, 1, 10);
    }
    return lock;
}

Result<std::vector<Parcel>> Outbox::oldest(std::size_t count, std::size_t bytes) {
    removeUnfinished(m_folder);
    const std::vector<std::string> sent = sentKeys(path(SentName));
    Keys done(sent.begin(), sent.end());
    std::vector<Parcel> parcels;
    std::size_t size = 0;
    for (const std::string& name : candidates(m_folder)) {
        if (parcels.size() >= count || size >= bytes)
            break;
        const std::string key = keyOfName(name);
        if (!key.empty() && done.contains(key)) {
            ::unlink(path(name).c_str());
            continue;
        }
        auto parcel = parseParcel(readSmallFile(path(name), MaxParcelBytes).value_or(""));
        if (!parcel || parcel->key != key) {
            if (isThere(
                    path(name))) // else another run deleted it; what cannot be moved stays and harms nobody
                static_cast<void>(park(name, "It is damaged or no event of this program."));
            continue;
        }
        done.insert(key);
        size += parcel->line.size();
        parcel->name = name;
        parcels.push_back(*std::move(parcel));
    }
    return parcels;
}

Result<void> Outbox::delivered(const std::vector<Parcel>& parcels) {
    std::string keys;
    for (const Parcel& parcel : parcels)
        keys += parcel.key + "\n";
    // First the keys: a crash in between costs nothing. Without them the files go too; only a repeated emit()
    // would be sent again.
    Result<void> kept = appendDurably(path(SentName), keys);
    for (const Parcel& parcel : parcels)
        ::unlink(path(parcel.name).c_str());
    const std::vector<std::string> all = sentKeys(path(SentName));
    if (all.size() > 2 * m_limits.waiting) { // as many as may wait are remembered, at the least
        std::string newest;
        for (std::size_t i = all.size() - m_limits.waiting; i < all.size(); ++i)
            newest += all[i] + "\n";
        if (auto written = writeDurably(m_folder, SentName, newest); !written)
            kept = written;
    }
    return kept;
}

Result<void> Outbox::park(const std::string& name, const std::string& reason) {
    const std::string dead = path(DeadName);
    if (auto made = makePrivateFolder(dead); !made)
        return made;
    if (::rename(path(name).c_str(), (dead + "/" + name).c_str()) != 0)
        return fileFailure("move to " + printable(dead), path(name), errno);
    ++m_parked;
    trimDead();
    // A name that is too long for the extension goes without.
    static_cast<void>(writeDurably(dead, name + std::string(ReasonExtension), reason + "\n"));
    return {};
}

void Outbox::trimDead() const {
    const std::string dead = path(DeadName) + "/";
    std::vector<std::string> names = namesIn(dead);
    std::erase_if(names, [](const std::string& name) { return name.ends_with(ReasonExtension); });
    for (std::size_t i = 0; i + m_limits.dead < names.size(); ++i) {
        ::unlink((dead + names[i]).c_str());
        ::unlink((dead + names[i] + std::string(ReasonExtension)).c_str());
    }
}

std::size_t Outbox::waiting() const {
    return parcelsIn(m_folder).size();
}

std::size_t Outbox::takeDropped() {
    return std::exchange(m_dropped, 0);
}

std::size_t Outbox::takeParked() {
    return std::exchange(m_parked, 0);
}

} // namespace inodeck
