#include "core/audit/export.h"

#include <filesystem>
#include <map>
#include <unistd.h>

#include "core/audit/checkpoint.h"
#include "core/audit/chosen_records.h"
#include "core/audit/csv.h"
#include "core/audit/output_file.h"
#include "core/audit/signature_row.h"
#include "core/audit/tar.h"
#include "core/audit/verify_guide.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

namespace fs = std::filesystem;
using Progress = std::function<void(std::uint64_t, std::uint64_t)>;
constexpr std::uint64_t ProgressStep = 2000;

tl::unexpected<Error> cancelled() {
    return fail(ErrorCode::Cancelled, "The export was cancelled; nothing is left of it.");
}

Result<void> writeFile(const fs::path& path, const std::string& text) {
    auto file = OutputFile::create(path);
    if (!file)
        return tl::unexpected(file.error());
    file->write(text);
    return file->finish();
}

/// One run through a log into the files of a folder.
class Exporter {
public:
    Exporter(AuditReader& log, const ExportOptions& options, fs::path folder, const Cancel& cancel,
             const Progress& progress)
        : m_log(log)
        , m_options(options)
        , m_folder(std::move(folder))
        , m_cancel(cancel)
        , m_progress(progress) {}

    Result<ExportSummary> run() {
        if (auto sized = measure(); !sized)
            return tl::unexpected(sized.error());
        if (auto chosen = choose(); !chosen)
            return tl::unexpected(chosen.error());
        if (auto written = writeRecords(); !written)
            return tl::unexpected(written.error());
        if (auto written = writeProofs(); !written)
            return tl::unexpected(written.error());
        if (auto written = writeRest(); !written)
            return tl::unexpected(written.error());
        return m_summary;
    }
    const std::vector<std::string>& names() const { return m_names; }

private:
    Result<void> measure() {
        if (!m_options.checkpoint.empty()) {
            auto note = parseSignedNote(m_options.checkpoint);
            if (!note)
                return tl::unexpected(note.error());
            m_size = note->checkpoint.size;
            return {};
        }
        const auto all = m_log.count({});
        m_size = all.value_or(0);
        return all ? Result<void>{} : tl::unexpected(all.error());
    }

    Result<void> choose() {
        if (!m_options.filter.narrows())
            return {};
        auto chosen = ChosenRecords::find(m_log, m_options.filter, m_size, m_folder, m_cancel);
        if (!chosen)
            return tl::unexpected(chosen.error());
        m_chosen.emplace(std::move(*chosen));
        return {};
    }

    Result<void> writeRecords() {
        auto lines = OutputFile::create(add("audit.jsonl"));
        auto signatures = OutputFile::create(add("audit.sig"));
        if (!lines || !signatures)
            return tl::unexpected(lines ? signatures.error() : lines.error());
        RecordFilter all;
        all.to = m_size;
        Result<bool> wanted = true;
        const auto read = m_log.each(all, [&](const StoredRecord& record) {
            if (m_chosen)
                wanted = m_chosen->pass(record);
            if (record.seq % ProgressStep == 0 && m_progress)
                m_progress(record.seq, m_size);
            if (wanted.value_or(false)) {
                ++m_summary.records;
                lines->write(record.line + "\n");
                signatures->write(signatureRow(record.seq, record.signature) + "\n");
                learnKey(record);
            }
            return wanted && !m_cancel.requested();
        });
        if (!read || !wanted)
            return tl::unexpected(read ? wanted.error() : read.error());
        if (m_cancel.requested())
            return cancelled();
        m_summary.bytes = lines->written();
        auto finished = lines->finish();
        return finished ? signatures->finish() : finished;
    }

    void learnKey(const StoredRecord& stored) {
        if (stored.line.find("\"key\":{") == std::string::npos)
            return;
        const auto record = parseRecordLine(stored.line);
        if (record && record->draft.key)
            m_keys[keyId(record->draft.key->publicKey)] = record->draft.key->publicKey;
    }

    Result<void> writeProofs() {
        if (!m_chosen)
            return {};
        auto file = OutputFile::create(add("proofs"));
        if (!file)
            return tl::unexpected(file.error());
        if (auto written = m_chosen->writeProofs(*file, m_cancel); !written)
            return written;
        if (m_cancel.requested())
            return cancelled();
        m_chosen.reset(); // the disk space that it takes may be needed for a tar
        return file->finish();
    }

    Result<void> writeRest() {
        if (!m_options.checkpoint.empty())
            if (auto written = writeFile(add("checkpoint"), m_options.checkpoint); !written)
                return written;
        for (const auto& [kid, publicKey] : m_keys)
            if (auto written = writeFile(add(kid + ".pem"), publicKeyPem(publicKey)); !written)
                return written;
        return writeFile(add("VERIFY.md"),
                         verifyGuide(!m_options.filter.narrows(), !m_options.checkpoint.empty()));
    }

