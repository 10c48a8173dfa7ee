#include "core/audit/verify_source.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/audit/base64.h"
#include "core/audit/line_source.h"
#include "core/audit/saved_head.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

namespace fs = std::filesystem;
using Progress = std::function<void(std::uint64_t)>;
constexpr std::uint64_t ProgressStep = 2000;

tl::unexpected<Error> cancelled() {
    return fail(ErrorCode::Cancelled, "The verification was cancelled: nothing is known of the log.");
}

/// "<seq> <rest>"; nullopt when it is not that.
std::optional<std::pair<std::uint64_t, std::string>> numbered(const std::string& line) {
    std::uint64_t seq = 0;
    const auto [end, problem] = std::from_chars(line.data(), line.data() + line.size(), seq);
    if (problem != std::errc{} || end == line.data() + line.size() || *end != ' ' ||
        std::to_string(seq).size() != std::size_t(end - line.data()))
        return std::nullopt;
    return std::pair{seq, std::string(end + 1, line.data() + line.size())};
}

/// The files of an export, in a folder or a tar.
class ExportFiles {
public:
    explicit ExportFiles(fs::path path)
        : m_path(std::move(path))
        , m_tar(!fs::is_directory(m_path)) {}
    Result<std::unique_ptr<LineSource>> open(const std::string& name) const {
        return m_tar ? linesOfTar(m_path, name) : linesOfFile(m_path / name);
    }
    Result<std::optional<std::string>> text(const std::string& name) const {
        auto source = open(name);
        if (!source)
            return source.error().code == ErrorCode::NotFound
                       ? Result<std::optional<std::string>>(std::nullopt)
                       : tl::unexpected(source.error());
        auto content = smallText(**source);
        if (!content)
            return tl::unexpected(content.error());
        return std::optional<std::string>(std::move(*content));
    }
    Result<bool> has(const std::string& name) const {
        const auto source = open(name);
        return source || source.error().code == ErrorCode::NotFound ? Result<bool>(source.has_value())
                                                                    : tl::unexpected(source.error());
    }

private:
    fs::path m_path;
    bool m_tar;
};

/// Proofs of chosen records against the checkpoint of their export.
class ProofLines {
public:
    ProofLines(std::unique_ptr<LineSource> lines, Checkpoint checkpoint)
        : m_lines(std::move(lines))
        , m_checkpoint(std::move(checkpoint)) {}

    /// Empty: the next line proves this record.
    Result<std::string> whyNot(const StoredRecord& record) {
        const auto line = m_lines->next();
        if (!line)
            return tl::unexpected(line.error());
        const auto parts = *line ? numbered(**line + " ") : std::nullopt;
        if (!parts || parts->first != record.seq)
            return std::string("it has no inclusion proof");
        std::vector<Sha256> proof;
        std::istringstream words(parts->second);
        for (std::string word; words >> word;) {
            const auto hash = Sha256::fromHex(word);
            if (!hash)
                return std::string("its inclusion proof is malformed");
            proof.push_back(*hash);
        }
        const bool proven =
            verifyInclusion(leafHash(record.line), record.seq, m_checkpoint.size, proof, m_checkpoint.root);
        return proven ? std::string{} : "its inclusion proof does not lead to the checkpoint's root";
    }
    Result<bool> finished() {
        const auto line = m_lines->next();
        return line ? Result<bool>(!line->has_value()) : tl::unexpected(line.error());
    }

private:
    std::unique_ptr<LineSource> m_lines;
    Checkpoint m_checkpoint;
};

Result<std::vector<Anchor>> readAnchors(const std::vector<std::string>& files) {
    std::vector<Anchor> anchors;
    for (const std::string& path : files) {
        auto source = linesOfFile(path);
        auto text = source ? smallText(**source) : Result<std::string>(tl::unexpected(source.error()));
        auto note = text ? parseSignedNote(*text) : Result<SignedCheckpoint>(tl::unexpected(text.error()));
        if (!note)
            return fail(note.error().code, printable(path) + ": " + note.error().message);
        anchors.push_back({std::move(*note), true});
    }
    return anchors;
}

/// One export: its lines and signatures side by side, and its proofs when it is one of chosen records.
class ExportCheck {
public:
    ExportCheck(const fs::path& path, std::vector<Anchor> anchors)
        : m_files(path)
        , m_anchors(std::move(anchors)) {}

