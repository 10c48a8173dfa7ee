#pragma once

#include <QString>
#include <string>

#include "core/base/result.h"

namespace inodeck::ui {

/// A fleet file that is being edited: where it is, and what it held when it was last read or written. Nothing
/// that somebody else wrote meanwhile is overwritten.
class FleetDocument {
public:
    /// Reads it: its text, UTF-8. On error the document stays what it was.
    Result<QString> open(const std::string& path);
    /// A new one, without a place yet.
    void begin();
    /// Empty: it has no place yet.
    const std::string& path() const { return m_path; }
    /// Whether the file holds something else than what was read, or is gone. Reads the file.
    bool changedOnDisk() const;
    /// Replaces the file in one step, mode kept. Refuses when changedOnDisk().
    Result<void> save(const QString& text);
    /// The same in another place, whatever is there, and goes on there.
    Result<void> saveAs(const QString& text, const std::string& path);

private:
    Result<void> write(const QString& text, const std::string& path);

    std::string m_path;
    std::string m_onDisk;
};

} // namespace inodeck::ui
