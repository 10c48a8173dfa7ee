#pragma once

#include <QStackedWidget>
#include <QTabBar>

namespace inodeck::ui {

/// The pages of the window, one shown at a time. `bar()` is the strip to choose from; Ctrl+1 … Ctrl+9 do the
/// same.
class Pages final : public QStackedWidget {
    Q_OBJECT

public:
    explicit Pages(QWidget* parent = nullptr);
    /// Takes the page; its objectName is how the settings remember it.
    void add(QWidget* page, const QString& title, const QIcon& icon);
    void setTitle(QWidget* page, const QString& title) { m_bar->setTabText(indexOf(page), title); }
    void open(QWidget* page);
    void open(const QString& objectName);
    /// The strip; whoever puts it into a layout owns it.
    QTabBar* bar() { return m_bar; }
    /// A page gets the height that there is. To ask each label of each page how high it would be takes
    /// milliseconds, whenever one of them says something else.
    bool hasHeightForWidth() const override { return false; }

private:
    QTabBar* m_bar;
};

} // namespace inodeck::ui
