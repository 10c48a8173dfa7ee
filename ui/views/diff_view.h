#pragma once

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

#include "ui/models/side_loader.h"
#include "ui/views/diff_pane.h"

namespace inodeck::ui {

/// Both sides of a file next to each other or below each other: search, next and previous change, blanks
/// ignored, lines wrapped, secrets masked until revealed.
class DiffView final : public QWidget {
    Q_OBJECT

public:
    explicit DiffView(QWidget* parent = nullptr);
    void showMessage(const QString& text);
    void show(const ShownSides& shown);
    /// A sentence above the lines, that stays until something else is shown.
    void warn(const QString& text);
    void setDark(bool dark);
    /// How many places differ; -1: nothing is compared.
    int changes() const;
    void goToChange(bool forward);
    void openSearch();

Q_SIGNALS:
    void ignoreBlanksWanted(bool ignore);
    void revealWanted();
    void concealWanted();

private:
    void addKeys();
    QWidget* buildBar();
    QWidget* buildSides();
    void connectParts();
    void synchronise(DiffPane* from, DiffPane* to);
    void setUnified(bool unified);
    void setWrapped(bool wrapped);
    void search(bool forward, bool fromHere);
    void closeSearch();
    void updatePlace();
    QString notesOn(const ShownSides& shown) const;
    DiffPane* current() const { return m_unified->isChecked() ? m_both : m_before; }

    QToolButton* m_previous;
    QToolButton* m_next;
    QLabel* m_place;
    QLineEdit* m_search;
    QCheckBox* m_blanks;
    QCheckBox* m_wrap;
    QCheckBox* m_unified;
    QPushButton* m_reveal;
    QLabel* m_notes;
    QStackedWidget* m_stack;
    QLabel* m_message;
    QSplitter* m_sides;
    DiffPane* m_before;
    DiffPane* m_after;
    DiffPane* m_both;
    bool m_shown = false;
    bool m_revealed = false;
};

} // namespace inodeck::ui
