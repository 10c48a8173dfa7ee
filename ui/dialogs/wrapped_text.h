#pragma once

#include <QPlainTextEdit>

namespace inodeck::ui {

/// A command in a fixed font, all of it whatever the width: a label wraps between words only, and an id of 64
/// digits is one word. To be read and copied; never rich text.
class WrappedText final : public QPlainTextEdit {
public:
    explicit WrappedText(const QString& text, QWidget* parent = nullptr);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
};

} // namespace inodeck::ui