    Result<VerifyReport> run(const Cancel& cancel, const Progress& progress) {
        if (auto opened = open(); !opened)
            return tl::unexpected(opened.error());
        LogVerifier verifier({!m_proofs, true, m_anchors});
        std::uint64_t position = 0;
        for (;;) {
            if (cancel.requested())
                return cancelled();
            auto record = next(position);
            if (!record)
                return tl::unexpected(record.error());
            if (!*record || !verifier.take(**record))
                break;
            if (auto proven = prove(**record); !proven)
                return tl::unexpected(proven.error());
            if (++position % ProgressStep == 0 && progress)
                progress(position);
            if (m_bad)
                break;
        }
        VerifyReport report = verifier.finish();
        if (m_bad && (!report.bad || m_bad->seq < report.bad->seq))
            report.bad = m_bad;
        if (m_proofs && !report.bad && !m_proofs->finished().value_or(false))
            report.contradicted.push_back("there are proofs for records that are not here");
        return report;
    }

private:
    Result<void> open() {
        auto lines = m_files.open("audit.jsonl");
        auto signatures = m_files.open("audit.sig");
        auto proofs = m_files.open("proofs");
        const auto note = m_files.text("checkpoint");
        if (!lines || !signatures || !note)
            return tl::unexpected(!lines ? lines.error() : !signatures ? signatures.error() : note.error());
        if (!proofs && proofs.error().code != ErrorCode::NotFound)
            return tl::unexpected(proofs.error());
        m_lines = std::move(*lines);
        m_signatures = std::move(*signatures);
        if (!*note)
            return proofs
                       ? fail(
                             ErrorCode::Protocol,
                             "This export of chosen records has no checkpoint that its proofs could lead to.")
                       : Result<void>{};
        auto own = parseSignedNote(**note);
        if (!own)
            return tl::unexpected(own.error());
        if (proofs)
            m_proofs.emplace(std::move(*proofs), own->checkpoint);
        m_anchors.push_back({std::move(*own), false});
        return {};
    }

    /// nullopt: the end, or m_bad says why there is none.
    Result<std::optional<StoredRecord>> next(std::uint64_t position) {
        const auto line = m_lines->next();
        const auto row = m_signatures->next();
        if (!line || !row)
            return tl::unexpected(!line ? line.error() : row.error());
        if (!*line && !*row)
            return std::optional<StoredRecord>{};
        const auto signature = *row ? numbered(**row) : std::nullopt;
        const auto bytes = signature ? unbase64(signature->second) : std::nullopt;
        if (*line && bytes)
            return std::optional(StoredRecord{signature->first, **line, *bytes});
        m_bad = {signature ? signature->first : position,
                 *line ? "it has no signature in audit.sig" : "it is missing, but has a signature"};
        return std::optional<StoredRecord>{};
    }

    Result<void> prove(const StoredRecord& record) {
        if (!m_proofs)
            return {};
        const auto why = m_proofs->whyNot(record);
        if (!why)
            return tl::unexpected(why.error());
        if (!why->empty())
            m_bad = {record.seq, *why};
        return {};
    }

    ExportFiles m_files;
    std::vector<Anchor> m_anchors;
    std::unique_ptr<LineSource> m_lines;
    std::unique_ptr<LineSource> m_signatures;
    std::optional<ProofLines> m_proofs;
    std::optional<VerifyReport::Bad> m_bad;
};

Result<VerifyReport> verifyPlain(const std::string& path, std::vector<Anchor> anchors, const Cancel& cancel,
                                 const Progress& progress) {
    auto lines = linesOfFile(path);
    if (!lines)
        return tl::unexpected(lines.error());
    LogVerifier verifier({true, false, std::move(anchors)});
    for (std::uint64_t seq = 0;; ++seq) {
        if (cancel.requested())
            return cancelled();
        auto line = (*lines)->next();
        if (!line)
            return tl::unexpected(line.error());
        if (!*line || !verifier.take({seq, std::move(**line), {}}))
            return verifier.finish();
        if (seq % ProgressStep == 0 && progress)
            progress(seq);
    }
}

enum class Kind { Export, Plain, Store };
Kind kindOf(const std::string& what) {
    std::error_code problem;
    if (fs::is_directory(what, problem) || what.ends_with(".tar"))
        return Kind::Export;
    std::ifstream file(what, std::ios::binary);
    return file.peek() == '{' ? Kind::Plain : Kind::Store;
}

} // namespace

std::vector<Anchor> ownAnchor(const std::string& location) {
    const auto saved = HeadMemory(location).load();
    return saved && *saved ? std::vector<Anchor>{{(*saved)->note, true}} : std::vector<Anchor>{};
}

Result<VerifyReport> verifyStore(AuditReader& log, std::vector<Anchor> anchors, const Cancel& cancel,
                                 const Progress& progress) {
    LogVerifier verifier({true, true, std::move(anchors)});
    const auto read = log.each({}, [&](const StoredRecord& record) {
        if (record.seq % ProgressStep == 0 && progress)
            progress(record.seq);
        return !cancel.requested() && verifier.take(record);
    });
    if (!read)
        return tl::unexpected(read.error());
    return cancel.requested() ? Result<VerifyReport>(cancelled()) : verifier.finish();
}

Result<VerifyReport> verifyLog(const VerifyRequest& request, const Cancel& cancel, const Progress& progress) {
    auto anchors = readAnchors(request.checkpoints);
    if (!anchors)
        return tl::unexpected(anchors.error());
    switch (kindOf(request.what)) {
    case Kind::Export:
        return ExportCheck(request.what, std::move(*anchors)).run(cancel, progress);
    case Kind::Plain:
        return verifyPlain(request.what, std::move(*anchors), cancel, progress);
    case Kind::Store:
        break;
    }
    auto log = openAuditReader(request.what);
    if (!log)
        return tl::unexpected(log.error());
    for (Anchor& own : ownAnchor((*log)->location()))
        anchors->push_back(std::move(own));
    return verifyStore(**log, std::move(*anchors), cancel, progress);
}

} // namespace inodeck
