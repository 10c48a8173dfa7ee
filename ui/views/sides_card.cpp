#include "ui/views/sides_card.h"

#include <QFontDatabase>
#include <array>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"
#include "ui/models/row_text.h"

namespace inodeck::ui {

namespace {

const QString Unknown = QStringLiteral("–");

QString number(const Side& side, std::uint64_t Facts::*field) {
    return side.facts ? QString::number((*side.facts).*field) : Unknown;
}

QString sizeOf(const Side& side) {
    return side.facts ? QObject::tr("%1 bytes").arg(side.facts->size) : Unknown;
}

/// To the millisecond: a deploy replaces a file and restarts its container within a second.
QString changed(const Side& side) {
    if (!side.facts)
        return Unknown;
    using std::chrono::milliseconds;
    const auto ms =
        std::chrono::duration_cast<milliseconds>(side.facts->ctime.time_since_epoch()).count() % 1000;
    return QStringLiteral("%1.%2").arg(localTime(side.facts->ctime)).arg(ms, 3, 10, QLatin1Char('0'));
}

QString type(const Side& side) {
    if (!side.facts)
        return side.missing ? QObject::tr("missing") : Unknown;
    return QString::fromStdString(std::string(toString(side.facts->type)));
}

} // namespace

SidesCard::SidesCard(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_root(copyableLabel({})) {
    static const std::array<const char*, FieldCount> Names{
        QT_TR_NOOP("Path"), QT_TR_NOOP("Type"),    QT_TR_NOOP("Inode"),  QT_TR_NOOP("Device"),
        QT_TR_NOOP("Size"), QT_TR_NOOP("Changed"), QT_TR_NOOP("SHA-256")};
    m_grid->setContentsMargins(0, 4, 8, 4);
    m_grid->setHorizontalSpacing(14);
    m_grid->setVerticalSpacing(3);
    QLabel* host = plainLabel(tr("On the host"));
    QLabel* container = plainLabel(tr("What the container reads"));
    makeBold(host);
    makeBold(container);
    m_grid->addWidget(host, 0, 1);
    m_grid->addWidget(container, 0, 3);
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    for (int i = 0; i < FieldCount; ++i) {
        QLabel* name = plainLabel(tr(Names[static_cast<std::size_t>(i)]));
        name->setWordWrap(false);
        m_grid->addWidget(name, i + 1, 0, Qt::AlignTop);
        for (QLabel** cell : {&m_host[i], &m_container[i]}) {
            *cell = copyableLabel({});
            (*cell)->setFont(fixed);
            (*cell)->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        }
        m_compared[i] = plainLabel({});
        m_compared[i]->setWordWrap(false);
        m_grid->addWidget(m_host[i], i + 1, 1, Qt::AlignTop);
        m_grid->addWidget(m_compared[i], i + 1, 2, Qt::AlignTop);
        m_grid->addWidget(m_container[i], i + 1, 3, Qt::AlignTop);
    }
    m_root->setFont(fixed);
    m_root->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    QLabel* root = plainLabel(tr("Mount root"));
    root->setWordWrap(false);
    m_grid->addWidget(root, FieldCount + 1, 0, Qt::AlignTop);
    m_grid->addWidget(m_root, FieldCount + 1, 1, 1, 3, Qt::AlignTop);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(3, 1);
    m_grid->setRowStretch(FieldCount + 2, 1);
}

void SidesCard::set(Field field, const QString& host, const QString& container) {
    // A hash has no blanks to break at: chances to break keep it in its column.
    const auto breakable = [](QString text) {
        constexpr QLatin1Char br('\n');
        return text.size() == 64 ? text.insert(48, br).insert(32, br).insert(16, br) : text;
    };
    m_host[field]->setText(breakable(host));
    m_container[field]->setText(breakable(container));
    const bool compared = field != Path && host != Unknown && container != Unknown;
    const bool differs = compared && host != container;
    m_compared[field]->setText(!compared ? QString() : differs ? tr("≠ differs") : tr("= same"));
    for (QLabel* cell : {m_host[field], m_compared[field], m_container[field]}) {
        QFont font = cell->font();
        font.setBold(differs);
        cell->setFont(font);
        cell->setAccessibleDescription(differs ? tr("differs") : QString());
    }
}

void SidesCard::show(const Row& row) {
    const Observation& o = row.observation;
    set(Path, literal(o.source), literal(o.destination));
    set(Type, type(o.hostSide), type(o.containerSide));
    set(Inode, number(o.hostSide, &Facts::inode), number(o.containerSide, &Facts::inode));
    set(Device, number(o.hostSide, &Facts::dev), number(o.containerSide, &Facts::dev));
    set(Size, sizeOf(o.hostSide), sizeOf(o.containerSide));
    set(Changed, changed(o.hostSide), changed(o.containerSide));
    set(Hash, sideWords(o.hostSide, row.secret), sideWords(o.containerSide, row.secret));
    m_root->setText(o.mountRoot.empty() ? Unknown : literal(o.mountRoot));
}

} // namespace inodeck::ui
