#pragma once

#include <QWidget>

#include "ui/dialogs/host_picker.h"

namespace inodeck::ui {

/// What a first start shows: what this is in three lines, and the way to the first VM.
class FirstPage final : public QWidget {
    Q_OBJECT

public:
    explicit FirstPage(QWidget* parent = nullptr);
    HostPicker& picker() { return *m_picker; }

Q_SIGNALS:
    void hostsWanted(const std::vector<Host>& hosts);
    /// A fleet file is to be opened.
    void fleetWanted();

private:
    HostPicker* m_picker;
};

} // namespace inodeck::ui
