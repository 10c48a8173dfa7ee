#pragma once

#include <QString>
#include <optional>

#include "core/drift/side_by_side.h"
#include "ui/models/fleet_session.h"
#include "ui/models/mount_model.h"
#include "ui/models/worker.h"

namespace inodeck::ui {

/// Both sides of one mount as they are shown.
struct ShownSides {
    std::shared_ptr<const SideBySide> sides;
    std::uint64_t containerSize = 0; ///< bytes that were read
    std::uint64_t hostSize = 0;
    bool truncated = false;    ///< only the first MaxSide bytes of a side were read
    bool changedSince = false; ///< a side is not what the scan saw
    bool revealed = false;
};

/// Reads both sides of a mount and compares them, off the GUI thread. Secrets are masked; what is shown of
/// them after reveal() was put on record before.
class SideLoader final : public QObject {
    Q_OBJECT

public:
    static constexpr std::uint64_t MaxSide = std::uint64_t{4} << 20; ///< bytes of each side

    explicit SideLoader(FleetSession& session, QObject* parent = nullptr);
    void load(const MountModel::Entry& entry);
    /// Compares again what was read.
    void setIgnoreBlanks(bool ignore);
    /// Shows the secrets of what was read, once that is on record; or says why not.
    void reveal(const std::string& reason);
    /// Masks them again.
    void conceal();
    /// Forgets the content and what is under way.
    void forget();
    bool loaded() const { return m_texts != nullptr; }

Q_SIGNALS:
    void ready(const inodeck::ui::ShownSides& shown);
    void failed(const QString& why);
    void notRevealed(const QString& why);

private:
    struct Texts;
    void compare();
    RecordDraft revealDraft(const std::string& reason) const;

    FleetSession& m_session;
    std::optional<MountModel::Entry> m_entry;
    std::shared_ptr<const Texts> m_texts;
    bool m_ignoreBlanks = false;
    bool m_revealed = false;
    Worker m_worker;
};

} // namespace inodeck::ui
