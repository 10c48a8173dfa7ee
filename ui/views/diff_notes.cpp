#include <QLocale>

#include "ui/views/diff_view.h"

namespace inodeck::ui {

QString DiffView::notesOn(const ShownSides& shown) const {
    const SideBySide& sides = *shown.sides;
    const auto bytes = [](std::uint64_t size) { return QLocale().toString(static_cast<qulonglong>(size)); };
    QStringList notes;
    if (sides.equal)
        notes << (shown.truncated ? tr("The parts that were read are the same.")
                                  : tr("Both sides have the same bytes."));
    if (sides.onlyBlanks)
        notes << tr("Only blanks differ; they are ignored now. The bytes are not the same.");
    if (sides.binary)
        notes
            << tr("Binary: %1 bytes in the container, %2 bytes on the host; the first KiB of each is shown.")
                   .arg(bytes(shown.containerSize), bytes(shown.hostSize));
    if (shown.truncated)
        notes << tr("Only the first %1 MiB of each side were read and compared.")
                     .arg(SideLoader::MaxSide >> 20);
    if (sides.approximate)
        notes << tr("Too much differs to compare it all line by line: large parts are shown as replaced.");
    if (shown.changedSince)
        notes << tr("A side is not what the last scan saw: scan again.");
    if (shown.revealed)
        notes << tr("Secrets are shown; that is on record.");
    else if (sides.masked)
        notes << tr("What looks like a secret is masked (***).");
    return notes.join(QLatin1Char(' '));
}

} // namespace inodeck::ui
