// What can be seen: contrast of the verdicts' colours as WCAG computes it, and a shape for each that says the
// same without colour.
#include <QApplication>
#include <QImage>
#include <QStyle>
#include <QStyleFactory>
#include <QTest>
#include <set>

#include "ui/models/look.h"
#include "ui/models/palettes.h"

using namespace inodeck;
using namespace inodeck::ui;

namespace {

constexpr double ReadableText = 4.5; // WCAG 2, level AA

struct Theme {
    const char* name;
    QPalette palette;
};

std::vector<Theme> themes() {
    return {{"system (Fusion)", QStyleFactory::create(QStringLiteral("Fusion"))->standardPalette()},
            {"light", paletteOf(Preferences::Colours::Light)},
            {"dark", paletteOf(Preferences::Colours::Dark)},
            {"high contrast", paletteOf(Preferences::Colours::HighContrast)}};
}

bool dark(const QPalette& palette) {
    return palette.color(QPalette::Window).lightness() < 128;
}

/// The icon in black and white: where it is painted, and where it is lighter than its middle.
std::string shapeOf(Verdict verdict, bool onDark) {
    const QImage image = icon(verdict, onDark).pixmap(32, 32).toImage();
    std::string shape;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            shape += image.pixelColor(x, y).alpha() > 127 ? '#' : '.';
    return shape;
}

} // namespace

class LookTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contrastIsThatOfTheStandard() {
        QVERIFY(std::abs(contrast(Qt::black, Qt::white) - 21.0) < 0.01);
        QVERIFY(std::abs(contrast(Qt::white, Qt::white) - 1.0) < 0.01);
        QVERIFY(std::abs(contrast(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01); // WCAG's own example
    }

    void verdictsCanBeRead() {
        for (const Theme& theme : themes())
            for (const Verdict verdict : AllVerdicts)
                for (const auto role : {QPalette::Base, QPalette::AlternateBase, QPalette::Window}) {
                    const double ratio =
                        contrast(colour(verdict, dark(theme.palette)), theme.palette.color(role));
                    QVERIFY2(ratio >= ReadableText,
                             qPrintable(QStringLiteral("%1, %2 on role %3: %4")
                                            .arg(QLatin1String(theme.name), label(verdict))
                                            .arg(role)
                                            .arg(ratio)));
                }
    }

    void allTextCanBeRead() {
        const std::vector<std::pair<QPalette::ColorRole, QPalette::ColorRole>> pairs{
            {QPalette::WindowText, QPalette::Window},
            {QPalette::Text, QPalette::Base},
            {QPalette::Text, QPalette::AlternateBase},
            {QPalette::ButtonText, QPalette::Button},
            {QPalette::HighlightedText, QPalette::Highlight},
            {QPalette::ToolTipText, QPalette::ToolTipBase},
            {QPalette::Link, QPalette::Base},
            {QPalette::PlaceholderText, QPalette::Base},
            {QPalette::PlaceholderText, QPalette::Window},
        };
        std::vector<Theme> ours = themes();
        ours.erase(ours.begin()); // what the system does is its own affair
        for (const Theme& theme : ours)
            for (const auto& [text, ground] : pairs) {
                const double ratio = contrast(theme.palette.color(text), theme.palette.color(ground));
                QVERIFY2(ratio >= ReadableText, qPrintable(QStringLiteral("%1, role %2 on %3: %4")
                                                               .arg(QLatin1String(theme.name))
                                                               .arg(text)
                                                               .arg(ground)
                                                               .arg(ratio)));
            }
    }

    /// Good, bad, odd, unseen and idle have five outlines; the letters in them are not even needed.
    void shapesSayTheSameWithoutColour() {
        std::map<QRgb, std::set<std::string>> shapesOfColour;
        std::set<std::string> shapes;
        for (const Verdict verdict : AllVerdicts) {
            shapesOfColour[colour(verdict, false).rgb()].insert(shapeOf(verdict, false));
            shapes.insert(shapeOf(verdict, false));
        }
        QCOMPARE(shapesOfColour.size(), std::size_t{5});
        for (const auto& [rgb, own] : shapesOfColour)
            QCOMPARE(own.size(), std::size_t{1});
        // The check mark and the dash are drawn in the same disc.
        QVERIFY(shapes.size() >= 4);
        QVERIFY(icon(Verdict::InSync, false)
                    .pixmap(32, 32)
                    .toImage()
                    .convertToFormat(QImage::Format_Grayscale8) !=
                icon(Verdict::NotRunning, false)
                    .pixmap(32, 32)
                    .toImage()
                    .convertToFormat(QImage::Format_Grayscale8));
        std::set<QString> words;
        for (const Verdict verdict : AllVerdicts)
            words.insert(label(verdict));
        QCOMPARE(words.size(), AllVerdicts.size());
    }
};

QTEST_MAIN(LookTest)
#include "look_test.moc"
