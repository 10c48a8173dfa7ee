#include "core/report/incident.h"

#include <algorithm>
#include <map>

#include "core/base/text.h"

namespace inodeck::report {

namespace {

void addHead(Document& document, const Incident& incident) {
    document.title = "Incident report";
    document.blocks.push_back(Heading{1, word(document.title)});
    FactList facts;
    facts.rows.emplace_back("Generated at", word(timeWords(incident.generatedAt)));
    facts.rows.emplace_back("By", literal(incident.actor));
    facts.rows.emplace_back("With", word(incident.program));
    facts.rows.emplace_back("About", said(incident.scope));
    document.blocks.push_back(std::move(facts));
}

void addCounts(Document& document, const Incident& incident) {
    std::map<Verdict, int> counts;
    for (const IncidentMount& mount : incident.mounts)
        ++counts[mount.row.judgement.verdict];
    Grid grid;
    grid.header = {"Verdict", "Mounts"};
    for (const auto& [verdict, count] : counts)
        grid.rows.push_back({word(std::string(toString(verdict))), word(std::to_string(count))});
    document.blocks.push_back(Heading{2, word("Summary")});
    if (grid.rows.empty())
        document.blocks.push_back(Paragraph{word("There is no mount in it.")});
    else
        document.blocks.push_back(std::move(grid));
}

void addHosts(Document& document, const Incident& incident) {
    Grid looked;
    looked.header = {"Host", "Looked at", "Access", "Runtime"};
    Grid failed;
    failed.header = {"Host", "Looked at", "Why not"};
    for (const HostScan& host : incident.hosts) {
        const std::string when =
            host.scannedAt == TimePoint{} ? std::string("not yet") : timeWords(host.scannedAt);
        if (host.status == HostStatus::Ok)
            looked.rows.push_back({literal(host.host), word(when),
                                   word(std::string(toString(host.access.level))),
                                   literal(host.runtime.name + " " + host.runtime.version)});
        else
            failed.rows.push_back({literal(host.host), word(when), said(host.error.message)});
    }
    document.blocks.push_back(Heading{2, word("Hosts that could not be observed")});
    if (failed.rows.empty())
        document.blocks.push_back(Paragraph{
            word(looked.rows.empty() ? "No host was looked at." : "None: every host was observed.")});
    else
        document.blocks.push_back(std::move(failed));
    if (looked.rows.empty())
        return;
    document.blocks.push_back(Heading{2, word("Hosts that were observed")});
    document.blocks.push_back(std::move(looked));
}

void addChain(Document& document, const Incident& incident) {
    const IncidentLog& log = incident.log;
    document.blocks.push_back(Heading{2, word("Audit log")});
    FactList facts;
    if (!log.location.empty())
        facts.rows.emplace_back("Log", said(log.location));
    if (!log.error.empty())
        facts.rows.emplace_back("Not verified", said(log.error));
    if (log.check)
        for (const std::string& line : reportLines(*log.check))
            facts.rows.emplace_back("Verification", said(line));
    document.blocks.push_back(std::move(facts));
}

} // namespace

Text word(std::string text) {
    return {{Span::Kind::Word, std::move(text)}};
}

Text said(const std::string& sentence) {
    std::string text;
    for (std::size_t begin = 0;;) { // backslashes are escapes already
        const std::size_t end = std::min(sentence.find('\\', begin), sentence.size());
        text += printable(std::string_view(sentence).substr(begin, end - begin));
        if (end == sentence.size())
            break;
        text += '\\';
        begin = end + 1;
    }
    return {{Span::Kind::Said, std::move(text)}};
}

Text literal(const std::string& bytes) {
    return {{Span::Kind::Literal, printable(bytes)}};
}

std::string timeWords(const std::optional<TimePoint>& time) {
    if (!time)
        return "not known";
    std::string text = formatRfc3339(*time, 0);
    if (const auto t = text.find('T'); t != std::string::npos)
        text[t] = ' ';
    if (text.ends_with('Z'))
        text.replace(text.size() - 1, 1, " UTC");
    return text;
}

Document incidentDocument(const Incident& incident) {
    Document document;
    addHead(document, incident);
    addCounts(document, incident);
    addHosts(document, incident);
    addMounts(document, incident);
    addRestarts(document, incident);
    addChain(document, incident);
    return document;
}

} // namespace inodeck::report
