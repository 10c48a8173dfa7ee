#include "ui/views/details_panel.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>
#include <array>
#include <utility>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"
#include "ui/views/diff_highlighter.h"

namespace inodeck::ui {

namespace {

QString number(const std::optional<Facts>& facts, std::uint64_t Facts::*field) {
    return facts ? QString::number((*facts).*field) : QStringLiteral("–");
}

QString hashOf(const Side& side) {
    if (side.missing)
        return QObject::tr("does not exist");
    if (!side.facts)
        return QString::fromStdString(side.problem.empty() ? "–" : side.problem);
    if (side.facts->sha256)
        return QString::fromStdString(side.facts->sha256->hex());
    return side.facts->overLimit ? QObject::tr("too large to hash") : QStringLiteral("–");
}

QString changed(const Side& side) {
    return side.facts ? localTime(side.facts->ctime) : QStringLiteral("–");
}

/// Every line made literal on its own, so that the diff keeps its shape.
QString diffText(const TextDiff& diff) {
    QStringList lines;
    for (const std::string& line : diff.lines)
        lines << literal(line);
    return lines.join(QLatin1Char('\n'));
}

QString stateOf(const MountModel::Entry& entry) {
    const Observation& o = entry.row.observation;
    return literal(entry.host) + QLatin1Char('\n') + literal(o.container.name) + QLatin1Char('\n') +
           literal(o.destination) + QLatin1Char('\n') + hashOf(o.hostSide) + hashOf(o.containerSide);
}

} // namespace

DetailsPanel::DetailsPanel(QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_title(plainLabel({}))
    , m_reason(copyableLabel({}))
    , m_facts(plainLabel({}))
    , m_restart(new QPushButton(tr("Re&start…")))
    , m_diffButton(new QPushButton(tr("Show &diff")))
    , m_card(new QWidget)
    , m_grid(new QGridLayout(m_card))
    , m_diff(new QPlainTextEdit) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    auto* head = new QHBoxLayout;
    head->addWidget(m_icon, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    makeBold(m_title, 1.15);
    words->addWidget(m_title);
    words->addWidget(m_reason);
    words->addWidget(m_facts);
    head->addLayout(words, 1);
    head->addWidget(m_diffButton, 0, Qt::AlignTop);
    head->addWidget(m_restart, 0, Qt::AlignTop);
    layout->addLayout(head);
    buildCard();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_card);
    m_diff->setReadOnly(true);
    m_diff->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_diff->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_diff->setAccessibleName(tr("Difference between what the process reads and what the host has"));
    new DiffHighlighter(m_diff->document());
    auto* sides = new QSplitter(Qt::Horizontal);
    sides->setObjectName(QStringLiteral("details"));
    sides->addWidget(scroll);
    sides->addWidget(m_diff);
    sides->setStretchFactor(0, 3);
    sides->setStretchFactor(1, 2);
    layout->addWidget(sides, 1);
    connect(m_restart, &QPushButton::clicked, this, &DetailsPanel::restartWanted);
    connect(m_diffButton, &QPushButton::clicked, this, &DetailsPanel::diffWanted);
    clear();
}

void DetailsPanel::buildCard() {
    static const std::array<const char*, FieldCount> Names{QT_TR_NOOP("Path"),    QT_TR_NOOP("Inode"),
                                                           QT_TR_NOOP("Device"),  QT_TR_NOOP("Size"),
                                                           QT_TR_NOOP("Changed"), QT_TR_NOOP("SHA-256")};
    m_grid->setContentsMargins(0, 4, 8, 4);
    m_grid->setHorizontalSpacing(16);
    QLabel* host = plainLabel(tr("On the host"));
    QLabel* container = plainLabel(tr("What the container reads"));
    makeBold(host);
    makeBold(container);
    m_grid->addWidget(host, 0, 1);
    m_grid->addWidget(container, 0, 2);
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    for (int i = 0; i < FieldCount; ++i) {
        m_grid->addWidget(plainLabel(tr(Names[static_cast<std::size_t>(i)])), i + 1, 0, Qt::AlignTop);
        for (auto* column : {&m_host[i], &m_container[i]}) {
            *column = copyableLabel({});
            (*column)->setFont(fixed);
            (*column)->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        }
        m_grid->addWidget(m_host[i], i + 1, 1, Qt::AlignTop);
        m_grid->addWidget(m_container[i], i + 1, 2, Qt::AlignTop);
    }
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(2, 1);
    m_grid->setRowStretch(FieldCount + 1, 1);
}

void DetailsPanel::setCell(int row, const QString& host, const QString& container) {
    // A hash has no blanks to break at: one chance in the middle keeps it in its column.
    const auto breakable = [](QString text) {
        return text.size() == 64 ? text.insert(32, QLatin1Char('\n')) : text;
    };
    m_host[row]->setText(breakable(host));
    m_container[row]->setText(breakable(container));
    const bool differs = row != Path && host != container;
    for (QLabel* cell : {m_host[row], m_container[row]}) {
        QFont font = cell->font();
        font.setBold(differs);
        cell->setFont(font);
        cell->setAccessibleDescription(differs ? tr("differs") : QString());
    }
}

void DetailsPanel::fillCard(const Observation& o) {
    const auto& host = o.hostSide.facts;
    const auto& inside = o.containerSide.facts;
    setCell(Path, literal(o.source), literal(o.destination));
    setCell(Inode, number(host, &Facts::inode), number(inside, &Facts::inode));
    setCell(Device, number(host, &Facts::dev), number(inside, &Facts::dev));
    setCell(Size, number(host, &Facts::size), number(inside, &Facts::size));
    setCell(Changed, changed(o.hostSide), changed(o.containerSide));
    setCell(Hash, hashOf(o.hostSide), hashOf(o.containerSide));
}

void DetailsPanel::show(const MountModel::Entry& entry, bool dark) {
    const Observation& o = entry.row.observation;
    const Verdict verdict = entry.row.judgement.verdict;
    m_icon->setPixmap(icon(verdict, dark).pixmap(32, 32));
    m_title->setText(label(verdict) + QStringLiteral(" – ") + literal(o.container.label()) +
                     QStringLiteral(" · ") + literal(entry.host));
    m_reason->setText(QString::fromStdString(entry.row.judgement.reason));
    const TimePoint now = Clock::system().now();
    QStringList facts;
    if (entry.row.judgement.since)
        facts << tr("since %1 (%2)")
                     .arg(localTime(entry.row.judgement.since), ago(entry.row.judgement.since, now));
    if (o.container.running)
        facts << tr("container up since %1 (%2)")
                     .arg(localTime(o.container.startedAt), ago(o.container.startedAt, now));
    facts << tr("image %1").arg(literal(o.container.image))
          << (o.readOnly ? tr("mounted read-only") : tr("mounted read-write"));
    if (!o.container.health.empty())
        facts << literal(o.container.health);
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    fillCard(o);
    const QString shown = stateOf(entry);
    if (shown != std::exchange(m_shown, shown)) {
        m_diff->clear();
        m_asked = false;
    }
    m_running = o.container.running;
    m_diff->setPlaceholderText(o.kind == FileType::Regular ? tr("Show diff reads both sides now.")
                                                           : tr("Only files are compared line by line."));
    m_diffButton->setEnabled(o.kind == FileType::Regular && o.container.running);
    m_restart->setEnabled(m_blocked.isEmpty() && m_running);
    m_card->setVisible(true);
    if (auto* highlighter = m_diff->document()->findChild<DiffHighlighter*>())
        highlighter->setDark(dark);
}

void DetailsPanel::clear() {
    m_icon->clear();
    m_title->setText(tr("No mount selected"));
    m_reason->setText(tr("Select a row to see both sides of the mount."));
    m_facts->clear();
    m_diff->clear();
    m_diff->setPlaceholderText({});
    m_card->setVisible(false);
    m_shown.clear();
    m_running = false;
    m_restart->setEnabled(false);
    m_diffButton->setEnabled(false);
}

void DetailsPanel::showReading() {
    m_asked = true;
    m_diff->clear();
    m_diff->setPlaceholderText(tr("Reading both sides…"));
}

void DetailsPanel::showDiff(const DiffAnswer& answer) {
    if (!answer.error.empty())
        m_diff->setPlainText(QString::fromStdString(answer.error));
    else if (answer.diff.binary)
        m_diff->setPlainText(tr("Binary files; compare the hashes."));
    else if (answer.diff.equal)
        m_diff->setPlainText(tr("Both sides have the same bytes."));
    else
        m_diff->setPlainText(tr("--- what the container reads\n+++ what the host has\n") +
                             diffText(answer.diff) +
                             (answer.truncated ? tr("\n(only the first MiB was compared)") : QString()));
}

void DetailsPanel::setRestartBlocked(const QString& why) {
    m_blocked = why;
    m_restart->setToolTip(why.isEmpty() ? QString() : tooltip(why.toStdString()));
    m_restart->setEnabled(why.isEmpty() && m_running);
}

} // namespace inodeck::ui
