#include "app/cli/diff_output.h"

#include "app/cli/options.h"
#include "app/cli/table.h"
#include "core/base/text.h"
#include "core/drift/diff.h"

namespace inodeck::cli {

namespace {

enum class Compared { Same, SameSoFar, Different };

bool wasCut(const BothSides& both) {
    return both.container.truncated || both.host.truncated;
}

bool sameInode(const Observation& o) {
    const auto& inside = o.containerSide.facts;
    const auto& host = o.hostSide.facts;
    return inside && host && inside->dev == host->dev && inside->inode == host->inode;
}

Compared compared(const Observation& o, const BothSides& both) {
    if (both.container.bytes != both.host.bytes)
        return Compared::Different;
    if (!wasCut(both))
        return Compared::Same;
    // One file under two names cannot differ from itself, however large it is.
    const bool alike = both.container.truncated == both.host.truncated && sameInode(o);
    return alike ? Compared::Same : Compared::SameSoFar;
}

std::string placeOf(const Observation& o) {
    return printable(o.container.label()) + ":" + printable(o.destination);
}

/// A line for a terminal keeps nothing that could move its cursor; a pipe gets the bytes.
std::string shown(const std::string& line, const Streams& io) {
    if (!io.outIsTerminal)
        return line;
    std::string safe;
    for (std::size_t begin = 0; begin <= line.size();) {
        const std::size_t tab = std::min(line.find('\t', begin), line.size());
        safe += printable(line.substr(begin, tab - begin));
        if (tab < line.size())
            safe += '\t';
        begin = tab + 1;
    }
    const char* colour = line.starts_with("+")    ? "32"
                         : line.starts_with("-")  ? "31"
                         : line.starts_with("@@") ? "36"
                                                  : nullptr;
    return colour ? coloured(safe, colour, io.colours) : safe;
}

/// A hash of a part would be looked for as the file's.
std::string binaryText(const BothSides& both) {
    if (wasCut(both))
        return "Binary files differ within the first 16 MiB\n";
    return "Binary files differ: sha256 " + Sha256::of(both.container.bytes).hex() + " in the container, " +
           Sha256::of(both.host.bytes).hex() + " on the host\n";
}

} // namespace

int printDiff(const Row& row, const BothSides& both, Context& context) {
    const Observation& o = row.observation;
    std::ostream& out = context.io.out;
    const Compared result = compared(o, both);
    if (result == Compared::Same)
        return InSync;
    if (result == Compared::SameSoFar)
        return complain(context,
                        placeOf(o) + ": the first 16 MiB are the same; what lies beyond was not compared.",
                        Incomplete);
    const TextDiff diff = diffOf(both.container.bytes, both.host.bytes);
    out << "--- " << placeOf(o) << "\t(what the container reads)\n"
        << "+++ " << printable(o.source) << "\t(what the host has)\n";
    if (diff.binary) {
        out << binaryText(both);
        return Drift;
    }
    for (const std::string& line : diff.lines)
        out << shown(line, context.io) << "\n";
    if (wasCut(both))
        return complain(context, "the files are larger than 16 MiB; what lies beyond was not compared.",
                        Incomplete);
    return Drift;
}

int printWithoutContent(const Row& row, const BothSides& both, Context& context) {
    const Compared result = compared(row.observation, both);
    if (result == Compared::Same)
        return InSync;
    return complain(context,
                    placeOf(row.observation) + (result == Compared::SameSoFar ? " may differ" : " differs") +
                        ", and is not shown: the fleet file marks the service as secret. --show-secret "
                        "shows it.",
                    result == Compared::SameSoFar ? Incomplete : Drift);
}

} // namespace inodeck::cli