    std::string add(const std::string& name) {
        m_names.push_back(name);
        return m_folder / name;
    }

    AuditReader& m_log;
    const ExportOptions& m_options;
    fs::path m_folder;
    const Cancel& m_cancel;
    const Progress& m_progress;
    std::uint64_t m_size = 0;
    std::optional<ChosenRecords> m_chosen; ///< with a filter, until their proofs are written
    std::map<std::string, std::string> m_keys;
    std::vector<std::string> m_names;
    ExportSummary m_summary;
};

Result<ExportSummary> exportCsv(AuditReader& log, const ExportOptions& options, const std::string& path,
                                const Cancel& cancel, const Progress& progress) {
    auto file = OutputFile::create(path);
    if (!file)
        return tl::unexpected(file.error());
    ExportSummary summary;
    const auto total = log.count(options.filter);
    file->write(csvHead());
    const auto read = log.each(options.filter, [&](const StoredRecord& stored) {
        if (const auto record = parseRecordLine(stored.line))
            file->write(csvRow(*record, Sha256::of(stored.line).hex()));
        if (++summary.records % ProgressStep == 0 && progress)
            progress(summary.records, total.value_or(0));
        return !cancel.requested();
    });
    if (!read)
        return tl::unexpected(read.error());
    if (cancel.requested())
        return cancelled();
    summary.bytes = file->written();
    auto finished = file->finish();
    return finished ? Result<ExportSummary>(summary) : tl::unexpected(finished.error());
}

Result<ExportSummary> exportFolder(AuditReader& log, const ExportOptions& options, const fs::path& partial,
                                   bool tar, const Cancel& cancel, const Progress& progress) {
    std::error_code problem;
    if (!fs::create_directory(partial, problem))
        return fail(ErrorCode::Io,
                    "Cannot make the folder " + printable(partial.string()) + ": " + problem.message() + ".");
    fs::permissions(partial, fs::perms::owner_all, problem);
    Exporter exporter(log, options, partial, cancel, progress);
    auto summary = exporter.run();
    if (!summary || !tar)
        return summary;
    const std::string packed = partial.string() + ".tar";
    const auto done = packTar(partial, exporter.names(), packed, fs::path(options.out).stem().string());
    fs::remove_all(partial, problem);
    if (!done) {
        fs::remove(packed, problem);
        return tl::unexpected(done.error());
    }
    fs::rename(packed, partial, problem);
    return summary;
}

} // namespace

Result<ExportSummary> exportLog(AuditReader& log, const ExportOptions& options, const Cancel& cancel,
                                const Progress& progress) {
    std::error_code problem;
    const fs::path out = fs::absolute(options.out).lexically_normal();
    if (fs::exists(fs::symlink_status(out, problem)))
        return fail(ErrorCode::Usage, printable(out.string()) +
                                          " exists already; an export never overwrites: name another place.");
    if (options.format == ExportFormat::Jsonl && options.filter.narrows() && options.checkpoint.empty())
        return fail(ErrorCode::AuditUnavailable,
                    "Chosen records are proven against a checkpoint, and there is none: export all of the "
                    "log, or a CSV.");
    // Beside its place, so that an export is there whole or not at all.
    const fs::path partial = out.string() + ".partial-" + std::to_string(::getpid());
    const bool tar = out.extension() == ".tar";
    auto summary = options.format == ExportFormat::Csv
                       ? exportCsv(log, options, partial, cancel, progress)
                       : exportFolder(log, options, partial, tar, cancel, progress);
    if (summary) {
        fs::rename(partial, out, problem);
        if (problem)
            summary = fail(ErrorCode::Io, "Cannot rename the export to " + printable(out.string()) + ": " +
                                              problem.message() + ".");
    }
    if (!summary)
        fs::remove_all(partial, problem);
    return summary;
}

Result<std::string> recordExport(const std::string& where, const AuditActor& actor,
                                 const ExportOptions& options) {
    const auto store = openAuditStore(where);
    if (!store)
        return tl::unexpected(store.error());
    RecordDraft draft;
    draft.type = RecordType::Export;
    draft.actor = actor;
    draft.reason = (options.format == ExportFormat::Csv ? "csv to " : "jsonl to ") + options.out;
    if (auto ready = (*store)->ready(); !ready)
        return tl::unexpected(ready.error());
    if (auto kept = (*store)->append(draft, Deadline::after(std::chrono::seconds{20})); !kept)
        return tl::unexpected(kept.error());
    return (*store)->checkpoint();
}

} // namespace inodeck
