#include <algorithm>

#include "core/base/text.h"
#include "core/report/incident.h"

namespace inodeck::report {

namespace {

/// Of one diff; what is longer is for the console.
constexpr std::size_t MaxDiffLines = 400;

std::string number(std::uint64_t value) {
    return std::to_string(value);
}

Text hashOf(const Facts& facts, bool secret) {
    if (secret)
        return word("not told: all of this file is secret");
    if (facts.sha256)
        return literal(facts.sha256->hex());
    return word(facts.overLimit ? "not compared: over the limit" : "none: not a regular file");
}

std::vector<Text> sideRow(const std::string& name, const Side& side, bool secret) {
    if (side.facts)
        return {word(name), word(number(side.facts->inode)), word(number(side.facts->size)),
                word(timeWords(side.facts->ctime)), hashOf(*side.facts, secret)};
    const Text why = side.missing ? word("does not exist") : said(side.problem);
    return {word(name), word("–"), word("–"), word("–"), why};
}

Text sinceWords(const Judgement& judgement, TimePoint now) {
    if (!judgement.since)
        return word("not known");
    return word(timeWords(judgement.since) + ", " + formatDuration(now - *judgement.since) +
                " before this report");
}

FactList factsOf(const IncidentMount& mount, TimePoint now) {
    const Observation& o = mount.row.observation;
    const Container& c = o.container;
    FactList facts;
    facts.rows.emplace_back("Verdict", word(std::string(toString(mount.row.judgement.verdict))));
    facts.rows.emplace_back("Means", said(mount.row.judgement.reason));
    facts.rows.emplace_back("Since", sinceWords(mount.row.judgement, now));
    facts.rows.emplace_back("Host", literal(mount.host));
    facts.rows.emplace_back("Container", literal(c.name));
    facts.rows.emplace_back("Container id", literal(c.id.hex()));
    facts.rows.emplace_back("Image", literal(c.image));
    facts.rows.emplace_back("Running since", word(c.running ? timeWords(c.startedAt) : "it is not running"));
    facts.rows.emplace_back("On the host", literal(o.source));
    facts.rows.emplace_back("In the container", literal(o.destination));
    return facts;
}

DiffBlock blockOf(const SideBySide& sides, const std::vector<UnifiedLine>& lines) {
    using Part = UnifiedLine::Part;
    DiffBlock block;
    for (std::size_t i = 0; i < std::min(lines.size(), MaxDiffLines); ++i) {
        const UnifiedLine& line = lines[i];
        if (line.part == Part::Header)
            block.lines.push_back({'@', line.header});
        else if (line.part == Part::After)
            block.lines.push_back({'+', sides.rows[line.row].after.text});
        else
            block.lines.push_back({line.part == Part::Before ? '-' : ' ', sides.rows[line.row].before.text});
    }
    return block;
}

std::string diffWords(const SideBySide& sides, std::size_t lines) {
    std::string words = sides.binary ? "Binary: the heads of both as hex. " : "";
    words += "“-” is what the container reads, “+” is what the host has.";
    if (sides.masked)
        words += " What looks like a secret is masked.";
    const bool hidden = std::any_of(sides.rows.begin(), sides.rows.end(),
                                    [](const SideRow& row) { return row.hiddenDiffers; });
    if (hidden)
        words += " Something that is masked differs.";
    if (lines > MaxDiffLines)
        words += " Only the first " + number(MaxDiffLines) + " of " + number(lines) + " lines.";
    return words;
}

void addDiff(Document& document, const IncidentMount& mount) {
    if (!mount.noDiff.empty())
        document.blocks.push_back(Paragraph{said("No diff: " + mount.noDiff)});
    if (!mount.diff)
        return;
    if (mount.diff->equal) {
        document.blocks.push_back(
            Paragraph{word("No diff: both sides had the same bytes when they were read.")});
        return;
    }
    const std::vector<UnifiedLine> lines = unifiedLines(*mount.diff);
    document.blocks.push_back(Paragraph{word(diffWords(*mount.diff, lines.size()))});
    document.blocks.push_back(blockOf(*mount.diff, lines));
}

void addMount(Document& document, const IncidentMount& mount, TimePoint now) {
    const Observation& o = mount.row.observation;
    Text title = literal(mount.host);
    for (const std::string& part : {o.container.label(), o.destination}) {
        title.push_back({Span::Kind::Word, " · "});
        title.push_back(literal(part).front());
    }
    document.blocks.push_back(Heading{3, title});
    document.blocks.push_back(factsOf(mount, now));
    Grid sides;
    sides.header = {"Side", "Inode", "Bytes", "Changed", "SHA-256"};
    sides.rows = {sideRow("host", o.hostSide, mount.secret),
                  sideRow("container", o.containerSide, mount.secret)};
    document.blocks.push_back(std::move(sides));
    addDiff(document, mount);
}

std::vector<Text> calmRow(const IncidentMount& mount) {
    const Observation& o = mount.row.observation;
    const Side& side = o.hostSide;
    return {literal(mount.host), literal(o.container.label()), literal(o.destination),
            word(side.facts ? number(side.facts->inode) : "–"),
            side.facts ? hashOf(*side.facts, mount.secret) : word("–")};
}

} // namespace

void addMounts(Document& document, const Incident& incident) {
    Grid calm;
    calm.header = {"Host", "Service", "Config", "Inode", "SHA-256 of both sides"};
    document.blocks.push_back(Heading{2, word("Mounts that are not in sync")});
    bool any = false;
    for (const IncidentMount& mount : incident.mounts) {
        if (mount.row.judgement.verdict == Verdict::InSync) {
            calm.rows.push_back(calmRow(mount));
            continue;
        }
        any = true;
        addMount(document, mount, incident.generatedAt);
    }
    if (!any)
        document.blocks.push_back(Paragraph{word("None of those that this report is about.")});
    if (calm.rows.empty())
        return;
    document.blocks.push_back(Heading{2, word("Mounts in sync")});
    document.blocks.push_back(std::move(calm));
}

} // namespace inodeck::report
