#pragma once

#include <QString>
#include <vector>

#include "core/audit/record.h"

namespace inodeck::ui {

/// One thing that was seen of a mount before an action and after it; empty: not on record.
struct ComparedField {
    QString name;
    QString before;
    QString after;
    bool differs = false; ///< both are there and are not the same
};

struct ComparedMount {
    QString destination;
    std::vector<ComparedField> fields;
};

/// The evidence of an intent and that of its outcome, mount by mount. Either may be null.
std::vector<ComparedMount> compareEvidence(const RecordDraft* before, const RecordDraft* after);

} // namespace inodeck::ui
