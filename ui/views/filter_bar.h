#pragma once

#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QWidget>

#include "ui/models/saved_filters.h"

namespace inodeck::ui {

/// Words to filter by, how to group, and the filters that were saved.
class FilterBar final : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(QWidget* parent = nullptr);
    QString text() const { return m_text->text(); }
    GroupBy groupBy() const;
    void setState(const QString& text, GroupBy groupBy);
    void clearText() { m_text->clear(); }
    void focusText();
    /// What "Save this filter" saves, with the verdict that is chosen elsewhere.
    void setVerdict(std::optional<Verdict> verdict) { m_verdict = verdict; }

Q_SIGNALS:
    void changed();
    void entered();
    void savedChosen(const FilterState& state);

private:
    void fillMenu();
    void askForName();
    QAction* addName(QMenu& menu, const QString& name);

    QLineEdit* m_text;
    QComboBox* m_group;
    QToolButton* m_saved;
    QMenu* m_menu;
    std::optional<Verdict> m_verdict;
};

} // namespace inodeck::ui
