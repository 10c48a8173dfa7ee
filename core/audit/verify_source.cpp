#include "core/audit/verify_source.h"

#include <filesystem>
#include <fstream>

#include "core/audit/line_source.h"
#include "core/audit/saved_head.h"
#include "core/audit/verify_export.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

namespace fs = std::filesystem;
using Progress = std::function<void(std::uint64_t)>;
constexpr std::uint64_t ProgressStep = 2000;

tl::unexpected<Error> cancelled() {
    return fail(ErrorCode::Cancelled, "The verification was cancelled: nothing is known of the log.");
}

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

Result<VerifyReport> verifyPlain(const std::string& path, std::vector<Anchor> anchors, const Cancel& cancel,
                                 const Progress& progress) {
    auto lines = linesOfFile(path);
    if (!lines)
        return tl::unexpected(lines.error());
    LogVerifier verifier({.signatures = false, .anchors = std::move(anchors)});
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

OwnAnchor ownAnchor(const std::string& location) {
    const auto saved = HeadMemory(location).load();
    if (!saved)
        return {{}, "what this installation remembers of the log cannot be used: " + saved.error().message};
    return {*saved ? std::vector<Anchor>{{(*saved)->note, true, true}} : std::vector<Anchor>{}, {}};
}

Result<VerifyReport> verifyStore(AuditReader& log, std::vector<Anchor> anchors, const Cancel& cancel,
                                 const Progress& progress) {
    LogVerifier verifier({.anchors = std::move(anchors)});
    RecordFilter all;
    all.listed = true;
    const auto read = log.each(all, [&](const StoredRecord& record) {
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
        return verifyExport(request.what, std::move(*anchors), cancel, progress);
    case Kind::Plain:
        return verifyPlain(request.what, std::move(*anchors), cancel, progress);
    case Kind::Store:
        break;
    }
    auto log = openAuditReader(request.what);
    if (!log)
        return tl::unexpected(log.error());
    OwnAnchor own = ownAnchor((*log)->location());
    std::move(own.anchors.begin(), own.anchors.end(), std::back_inserter(*anchors));
    auto report = verifyStore(**log, std::move(*anchors), cancel, progress);
    if (report && !own.problem.empty())
        report->notices.push_back(own.problem);
    return report;
}

} // namespace inodeck
