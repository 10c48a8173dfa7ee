#pragma once

#include <string>

#include "core/base/deadline.h"
#include "core/base/result.h"

namespace inodeck {

/// `path` is a directory of mode 0700 (or stricter) that belongs to this user and is no symbolic link; made
/// when `create` is set.
Result<void> guardDirectory(const std::string& path, bool create);
/// `path` is no directory, for whoever named one where a file is meant.
Result<void> guardFileName(const std::string& path);
/// `path` is a regular file, no link, of this user, with no rights for others. NotFound when it is not there.
Result<void> guardFile(const std::string& path);
/// The content of such a file, at most 64 MiB.
Result<std::string> readGuardedFile(const std::string& path);
/// A new file (it must not exist) of mode 0600, fsynced with its directory; it is there whole or not at all.
Result<void> createGuardedFile(const std::string& path, const std::string& content);
/// Appends to such a file (made when missing) and fsyncs it; after an error it is as it was. Not for two at
/// once.
Result<void> appendGuardedFile(const std::string& path, const std::string& content);
/// Replaces such a file by rename; fsynced when `durable`.
Result<void> replaceGuardedFile(const std::string& path, const std::string& content, bool durable = true);

/// Excludes other processes of this user while it lives (flock on a file of its own).
class FileLock {
public:
    FileLock(const std::string& path, const Deadline& deadline);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    /// An error when another process kept it until the deadline, or the file cannot be made.
    Result<void> held() const;

private:
    std::string m_path;
    int m_fd;
    int m_error = 0;
};

/// $XDG_DATA_HOME/inodeck and $XDG_STATE_HOME/inodeck, by the XDG Base Directory Specification.
std::string dataDirectory();
std::string stateDirectory();
/// The keys' folder in dataDirectory().
std::string keyDirectory();

} // namespace inodeck
