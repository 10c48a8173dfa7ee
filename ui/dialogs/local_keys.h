#pragma once

#include <QKeySequence>
#include <QObject>
#include <functional>
#include <vector>

class QKeyEvent;
class QWidget;

namespace inodeck::ui {

/// Keys that mean something of their own inside of one widget and the widgets in it, also where the window
/// has another meaning for them. F1 lists them from here.
class LocalKeys final : public QObject {
    Q_OBJECT

public:
    struct Key {
        QKeySequence key;
        QString does;
        std::function<void()> act;
        std::function<bool()> when; ///< null: always; else the key is the window's meanwhile
    };

    /// A child of `owner`, whose events it sees first.
    explicit LocalKeys(QWidget* owner);
    void add(const QKeySequence& key, const QString& does, std::function<void()> act,
             std::function<bool()> when = {});
    const std::vector<Key>& keys() const { return m_keys; }
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    const Key* meant(const QKeyEvent& event) const;

    std::vector<Key> m_keys;
};

} // namespace inodeck::ui
