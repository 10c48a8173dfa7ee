#include "ui/models/palettes.h"

#include <algorithm>
#include <cmath>

namespace inodeck::ui {

namespace {

struct Tones {
    QColor window, base, text, dim, disabled, highlight, highlighted, link;
};

QPalette made(const Tones& tones) {
    QPalette p(tones.window);
    for (const auto role :
         {QPalette::Window, QPalette::Button, QPalette::AlternateBase, QPalette::ToolTipBase})
        p.setColor(role, tones.window);
    p.setColor(QPalette::Base, tones.base);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText,
                            QPalette::BrightText})
        p.setColor(role, tones.text);
    p.setColor(QPalette::PlaceholderText, tones.dim);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, tones.disabled);
    p.setColor(QPalette::Highlight, tones.highlight);
    p.setColor(QPalette::HighlightedText, tones.highlighted);
    p.setColor(QPalette::Link, tones.link);
    p.setColor(QPalette::LinkVisited, tones.link);
    return p;
}

QPalette dark() {
    const QColor window(0x1f, 0x22, 0x26), base(0x17, 0x19, 0x1c), dim(0x8a, 0x90, 0x96);
    QPalette p = made({window, base, QColor(0xe6, 0xe8, 0xea), dim, dim.darker(130), QColor(0x2a, 0x5d, 0x9f),
                       Qt::white, QColor(0x7f, 0xb4, 0xf0)});
    p.setColor(QPalette::Light, window.lighter(140));
    p.setColor(QPalette::Midlight, window.lighter(120));
    p.setColor(QPalette::Mid, window.lighter(170));
    p.setColor(QPalette::Dark, base.darker(140));
    return p;
}

QPalette highContrast() {
    const QColor grey(0xb0, 0xb0, 0xb0), yellow(0xff, 0xff, 0x00), field(0x26, 0x26, 0x26);
    QPalette p = made({Qt::black, field, Qt::white, grey, grey, yellow, Qt::black, yellow});
    p.setColor(QPalette::Button, field); // Fusion's outlines are black on black
    // Fusion draws its frames with these.
    for (const auto role : {QPalette::Light, QPalette::Midlight, QPalette::Mid, QPalette::Dark})
        p.setColor(role, grey);
    p.setColor(QPalette::Shadow, Qt::black);
    return p;
}

QPalette light() {
    const QColor window(0xef, 0xef, 0xef), dim(0x66, 0x6a, 0x6e);
    return made({window, Qt::white, QColor(0x1a, 0x1c, 0x1e), dim, QColor(0x8a, 0x8e, 0x92),
                 QColor(0x1f, 0x5f, 0xa8), Qt::white, QColor(0x1f, 0x5f, 0xa8)});
}

double luminance(const QColor& colour) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(static_cast<double>(colour.redF())) +
           0.7152 * linear(static_cast<double>(colour.greenF())) +
           0.0722 * linear(static_cast<double>(colour.blueF()));
}

} // namespace

QPalette paletteOf(Preferences::Colours colours) {
    switch (colours) {
    case Preferences::Colours::Light:
        return light();
    case Preferences::Colours::Dark:
        return dark();
    case Preferences::Colours::HighContrast:
        return highContrast();
    case Preferences::Colours::System:
        break;
    }
    return {};
}

double contrast(const QColor& one, const QColor& other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace inodeck::ui
