#pragma once

#include <string>
#include <vector>

#include "core/audit/record_line.h"

namespace inodeck {

/// One field by RFC 4180: always quoted, its text printable, and never a formula for a spreadsheet.
std::string csvField(const std::string& text);
/// The lines before the records: what this is, and the names of the columns.
std::string csvHead();
std::string csvRow(const ParsedRecord& record, const std::string& hash);

} // namespace inodeck
