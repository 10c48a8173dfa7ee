#include "ui/models/fleet_document.h"

#include <QSaveFile>

#include "core/base/text.h"
#include "core/fleet/fleet.h"

namespace inodeck::ui {

Result<QString> FleetDocument::open(const std::string& path) {
    auto text = readFleetText(path);
    if (!text)
        return tl::unexpected(text.error());
    const QString shown = QString::fromStdString(*text);
    if (shown.toStdString() != *text)
        return fail(ErrorCode::Config,
                    printable(path) + " is not plain UTF-8: to edit it here would change other bytes too.");
    m_path = path;
    m_onDisk = std::move(*text);
    return shown;
}

void FleetDocument::begin() {
    m_path.clear();
    m_onDisk.clear();
}

bool FleetDocument::changedOnDisk() const {
    if (m_path.empty())
        return false;
    const auto now = readFleetText(m_path);
    return !now || *now != m_onDisk;
}

Result<void> FleetDocument::save(const QString& text) {
    if (changedOnDisk())
        return fail(ErrorCode::Io, printable(m_path) +
                                       " was changed or removed by somebody else since it was "
                                       "read. Nothing was written.");
    return write(text, m_path);
}

Result<void> FleetDocument::saveAs(const QString& text, const std::string& path) {
    if (auto written = write(text, path); !written)
        return written;
    m_path = path;
    return {};
}

Result<void> FleetDocument::write(const QString& text, const std::string& path) {
    const std::string bytes = text.toStdString();
    QSaveFile file(QString::fromStdString(path)); // follows links, keeps the mode
    const auto size = static_cast<qint64>(bytes.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), size) != size || !file.commit())
        return fail(ErrorCode::Io, "Cannot write " + printable(path) + ": " +
                                       printable(file.errorString().toStdString()) + ".");
    m_onDisk = bytes;
    return {};
}

} // namespace inodeck::ui
