#include "ui/views/mounts_page.h"

#include <QEvent>
#include <QHeaderView>
#include <QSettings>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"
#include "ui/views/first_page.h"

namespace inodeck::ui {

namespace {

/// Items as wide as the list: long names are elided, not scrolled to.
class ElidingDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        return {1, QStyledItemDelegate::sizeHint(option, index).height()};
    }
};

} // namespace

MountsPage::MountsPage(FleetSession& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_stack(new QStackedWidget)
    , m_filter(new QLineEdit)
    , m_summary(new SummaryStrip)
    , m_hostBanner(new Banner)
    , m_hostList(new QListView)
    , m_table(new MountTable(m_mounts))
    , m_details(new DetailsPanel(session))
    , m_across(new QSplitter(Qt::Horizontal))
    , m_down(new QSplitter(Qt::Vertical)) {
    setObjectName(QStringLiteral("mounts"));
    auto* first = new FirstPage;
    m_stack->addWidget(first);
    m_stack->addWidget(buildTriage());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    setFocusProxy(m_table);
    connect(first, &FirstPage::addHostWanted, this, &MountsPage::addHostWanted);
    connectParts();
    connectSession();
    m_mounts.setNow(Clock::system().now());
    connect(&m_clock, &QTimer::timeout, this, [this] { m_mounts.setNow(Clock::system().now()); });
    m_clock.start(std::chrono::seconds{15});
    m_diffSoon.setSingleShot(true);
    m_diffSoon.setInterval(std::chrono::milliseconds{250});
    connect(&m_diffSoon, &QTimer::timeout, m_details, &DetailsPanel::loadDiff);
    applyPalette();
}

QWidget* MountsPage::buildTriage() {
    m_filter->setPlaceholderText(tr("Filter: host, service, path, verdict (Ctrl+F)"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(m_filter->fontMetrics().averageCharWidth() * 44);
    m_hostList->setModel(&m_hosts);
    m_hostList->setAccessibleName(tr("Hosts"));
    m_hostList->setTextElideMode(Qt::ElideMiddle);
    m_hostList->setUniformItemSizes(true);
    m_hostList->setIconSize({16, 16});
    m_hostList->setItemDelegate(new ElidingDelegate(m_hostList));
    m_hostList->setSpacing(2);
    m_down->addWidget(m_table);
    m_down->addWidget(m_details);
    m_down->setStretchFactor(0, 3);
    m_down->setStretchFactor(1, 2);
    m_down->setChildrenCollapsible(false);
    m_across->addWidget(m_hostList);
    m_across->addWidget(m_down);
    m_across->setStretchFactor(1, 1);
    m_across->setSizes({m_hostList->fontMetrics().averageCharWidth() * 26, 1000});
    m_across->setChildrenCollapsible(false);
    auto* top = new QHBoxLayout;
    top->addWidget(m_summary, 1);
    top->addWidget(m_filter);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(8, 6, 8, 2);
    layout->setSpacing(6);
    layout->addWidget(m_hostBanner);
    layout->addLayout(top);
    layout->addWidget(m_across, 1);
    return page;
}

void MountsPage::connectParts() {
    connect(m_filter, &QLineEdit::textChanged, &m_table->filter(), &MountFilter::setText);
    connect(m_filter, &QLineEdit::textChanged, this, &MountsPage::changed);
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        m_table->setFocus();
        m_table->selectSomething();
    });
    connect(m_summary, &SummaryStrip::chosen, &m_table->filter(), &MountFilter::setVerdict);
    connect(m_summary, &SummaryStrip::chosen, this, &MountsPage::changed);
    connect(m_hostList, &QListView::clicked, this, &MountsPage::chooseHost);
    connect(m_hostList, &QListView::activated, this, &MountsPage::chooseHost);
    connect(m_table, &MountTable::currentEntryChanged, this, &MountsPage::showCurrent);
    connect(m_table, &MountTable::doubleClicked, this, &MountsPage::askForDiff);
    connect(m_table, &MountTable::activated, this, &MountsPage::askForDiff);
    connect(m_details, &DetailsPanel::restartWanted, this, &MountsPage::restartWanted);
}

void MountsPage::connectSession() {
    connect(&m_session, &FleetSession::scanStarted, this,
            [this](const std::string& host) { m_hosts.setScanning(host); });
    connect(&m_session, &FleetSession::hostScanned, this, &MountsPage::takeScan);
    connect(&m_session, &FleetSession::scanFinished, this, [this] { m_table->selectSomething(); });
}

void MountsPage::addHosts(const std::vector<Host>& hosts) {
    for (const Host& host : hosts)
        if (m_hosts.add(host.name))
            m_session.addHost(host);
    m_stack->setCurrentIndex(m_session.hosts().empty() ? 0 : 1);
    Q_EMIT changed();
}

void MountsPage::removeHost() {
    const QModelIndex index = m_hostList->currentIndex();
    if (!index.isValid() || m_session.scanning() || m_session.restarting())
        return;
    const std::string name = m_hosts.name(index.row());
    m_hosts.remove(name);
    m_mounts.removeHost(name);
    m_session.removeHost(name);
    m_hostErrors.erase(name);
    forgetChoice();
    m_summary->setCounts(m_mounts.counts());
    showHostErrors();
    m_stack->setCurrentIndex(m_session.hosts().empty() ? 0 : 1);
    Q_EMIT changed();
}

/// Shows only this host's mounts; again: all.
void MountsPage::chooseHost(const QModelIndex& index) {
    const QString name = index.data(HostModel::NameRole).toString();
    if (m_table->filter().host() == name)
        forgetChoice();
    else
        m_table->filter().setHost(name);
    Q_EMIT changed();
}

void MountsPage::forgetChoice() {
    m_table->filter().setHost({});
    m_hostList->clearSelection();
    m_hostList->setCurrentIndex({});
}

bool MountsPage::isFiltered() const {
    return !m_filter->text().isEmpty() || m_summary->hasChoice() || !m_table->filter().host().isEmpty();
}

void MountsPage::showAll() {
    m_filter->clear();
    m_summary->clearChoice();
    forgetChoice();
    Q_EMIT changed();
}

void MountsPage::focusFilter() {
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void MountsPage::showCurrent() {
    const MountModel::Entry* entry = m_table->current();
    if (entry) {
        m_details->show(*entry, isDark(*this));
        // What differs is shown at once, but not for each row that the cursor passes.
        if (isDrift(entry->row.judgement.verdict) && m_details->wantsDiff())
            m_diffSoon.start();
    } else
        m_details->clear();
    Q_EMIT changed();
}

void MountsPage::askForDiff() {
    m_diffSoon.stop();
    m_details->openDiff();
}

void MountsPage::takeScan(const HostScan& scan) {
    m_hosts.take(scan);
    m_mounts.merge(scan);
    m_mounts.setNow(Clock::system().now());
    m_summary->setCounts(m_mounts.counts());
    if (scan.status == HostStatus::Failed)
        m_hostErrors[scan.host] = scan.error.message;
    else if (scan.status == HostStatus::Ok)
        m_hostErrors.erase(scan.host);
    if (scan.status == HostStatus::Failed && scan.error.code == ErrorCode::HostKeyChanged)
        Q_EMIT keyRefused(scan);
    showHostErrors();
    Q_EMIT changed();
}

void MountsPage::showHostErrors() {
    constexpr std::size_t Shown = 3;
    QStringList lines;
    for (const auto& [host, message] : m_hostErrors)
        if (static_cast<std::size_t>(lines.size()) < Shown)
            lines << tr("%1 was not observed: %2").arg(literal(host), QString::fromStdString(message));
    if (m_hostErrors.size() > Shown)
        lines << tr("and %1 more; the list of hosts says why").arg(m_hostErrors.size() - Shown);
    m_hostBanner->show(lines.join(QLatin1Char('\n')));
}

void MountsPage::applyPalette() {
    const bool dark = isDark(*this);
    m_mounts.setDark(dark);
    m_hosts.setDark(dark);
    m_summary->setDark(dark);
    m_hostBanner->setDark(dark);
    showCurrent();
}

void MountsPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyPalette();
}

void MountsPage::restore(const QSettings& settings) {
    m_across->restoreState(settings.value(QStringLiteral("window/across")).toByteArray());
    m_down->restoreState(settings.value(QStringLiteral("window/down")).toByteArray());
    m_table->horizontalHeader()->restoreState(settings.value(QStringLiteral("table/header")).toByteArray());
    m_filter->setText(settings.value(QStringLiteral("table/filter")).toString());
}

void MountsPage::save(QSettings& settings) const {
    settings.setValue(QStringLiteral("window/across"), m_across->saveState());
    settings.setValue(QStringLiteral("window/down"), m_down->saveState());
    settings.setValue(QStringLiteral("table/header"), m_table->horizontalHeader()->saveState());
    settings.setValue(QStringLiteral("table/filter"), m_filter->text());
}

} // namespace inodeck::ui
