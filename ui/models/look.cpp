#include "ui/models/look.h"

#include <QDateTime>
#include <QObject>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include "core/base/text.h"

namespace inodeck::ui {

namespace {

enum class Shape { Octagon, Triangle, Question, Dash, Check };

Shape shapeOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::SourceMissing:
    case Verdict::SourceTypeChanged:
    case Verdict::StaleInode:
        return Shape::Octagon;
    case Verdict::NotLoaded:
    case Verdict::ChangedSinceStart:
    case Verdict::DetachedInode:
        return Shape::Triangle;
    case Verdict::NotRunning:
        return Shape::Dash;
    case Verdict::InSync:
        return Shape::Check;
    case Verdict::Unknown:
        break;
    }
    return Shape::Question;
}

QPolygonF octagon(const QRectF& r) {
    const qreal c = r.width() * 0.29;
    return {{{r.left() + c, r.top()},
             {r.right() - c, r.top()},
             {r.right(), r.top() + c},
             {r.right(), r.bottom() - c},
             {r.right() - c, r.bottom()},
             {r.left() + c, r.bottom()},
             {r.left(), r.bottom() - c},
             {r.left(), r.top() + c}}};
}

void drawLetter(QPainter& painter, const QRectF& box, QChar letter) {
    QFont font = painter.font();
    font.setPixelSize(static_cast<int>(box.height() * 0.72));
    font.setBold(true);
    painter.setFont(font);
    painter.drawText(box, Qt::AlignCenter, QString(letter));
}

void paintShape(QPainter& painter, Shape shape, const QRectF& box, const QColor& fill, const QColor& mark) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    const QPen stroke(mark, box.width() * 0.13, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    switch (shape) {
    case Shape::Octagon:
        painter.drawPolygon(octagon(box));
        painter.setPen(mark);
        drawLetter(painter, box, QLatin1Char('!'));
        break;
    case Shape::Triangle:
        painter.drawPolygon(QPolygonF{{{box.center().x(), box.top()}, box.bottomRight(), box.bottomLeft()}});
        painter.setPen(mark);
        drawLetter(painter, box.adjusted(0, box.height() * 0.22, 0, box.height() * 0.06), QLatin1Char('!'));
        break;
    case Shape::Question:
        painter.drawRoundedRect(box, box.width() * 0.2, box.width() * 0.2);
        painter.setPen(mark);
        drawLetter(painter, box, QLatin1Char('?'));
        break;
    case Shape::Dash:
        painter.drawEllipse(box);
        painter.setPen(stroke);
        painter.drawLine(QPointF(box.left() + box.width() * 0.28, box.center().y()),
                         QPointF(box.right() - box.width() * 0.28, box.center().y()));
        break;
    case Shape::Check:
        painter.drawEllipse(box);
        painter.setPen(stroke);
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(
            QPolygonF{{{box.left() + box.width() * 0.27, box.center().y()},
                       {box.left() + box.width() * 0.44, box.bottom() - box.height() * 0.3},
                       {box.right() - box.width() * 0.25, box.top() + box.height() * 0.32}}});
        break;
    }
}

} // namespace

QString literal(const std::string& bytes) {
    return QString::fromStdString(printable(bytes));
}

QString tooltip(const std::string& bytes) {
    return QStringLiteral("<p style='white-space:pre-wrap'>") +
           literal(bytes.substr(0, 4096)).toHtmlEscaped() + QStringLiteral("</p>");
}

QString label(Verdict verdict) {
    switch (verdict) {
    case Verdict::SourceMissing:
        return QObject::tr("Source missing");
    case Verdict::SourceTypeChanged:
        return QObject::tr("Source type changed");
    case Verdict::StaleInode:
        return QObject::tr("Stale inode");
    case Verdict::NotLoaded:
        return QObject::tr("Not loaded");
    case Verdict::ChangedSinceStart:
        return QObject::tr("Changed since start");
    case Verdict::DetachedInode:
        return QObject::tr("Detached inode");
    case Verdict::NotRunning:
        return QObject::tr("Not running");
    case Verdict::InSync:
        return QObject::tr("In sync");
    case Verdict::Unknown:
        break;
    }
    return QObject::tr("Unknown");
}

QColor colour(Verdict verdict, bool dark) {
    switch (shapeOf(verdict)) {
    case Shape::Octagon:
        return dark ? QColor(0xFF, 0x9A, 0x5C) : QColor(0xA8, 0x3C, 0x00);
    case Shape::Triangle:
        return dark ? QColor(0xF2, 0xC1, 0x4E) : QColor(0x7A, 0x55, 0x00);
    case Shape::Question:
        return dark ? QColor(0xE3, 0xA1, 0xCC) : QColor(0x8B, 0x2F, 0x6E);
    case Shape::Dash:
        return dark ? QColor(0xA8, 0xAD, 0xB3) : QColor(0x5A, 0x5F, 0x66);
    case Shape::Check:
        break;
    }
    return dark ? QColor(0x4C, 0xC9, 0xA0) : QColor(0x00, 0x69, 0x4C);
}

QIcon icon(Verdict verdict, bool dark) {
    QIcon result;
    for (const int size : {16, 32, 64}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        const qreal margin = size / 16.0;
        const QRectF box(margin, margin, size - 2 * margin, size - 2 * margin);
        const QColor mark = dark ? QColor(0x1B, 0x1E, 0x22) : QColor(Qt::white);
        paintShape(painter, shapeOf(verdict), box, colour(verdict, dark), mark);
        painter.end();
        result.addPixmap(pixmap);
        // In a selected row the ground is any colour: there the shape has an edge.
        pixmap.fill(Qt::transparent);
        painter.begin(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        paintShape(painter, shapeOf(verdict), QRectF(0, 0, size, size), mark, mark);
        paintShape(painter, shapeOf(verdict), box.adjusted(margin, margin, -margin, -margin),
                   colour(verdict, dark), mark);
        painter.end();
        result.addPixmap(pixmap, QIcon::Selected);
    }
    return result;
}

VerdictIcons::VerdictIcons(bool dark) {
    for (const Verdict verdict : AllVerdicts)
        m_icons[static_cast<std::size_t>(verdict)] = icon(verdict, dark);
}

QString label(Change change) {
    switch (change) {
    case Change::Drift:
        return QObject::tr("new drift");
    case Change::Verdict:
        return QObject::tr("changed");
    case Change::Appeared:
        return QObject::tr("new mount");
    case Change::Cured:
        return QObject::tr("cured");
    case Change::Vanished:
        return QObject::tr("gone");
    case Change::None:
        break;
    }
    return {};
}

QString localTime(const std::optional<TimePoint>& time) {
    if (!time)
        return {};
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time->time_since_epoch()).count();
    return QDateTime::fromMSecsSinceEpoch(ms).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString ago(const std::optional<TimePoint>& time, TimePoint now) {
    return time ? QString::fromStdString(formatDuration(now - *time)) : QString();
}

QString briefHash(const Side& side, bool secret) {
    if (side.missing)
        return QObject::tr("missing");
    if (!side.facts)
        return QStringLiteral("?");
    if (side.facts->sha256 && !secret)
        return QString::fromStdString(side.facts->sha256->hex().substr(0, 12));
    return QObject::tr("inode %1").arg(side.facts->inode);
}

} // namespace inodeck::ui
