#pragma once

#include <QFrame>
#include <QLabel>
#include <QPushButton>

namespace inodeck::ui {

/// One thing that the operator must not miss, above the table: an icon, a plain sentence, at most one button.
class Banner final : public QFrame {
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);
    /// An empty sentence hides it. `button` empty: none.
    void show(const QString& sentence, const QString& button = {});
    void setDark(bool dark);

Q_SIGNALS:
    void pressed();

private:
    QLabel* m_icon;
    QLabel* m_text;
    QPushButton* m_button;
};

} // namespace inodeck::ui
