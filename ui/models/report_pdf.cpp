#include "ui/models/report_pdf.h"

#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>
#include <QTextOption>

namespace inodeck::ui {

namespace {

constexpr int Dpi = 96; // what Qt takes a CSS pixel for; text is drawn as outlines, at any scale

/// Asks nobody for anything.
class InertDocument final : public QTextDocument {
protected:
    QVariant loadResource(int, const QUrl&) override { return {}; }
};

void layOut(QTextDocument& document, const std::string& html, QPdfWriter& writer, const QSizeF& page) {
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPointSizeF(9);
    document.setDefaultFont(font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document.setDefaultTextOption(option);
    document.setDocumentMargin(0);
    document.documentLayout()->setPaintDevice(&writer);
    document.setHtml(QString::fromStdString(html));
    document.setPageSize(page);
}

void drawFooter(QPainter& painter, const QRectF& box, const QString& title, int page, int pages) {
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPointSizeF(7.5);
    painter.setFont(font);
    painter.setPen(QColor(0x55, 0x60, 0x6b));
    painter.drawText(box, Qt::AlignLeft | Qt::AlignBottom, title);
    painter.drawText(box, Qt::AlignRight | Qt::AlignBottom,
                     QStringLiteral("Page %1 of %2").arg(page).arg(pages)); // English, as all of it
}

} // namespace

QByteArray toPdf(const report::Document& document) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(Dpi);
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4), QPageLayout::Portrait, {15, 15, 15, 12},
                                     QPageLayout::Millimeter));
    const QString title = QString::fromStdString(document.title);
    writer.setTitle(title);
    writer.setCreator(QStringLiteral("Inodeck " INODECK_VERSION));
    const QSizeF paper = writer.pageLayout().paintRectPixels(Dpi).size();
    constexpr qreal Footer = 28;
    const QSizeF page(paper.width(), paper.height() - Footer);
    InertDocument laidOut;
    layOut(laidOut, report::toHtml(document), writer, page);
    QPainter painter(&writer);
    const int pages = laidOut.pageCount();
    for (int i = 0; i < pages; ++i) {
        if (i > 0)
            writer.newPage();
        painter.save();
        painter.translate(0, -i * page.height());
        laidOut.drawContents(&painter, QRectF({0, i * page.height()}, page));
        painter.restore();
        drawFooter(painter, {{0, 0}, paper}, title, i + 1, pages);
    }
    painter.end();
    return bytes;
}

} // namespace inodeck::ui
