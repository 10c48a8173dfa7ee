#include "core/audit/saved_head.h"

#include "core/audit/guarded_file.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

constexpr std::size_t NameDigits = 32;

tl::unexpected<Error> damaged(const std::string& path, const std::string& why) {
    return fail(ErrorCode::AuditUnavailable,
                printable(path) +
                    ", where this installation keeps the last state of the log that it saw, is damaged (" +
                    why + "): check the log with 'inodeck audit verify', then move that file away.");
}

std::vector<Sha256> hashLines(std::string_view text) {
    std::vector<Sha256> hashes;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const auto hash = Sha256::fromHex(text.substr(at, end - at));
        if (!hash)
            return {};
        hashes.push_back(*hash);
        at = end + 1;
    }
    return hashes;
}

} // namespace

HeadMemory::HeadMemory(const std::string& location)
    : m_path(stateDirectory() + "/" + Sha256::of(location).hex().substr(0, NameDigits) + ".checkpoint") {}

FileLock HeadMemory::lock(const Deadline& deadline) const {
    [[maybe_unused]] const auto guarded = guardDirectory(stateDirectory(), true); // load() tells it
    return FileLock(m_path + ".lock", deadline);
}

Result<std::optional<SavedHead>> HeadMemory::load() const {
    if (auto guarded = guardDirectory(stateDirectory(), true); !guarded)
        return tl::unexpected(guarded.error());
    const auto content = readGuardedFile(m_path);
    if (!content)
        return content.error().code == ErrorCode::NotFound ? Result<std::optional<SavedHead>>(std::nullopt)
                                                           : tl::unexpected(content.error());
    const std::size_t gap = content->find("\n\n");
    const std::size_t end = gap == std::string::npos ? gap : content->find("\n\n", gap + 2);
    if (end == std::string::npos)
        return damaged(m_path, "it is cut");
    SavedHead saved;
    saved.text = content->substr(0, end + 1);
    auto note = parseSignedNote(saved.text);
    if (!note)
        return damaged(m_path, note.error().message);
    saved.note = std::move(*note);
    auto tree =
        TreeEdge::of(saved.note.checkpoint.size, hashLines(std::string_view(*content).substr(end + 2)));
    if (!tree || tree->root() != saved.note.checkpoint.root)
        return damaged(m_path, "its tree does not have the root that it names");
    saved.tree = std::move(*tree);
    return saved;
}

Result<void> HeadMemory::save(const Checkpoint& checkpoint, const TreeEdge& tree,
                              const SigningKey& key) const {
    std::string content = signedNote(checkpoint, key) + "\n";
    for (const Sha256& hash : tree.edge())
        content += hash.hex() + "\n";
    // Not fsynced: a crash leaves an older one, which the log extends as well, and each append would cost two
    // more syncs.
    return replaceGuardedFile(m_path, content, false);
}

} // namespace inodeck
