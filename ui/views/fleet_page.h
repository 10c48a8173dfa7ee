#pragma once

#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTableWidget>
#include <functional>

#include "ui/models/fleet_check.h"
#include "ui/models/fleet_document.h"
#include "ui/views/banner.h"
#include "ui/views/code_edit.h"

class QSettings;

namespace inodeck::ui {

/// The fleet file: edited as text, checked while it is typed. What `${VAR}` stands for is checked, never
/// shown.
class FleetPage final : public QWidget {
    Q_OBJECT

public:
    explicit FleetPage(const std::map<std::string, std::string>& environment, QWidget* parent = nullptr);
    /// Says so on the page when it cannot be read. Unsaved edits are asked about first.
    void open(const std::string& path);
    void askForFile();
    bool hasUnsavedEdits() const { return m_edit->document()->isModified(); }
    /// Calls `then` at once, or after the operator decided about unsaved edits; never when that is to go on
    /// editing.
    void afterUnsavedEdits(std::function<void()> then);
    void save(QSettings& settings) const;
    void restore(const QSettings& settings);

Q_SIGNALS:
    /// The hosts of the file as it is saved; it is the fleet file from now on.
    void fleetWanted(const Fleet& fleet);

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildHead();
    void load(const std::string& path);
    void beginNew();
    bool saveFile();
    void askWhereToSave();
    void lookAtDisk();
    void check();
    void showProblems(const std::vector<FleetProblem>& problems, const Fleet& fleet);
    void updateState();

    FleetDocument m_document;
    FleetCheck m_check;
    Fleet m_fleet; ///< what the text means, where nothing is wrong with it
    bool m_valid = false;
    std::function<void()> m_afterSave;

    QLabel* m_place;
    QLabel* m_verdictIcon;
    QLabel* m_verdict;
    Banner* m_banner;
    CodeEdit* m_edit;
    QTableWidget* m_problems;
    QSplitter* m_split;
    QPushButton* m_save;
    QPushButton* m_use;
};

} // namespace inodeck::ui
