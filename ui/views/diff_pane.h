#pragma once

#include <QTreeView>

#include "ui/models/diff_model.h"

namespace inodeck::ui {

/// One pane of lines: numbers, signs, what differs marked. Only the lines that are seen are laid out. A
/// partner keeps its rows as high as this one's.
class DiffPane final : public QTreeView {
    Q_OBJECT

public:
    explicit DiffPane(DiffModel::Pane pane, QWidget* parent = nullptr);
    DiffModel& lines() { return m_model; }
    const DiffModel& lines() const { return m_model; }
    void setSides(const std::shared_ptr<const SideBySide>& sides);
    void setPartner(const DiffPane* partner) { m_partner = partner; }
    void setWrapped(bool wrapped);
    void setDark(bool dark);
    /// What is searched for is marked wherever it stands.
    void setSearched(const QString& text);
    void showRow(int row);
    void copySelected() const;
    int currentRow() const { return currentIndex().isValid() ? currentIndex().row() : -1; }

    bool wrapped() const { return m_wrapped; }
    bool dark() const { return m_dark; }
    const QString& searched() const { return m_searched; }
    const DiffPane* partner() const { return m_partner; }
    int textWidth() const;
    int numberWidth() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layColumns();

    DiffModel m_model;
    const DiffPane* m_partner = nullptr;
    QString m_searched;
    bool m_wrapped = false;
    bool m_dark = false;
};

} // namespace inodeck::ui
