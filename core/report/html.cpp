#include "core/audit/base64.h"
#include "core/base/sha256.h"
#include "core/report/document.h"

namespace inodeck::report {

namespace {

/// Also for the PDF: Qt knows margins and padding in px only, and has no max-width.
constexpr std::string_view Style = R"(
body { font-family: "DejaVu Sans", sans-serif; font-size: 9pt; color: #16191d; background: #ffffff }
main { display: block; max-width: 60em; margin: 2em auto }
h1 { font-size: 18pt; margin: 0 0 8px 0 }
h2 { font-size: 13pt; margin: 22px 0 6px 0 }
h3 { font-size: 10pt; margin: 16px 0 6px 0 }
p { margin: 6px 0 }
table { border-collapse: collapse; margin: 4px 0 10px 0; width: 100% }
th, td { border: 1px solid #b8bec5; padding: 3px 6px; text-align: left; vertical-align: top; font-size: 8pt; overflow-wrap: anywhere }
th { background: #eef0f3; font-weight: bold }
code, .line { font-family: "DejaVu Sans Mono", monospace; font-size: 7.5pt; overflow-wrap: anywhere; unicode-bidi: isolate }
code, bdi { white-space: pre-wrap }
.line { white-space: pre-wrap; margin: 0; padding: 0 4px }
.head { color: #55606b }
.minus { background: #fbe6da; color: #7a2c00 }
.plus { background: #dcf1e9; color: #00513b }
@page { margin: 15mm }
@media print { main { margin: 0; max-width: none } h2, h3 { break-after: avoid } tr, .line { break-inside: avoid } }
)";

std::string escaped(const std::string& text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

std::string inlineHtml(const Text& text) {
    std::string out;
    for (const Span& span : text)
        out += span.kind == Span::Kind::Literal ? "<code>" + escaped(span.text) + "</code>"
               : span.kind == Span::Kind::Said  ? "<bdi>" + escaped(span.text) + "</bdi>"
                                                : escaped(span.text);
    return out;
}

struct ToHtml {
    std::string& out;

    void operator()(const Heading& heading) const {
        const std::string tag = "h" + std::to_string(heading.level) + ">";
        out += "<" + tag + inlineHtml(heading.text) + "</" + tag + "\n";
    }
    void operator()(const Paragraph& paragraph) const {
        out += "<p>" + inlineHtml(paragraph.text) + "</p>\n";
    }
    void operator()(const FactList& facts) const {
        out += "<table>\n";
        for (const auto& [name, what] : facts.rows)
            out += "<tr><th scope=\"row\">" + escaped(name) + "</th><td>" + inlineHtml(what) + "</td></tr>\n";
        out += "</table>\n";
    }
    void operator()(const Grid& grid) const {
        out += "<table>\n<thead><tr>";
        for (const std::string& name : grid.header)
            out += "<th scope=\"col\">" + escaped(name) + "</th>";
        out += "</tr></thead>\n<tbody>\n";
        for (const auto& row : grid.rows) {
            out += "<tr>";
            for (const Text& cell : row)
                out += "<td>" + inlineHtml(cell) + "</td>";
            out += "</tr>\n";
        }
        out += "</tbody>\n</table>\n";
    }
    void operator()(const DiffBlock& diff) const {
        for (const DiffBlock::Line& line : diff.lines) {
            const char* look = line.mark == '-'   ? "line minus"
                               : line.mark == '+' ? "line plus"
                               : line.mark == '@' ? "line head"
                                                  : "line";
            const std::string text = line.mark == '@' ? line.text : line.mark + line.text;
            out += "<div class=\"" + std::string(look) + "\">" + escaped(text) + "</div>\n";
        }
    }
};

std::string styleHash() {
    const auto& bytes = Sha256::of(Style).bytes();
    return base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

} // namespace

std::string toHtml(const Document& document) {
    std::string out = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                      "'sha256-" +
                      styleHash() +
                      "'; base-uri 'none'; form-action 'none'\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n<title>" +
                      escaped(document.title) + "</title>\n<style>" + std::string(Style) +
                      "</style>\n</head>\n<body>\n<main>\n";
    for (const Block& block : document.blocks)
        std::visit(ToHtml{out}, block);
    return out + "</main>\n</body>\n</html>\n";
}

} // namespace inodeck::report
