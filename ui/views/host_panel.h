#pragma once

#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QWidget>
#include <vector>

#include "ui/models/host_model.h"

namespace inodeck::ui {

/// One host: how it was reached, what is there, and what is wrong with looking at it, in words.
class HostPanel final : public QWidget {
    Q_OBJECT

public:
    explicit HostPanel(QWidget* parent = nullptr);
    /// `waiting`: why live mode does not ask this host now; empty: it does, or is off.
    void show(const HostModel::Entry& entry, const QString& waiting, bool dark);
    const std::string& host() const { return m_host; }

Q_SIGNALS:
    void scanWanted(const std::string& host);

private:
    void setRow(int row, const QString& text);

    enum Field {
        Address,
        AccessField,
        SystemField,
        Uptime,
        RuntimeField,
        Machine,
        Groups,
        Mounts,
        LastLook,
        Warnings,
        FieldCount
    };

    QLabel* m_icon;
    QLabel* m_title;
    QLabel* m_error;
    QPushButton* m_scan;
    QFormLayout* m_form;
    QLabel* m_values[FieldCount] = {};
    std::string m_host;
};

} // namespace inodeck::ui
