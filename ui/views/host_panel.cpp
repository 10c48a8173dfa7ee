#include "ui/views/host_panel.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>
#include <array>

#include "ui/dialogs/plain.h"

namespace inodeck::ui {

namespace {

QString accessWords(const Access& access) {
    QString how;
    switch (access.level) {
    case AccessLevel::Root:
        how = HostPanel::tr("as root: all can be seen");
        break;
    case AccessLevel::Sudo:
        how = HostPanel::tr("by sudo: all can be seen");
        break;
    case AccessLevel::DockerGroup:
        how = HostPanel::tr("by the group docker: some images cannot be looked into");
        break;
    case AccessLevel::None:
        return {};
    }
    return access.user.empty() ? how : HostPanel::tr("%1, %2").arg(literal(access.user), how);
}

QString systemWords(const System& system) {
    QStringList words;
    if (!system.os.empty())
        words << literal(system.os);
    if (!system.kernel.empty())
        words << HostPanel::tr("Linux %1").arg(literal(system.kernel));
    return words.join(QStringLiteral(", "));
}

QString uptimeWords(const HostScan& last) {
    if (!last.system.uptime)
        return {};
    return HostPanel::tr("%1, since %2")
        .arg(QString::fromStdString(formatDuration(*last.system.uptime)),
             localTime(last.scannedAt - *last.system.uptime));
}

QString mountWords(const HostModel::Counts& counts) {
    QStringList words;
    for (const Verdict verdict : AllVerdicts)
        if (const int count = counts[static_cast<std::size_t>(verdict)])
            words << QStringLiteral("%1 %2").arg(count).arg(label(verdict));
    return words.isEmpty() ? HostPanel::tr("no bind mounts") : words.join(QStringLiteral(" · "));
}

QString titleOf(const HostModel::Entry& entry) {
    const QString name = literal(entry.host.name);
    switch (entry.state) {
    case HostModel::State::New:
        return HostPanel::tr("%1 – not looked at yet").arg(name);
    case HostModel::State::Scanning:
        return HostPanel::tr("%1 – scanning…").arg(name);
    case HostModel::State::Failed:
        return HostPanel::tr("%1 – not reached").arg(name);
    case HostModel::State::Cancelled:
        return HostPanel::tr("%1 – the last look was cancelled").arg(name);
    case HostModel::State::Ok:
        break;
    }
    return name;
}

/// `printable`: the lines are made literal already.
QString joined(const std::vector<std::string>& lines, const QString& between, bool printable) {
    QStringList list;
    for (const std::string& line : lines)
        list << (printable ? QString::fromStdString(line) : literal(line));
    return list.join(between);
}

} // namespace

HostPanel::HostPanel(QWidget* parent)
    : QWidget(parent)
    , m_icon(plainLabel({}))
    , m_title(plainLabel({}))
    , m_error(copyableLabel({}))
    , m_scan(new QPushButton(tr("S&can this host")))
    , m_form(new QFormLayout) {
    static const std::array<const char*, FieldCount> Names{
        QT_TR_NOOP("Address"),   QT_TR_NOOP("Access"),     QT_TR_NOOP("System"), QT_TR_NOOP("Up for"),
        QT_TR_NOOP("Runtime"),   QT_TR_NOOP("Machine id"), QT_TR_NOOP("Groups"), QT_TR_NOOP("Mounts"),
        QT_TR_NOOP("Last look"), QT_TR_NOOP("Warnings")};
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    auto* head = new QHBoxLayout;
    auto* words = new QVBoxLayout;
    makeBold(m_title, 1.15);
    words->addWidget(m_title);
    words->addWidget(m_error);
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addLayout(words, 1);
    head->addWidget(m_scan, 0, Qt::AlignTop);
    layout->addLayout(head);
    auto* card = new QWidget;
    m_form->setContentsMargins(0, 4, 8, 4);
    m_form->setHorizontalSpacing(16);
    card->setLayout(m_form);
    for (std::size_t i = 0; i < FieldCount; ++i) {
        m_values[i] = copyableLabel({});
        m_values[i]->setAccessibleName(tr(Names[i]));
        m_form->addRow(plainLabel(tr(Names[i])), m_values[i]);
    }
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("About the selected host"));
    scroll->setWidget(card);
    layout->addWidget(scroll, 1);
    connect(m_scan, &QPushButton::clicked, this, [this] { Q_EMIT scanWanted(m_host); });
}

/// What is not known takes no room.
void HostPanel::setRow(int row, const QString& text) {
    m_values[row]->setText(text);
    m_values[row]->setVisible(!text.isEmpty());
    m_form->labelForField(m_values[row])->setVisible(!text.isEmpty());
}

void HostPanel::show(const HostModel::Entry& entry, const QString& waiting, bool dark) {
    const HostScan& last = entry.last;
    const bool failed = entry.state == HostModel::State::Failed;
    m_host = entry.host.name;
    m_icon->setPixmap(
        icon(failed ? Verdict::Unknown : entry.worst().value_or(Verdict::NotRunning), dark).pixmap(32, 32));
    m_title->setText(titleOf(entry));
    QStringList problems;
    if (last.status == HostStatus::Failed && !last.error.message.empty())
        problems << QString::fromStdString(last.error.message);
    if (!last.access.missing.empty() && last.status == HostStatus::Ok)
        problems << QString::fromStdString(last.access.missing);
    if (!waiting.isEmpty())
        problems << waiting;
    m_error->setText(problems.join(QLatin1Char('\n')));
    m_error->setVisible(!problems.isEmpty());
    const QString target = entry.host.target() == entry.host.name ? QString() : literal(entry.host.target());
    const QString peer = literal(last.peer.address);
    setRow(Address, peer.isEmpty()           ? target
                    : last.peer.user.empty() ? peer
                                             : tr("%1 as %2").arg(peer, literal(last.peer.user)));
    setRow(AccessField, accessWords(last.access));
    setRow(SystemField, systemWords(last.system));
    setRow(Uptime, uptimeWords(last));
    setRow(RuntimeField, literal(last.runtime.name + " " + last.runtime.version).trimmed());
    setRow(Machine, literal(last.machineId));
    setRow(Groups, joined(entry.host.groups, QStringLiteral(", "), false));
    setRow(Mounts, !entry.observed ? QString()
                   : failed        ? tr("not known now; before: %1").arg(mountWords(entry.counts))
                                   : mountWords(entry.counts));
    setRow(LastLook, last.scannedAt == TimePoint{}
                         ? QString()
                         : tr("%1, took %2 s")
                               .arg(localTime(last.scannedAt))
                               .arg(static_cast<double>(last.duration.count()) / 1000, 0, 'f', 1));
    setRow(Warnings, joined(last.warnings, QStringLiteral("\n"), true));
}

} // namespace inodeck::ui
