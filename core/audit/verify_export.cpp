#include "core/audit/verify_export.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "core/audit/line_source.h"
#include "core/audit/signature_row.h"
#include "core/audit/tar.h"
#include "core/audit/verify_guide.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

namespace fs = std::filesystem;
using Progress = std::function<void(std::uint64_t)>;
constexpr std::uint64_t ProgressStep = 2000;

tl::unexpected<Error> cancelled() {
    return fail(ErrorCode::Cancelled, "The verification was cancelled: nothing is known of the log.");
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
    /// Of all its files, without the folder that they are in.
    Result<std::vector<std::string>> names() const {
        std::vector<std::string> names;
        if (m_tar) {
            const auto inside = tarNames(m_path);
            if (!inside)
                return inside;
            for (const std::string& name : *inside)
                names.push_back(name.substr(name.rfind('/') + 1));
        } else {
            std::error_code problem;
            for (fs::directory_iterator at(m_path, problem), end; !problem && at != end;
                 at.increment(problem))
                names.push_back(at->path().filename());
            if (problem)
                return fail(ErrorCode::Io, "Cannot list the folder " + printable(m_path.string()) + ": " +
                                               problem.message() + ".");
        }
        std::sort(names.begin(), names.end());
        return names;
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
        const auto parts = *line ? numberedRow(**line + " ") : std::nullopt;
        if (!parts || parts->first != record.seq)
            return std::string("it has no inclusion proof");
        std::vector<Sha256> proof;
        std::string onlySpelling = std::to_string(record.seq);
        std::istringstream words(parts->second);
        for (std::string word; words >> word;) {
            const auto hash = Sha256::fromHex(word);
            if (!hash)
                return std::string("its inclusion proof is malformed");
            proof.push_back(*hash);
            onlySpelling += " " + hash->hex();
        }
        if (onlySpelling != **line)
            return std::string("its inclusion proof is malformed");
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

/// One export: its lines and signatures side by side, and its proofs when it is one of chosen records.
class ExportCheck {
public:
    ExportCheck(const fs::path& path, std::vector<Anchor> anchors)
        : m_files(path)
        , m_anchors(std::move(anchors)) {}

    Result<VerifyReport> run(const Cancel& cancel, const Progress& progress) {
        if (auto opened = open(); !opened)
            return tl::unexpected(opened.error());
        LogVerifier verifier({.complete = !m_proofs, .anchors = m_anchors});
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
        if (m_bad && (!report.bad || m_bad->seq < report.bad->seq)) {
            report.bad = m_bad;
            report.contradicted.clear(); // what the rest would have said, its keys too, was not read
        }
        if (m_proofs && !report.bad && !m_proofs->finished().value_or(false))
            report.contradicted.push_back("there are proofs for records that are not here");
        if (!report.bad)
            if (auto looked = lookBeside(report); !looked)
                return tl::unexpected(looked.error());
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
        m_hasCheckpoint = true;
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
        const auto signature = *row ? parseSignatureRow(**row) : std::nullopt;
        if (*line && signature)
            return std::optional(StoredRecord{signature->seq, **line, signature->signature});
        m_bad = {signature ? signature->seq : position,
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

    /// What somebody who checks by hand would use: the keys, and the lines of VERIFY.md.
    Result<void> lookBeside(VerifyReport& report) const {
        if (!m_hasCheckpoint)
            report.notices.emplace_back(
                "there is no checkpoint in this export: a cut of its end does not show");
        std::vector<std::string> known{"audit.jsonl", "audit.sig", "checkpoint", "proofs", "VERIFY.md"};
        for (const auto& [kid, key] : report.keys.keys()) {
            known.push_back(kid + ".pem");
            const auto pem = m_files.text(known.back());
            if (!pem)
                return tl::unexpected(pem.error());
            if (!*pem || **pem != publicKeyPem(key.publicKey))
                report.contradicted.push_back(known.back() + (*pem ? " is not that key of this log"
                                                                   : ", a key of this log, is missing"));
        }
        const auto guide = m_files.text("VERIFY.md");
        const auto names = m_files.names();
        if (!guide || !names)
            return tl::unexpected(guide ? names.error() : guide.error());
        if (*guide && **guide != verifyGuide(!m_proofs, m_anchors.size() > m_outside))
            report.notices.push_back(
                "VERIFY.md is not the one that this version writes: read its lines before you run them");
        for (const std::string& name : *names)
            if (std::find(known.begin(), known.end(), name) == known.end())
                report.notices.push_back(printable(name) + " is no part of an export");
        if (std::adjacent_find(names->begin(), names->end()) != names->end())
            report.contradicted.push_back("the archive holds a file twice: which one is meant is not said");
        return {};
    }

    ExportFiles m_files;
    std::vector<Anchor> m_anchors;
    const std::size_t m_outside = m_anchors.size();
    std::unique_ptr<LineSource> m_lines;
    std::unique_ptr<LineSource> m_signatures;
    std::optional<ProofLines> m_proofs;
    bool m_hasCheckpoint = false;
    std::optional<VerifyReport::Bad> m_bad;
};

} // namespace

Result<VerifyReport> verifyExport(const std::string& path, std::vector<Anchor> anchors, const Cancel& cancel,
                                  const Progress& progress) {
    return ExportCheck(path, std::move(anchors)).run(cancel, progress);
}

} // namespace inodeck
