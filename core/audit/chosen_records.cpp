#include "core/audit/chosen_records.h"

#include <algorithm>

namespace inodeck {

namespace {

constexpr std::size_t WindowSize = 65536;

tl::unexpected<Error> missing(std::uint64_t seq) {
    return fail(ErrorCode::AuditUnavailable,
                "The audit log does not hold record " + std::to_string(seq) +
                    ", so that nothing chosen of it can be proven; run 'inodeck audit verify'.");
}

} // namespace

Result<ChosenRecords> ChosenRecords::find(AuditReader& log, const RecordFilter& filter, std::uint64_t size,
                                          const std::string& folder, const Cancel& cancel) {
    auto marks = ScratchFile::create(folder);
    auto nodes = ScratchFile::create(folder);
    if (!marks || !nodes)
        return tl::unexpected(marks ? nodes.error() : marks.error());
    RecordFilter naming;
    naming.keysOnly = true;
    for (RecordFilter part : {filter, naming}) {
        part.to = std::min(part.to.value_or(size), size);
        Result<void> marked;
        const auto read = log.each(part, [&](const StoredRecord& record) {
            if (record.seq < size) // a number below 0, which nobody but a tamperer wrote, is a large one here
                marked = marks->write(record.seq, "\1");
            return marked && !cancel.requested();
        });
        if (!read || !marked)
            return tl::unexpected(read ? marked.error() : read.error());
    }
    return ChosenRecords(std::move(*marks), std::move(*nodes), size);
}

Result<bool> ChosenRecords::pass(const StoredRecord& record) {
    if (record.seq != m_tree.size())
        return missing(m_tree.size());
    if (auto pushed = m_tree.push(leafHash(record.line)); !pushed)
        return tl::unexpected(pushed.error());
    return isChosen(record.seq);
}

Result<bool> ChosenRecords::isChosen(std::uint64_t seq) {
    if (seq < m_windowAt || seq - m_windowAt >= m_window.size()) {
        auto window = m_marks.read(seq, WindowSize);
        if (!window)
            return tl::unexpected(window.error());
        window->resize(WindowSize); // behind the last mark there is none
        m_window = std::move(*window);
        m_windowAt = seq;
    }
    return m_window[seq - m_windowAt] != '\0';
}

Result<void> ChosenRecords::writeProofs(OutputFile& file, const Cancel& cancel) {
    if (m_tree.size() != m_size)
        return missing(m_tree.size());
    for (std::uint64_t seq = 0; seq < m_size && !cancel.requested(); ++seq) {
        const auto chosen = isChosen(seq);
        if (!chosen)
            return tl::unexpected(chosen.error());
        if (!*chosen)
            continue;
        const auto proof = m_tree.proof(seq);
        if (!proof)
            return tl::unexpected(proof.error());
        file.write(std::to_string(seq));
        for (const Sha256& hash : *proof)
            file.write(" " + hash.hex());
        file.write("\n");
    }
    return {};
}

} // namespace inodeck
