#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>

#include "ui/models/log_reader.h"

namespace inodeck::ui {

/// The log of the selected mount's container: its last lines, more of them as they come, filtered. Reads only
/// while it is seen.
class LogView final : public QWidget {
    Q_OBJECT

public:
    explicit LogView(FleetSession& session, QWidget* parent = nullptr);
    void setContainer(const std::string& host, const Container& container);
    void clear();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void readOnce();
    void applyFilter();
    void addKeys();
    void copySelected() const;

    LogReader m_reader;
    LogFilter m_filter;
    QLineEdit* m_text;
    QComboBox* m_era;
    QCheckBox* m_follow;
    QPushButton* m_reload;
    QLabel* m_words;
    QListView* m_list;
    bool m_atEnd = true;
    bool m_chosen = false; ///< there is a container
    bool m_read = false;   ///< and its log was asked for
};

} // namespace inodeck::ui
