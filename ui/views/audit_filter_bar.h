#pragma once

#include <QComboBox>
#include <QDateTimeEdit>
#include <QLineEdit>
#include <QStringListModel>
#include <QTimer>
#include <map>

#include "ui/models/audit_model.h"

namespace inodeck::ui {

/// What chooses records: words that occur anywhere in them, and exact host, service, actor, outcome, type and
/// time.
class AuditFilterBar final : public QWidget {
    Q_OBJECT

public:
    explicit AuditFilterBar(QWidget* parent = nullptr);
    /// As of now, for "last hour" and the like.
    RecordFilter filter() const;
    bool isEmpty() const { return !filter().narrows(); }
    void clear();
    void focusText();
    /// Offers the names in these rows for completion.
    void learn(const AuditModel& model);

Q_SIGNALS:
    /// A moment after the last key.
    void changed();
    /// Enter in the text.
    void done();

private:
    QWidget* buildRange();
    QLineEdit* addName(const QString& name, int column, int letters);
    QComboBox* addChoice(const QString& name);
    void updateRange();

    QTimer m_soon;
    QLineEdit* m_text;
    QComboBox* m_time;
    QComboBox* m_type;
    QComboBox* m_outcome;
    std::map<int, QLineEdit*> m_names; ///< by the column that they are about
    std::map<int, QStringListModel*> m_known;
    QWidget* m_range;
    QDateTimeEdit* m_since = nullptr;
    QDateTimeEdit* m_until = nullptr;
};

} // namespace inodeck::ui
