#include "ui/views/mounts_page.h"

#include <QEvent>
#include <QVBoxLayout>

#include "ui/dialogs/plain.h"
#include "ui/models/look.h"

namespace inodeck::ui {

MountsPage::MountsPage(FleetSession& session, const LiveMode& live, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_live(live)
    , m_stack(new QStackedWidget)
    , m_first(new FirstPage)
    , m_filterBar(new FilterBar)
    , m_summary(new SummaryStrip)
    , m_newsBanner(new Banner)
    , m_hostBanner(new Banner)
    , m_hostTree(new HostTree(m_hosts))
    , m_table(new MountTable(m_mounts))
    , m_lower(new QStackedWidget)
    , m_details(new DetailsPanel(session))
    , m_hostPanel(new HostPanel)
    , m_across(new QSplitter(Qt::Horizontal))
    , m_down(new QSplitter(Qt::Vertical)) {
    setObjectName(QStringLiteral("mounts"));
    m_stack->addWidget(m_first);
    m_stack->addWidget(buildTriage());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    setFocusProxy(m_table);
    connectParts();
    connectSession();
    m_mounts.setNow(Clock::system().now());
    connect(&m_clock, &QTimer::timeout, this, [this] { m_mounts.setNow(Clock::system().now()); });
    m_clock.start(std::chrono::seconds{15});
    m_tellSoon.setSingleShot(true);
    m_tellSoon.setInterval(std::chrono::milliseconds{100});
    connect(&m_tellSoon, &QTimer::timeout, this, &MountsPage::finishBatch, Qt::QueuedConnection);
    m_diffSoon.setSingleShot(true);
    m_diffSoon.setInterval(std::chrono::milliseconds{250});
    connect(&m_diffSoon, &QTimer::timeout, m_details, &DetailsPanel::loadDiff);
    applyPalette();
}

QWidget* MountsPage::buildTriage() {
    m_lower->addWidget(m_details);
    m_lower->addWidget(m_hostPanel);
    m_down->addWidget(m_table);
    m_down->addWidget(m_lower);
    m_down->setStretchFactor(0, 3);
    m_down->setStretchFactor(1, 2);
    m_down->setChildrenCollapsible(false);
    m_across->addWidget(m_hostTree);
    m_across->addWidget(m_down);
    m_across->setStretchFactor(1, 1);
    m_across->setSizes({m_hostTree->fontMetrics().averageCharWidth() * 36, 1000});
    m_across->setChildrenCollapsible(false);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(8, 6, 8, 2);
    layout->setSpacing(6);
    for (QWidget* part : std::initializer_list<QWidget*>{m_newsBanner, m_hostBanner, m_filterBar, m_summary})
        layout->addWidget(part);
    layout->addWidget(m_across, 1);
    return page;
}

void MountsPage::connectParts() {
    connect(m_filterBar, &FilterBar::changed, this, &MountsPage::applyFilter);
    connect(m_filterBar, &FilterBar::savedChosen, this, &MountsPage::applyState);
    connect(m_filterBar, &FilterBar::entered, this, [this] {
        m_table->setFocus();
        m_table->selectSomething();
    });
    connect(m_summary, &SummaryStrip::chosen, this, [this](std::optional<Verdict> verdict) {
        m_filter.verdict = verdict;
        m_filterBar->setVerdict(verdict);
        applyFilter();
    });
    connect(m_hostTree, &HostTree::chosen, this, &MountsPage::chooseHost);
    connect(m_table, &MountTable::currentEntryChanged, this, &MountsPage::showCurrent);
    connect(m_table, &MountTable::mountChosen, this, [this] { m_lower->setCurrentWidget(m_details); });
    connect(m_table, &MountTable::doubleClicked, this, &MountsPage::askForDiff);
    connect(m_table, &MountTable::activated, this, &MountsPage::askForDiff);
    connect(m_details, &DetailsPanel::restartWanted, this, &MountsPage::restartWanted);
    connect(m_hostPanel, &HostPanel::scanWanted, this,
            [this](const std::string& host) { m_session.scanOne(host); });
    connect(m_newsBanner, &Banner::pressed, this, &MountsPage::markSeen);
}

void MountsPage::connectSession() {
    connect(&m_session, &FleetSession::scanStarted, this, [this](const std::vector<std::string>& hosts) {
        m_hosts.setScanning(hosts);
        showHost();
        Q_EMIT changed();
    });
    connect(&m_session, &FleetSession::hostScanned, this, &MountsPage::takeScan);
    connect(&m_session, &FleetSession::batchTaken, this, [this] {
        if (!m_session.scanning())
            finishBatch();
        else if (!m_tellSoon.isActive())
            m_tellSoon.start();
    });
    connect(&m_session, &FleetSession::scanFinished, this, [this] {
        m_mounts.setNow(Clock::system().now()); // what was just found is not of 15 seconds ago
        m_table->selectSomething();
    });
}

void MountsPage::addHosts(const std::vector<Host>& hosts) {
    for (const Host& host : hosts)
        if (m_hosts.add(host))
            m_session.addHost(host);
    m_stack->setCurrentIndex(m_session.hosts().empty() ? 0 : 1);
    Q_EMIT changed();
}

void MountsPage::updateHosts(const std::vector<Host>& hosts) {
    for (const Host& host : hosts)
        m_session.updateHost(host);
    addHosts(hosts);
}

void MountsPage::removeHost() {
    const HostModel::Entry* entry = m_hosts.entry(m_hostTree->currentIndex());
    if (!entry || m_session.scanning(entry->host.name) || m_session.restarting())
        return;
    const std::string name = entry->host.name;
    m_hosts.remove(name);
    m_mounts.removeHost(name);
    m_session.removeHost(name);
    m_hostErrors.erase(name);
    forgetChoice();
    m_stack->setCurrentIndex(m_session.hosts().empty() ? 0 : 1);
    finishBatch();
}

// --- what is shown ---

void MountsPage::applyFilter() {
    m_filter.setText(m_filterBar->text());
    m_table->setGroupBy(m_filterBar->groupBy());
    m_table->tree().setFilter(m_filter);
    Q_EMIT changed();
}

void MountsPage::applyState(const FilterState& state) {
    m_filter.verdict = state.verdict;
    m_filterBar->setVerdict(state.verdict);
    m_filterBar->setState(state.text, state.groupBy);
    m_summary->choose(state.verdict);
    applyFilter();
}

/// Shows only the mounts of this host or group; again: all.
void MountsPage::chooseHost(const QModelIndex& index) {
    const std::set<std::string> hosts = m_hosts.hostsOf(index);
    if (m_filter.hosts == hosts) {
        forgetChoice();
        return;
    }
    m_filter.hosts = hosts;
    applyFilter();
    m_lower->setCurrentWidget(m_hosts.isGroup(index) ? static_cast<QWidget*>(m_details) : m_hostPanel);
    showHost();
}

void MountsPage::forgetChoice() {
    m_filter.hosts.clear();
    m_hostTree->forget();
    m_lower->setCurrentWidget(m_details);
    applyFilter();
}

void MountsPage::showHost() {
    if (const HostModel::Entry* entry = m_hosts.entry(m_hostTree->currentIndex()))
        m_hostPanel->show(*entry, m_live.waiting(entry->host.name), isDark(*this));
}

bool MountsPage::isFiltered() const {
    return m_filter != MountFilter{};
}

void MountsPage::showAll() {
    m_filter = {};
    m_filterBar->clearText();
    m_summary->choose(std::nullopt);
    m_filterBar->setVerdict(std::nullopt);
    forgetChoice();
}

void MountsPage::focusFilter() {
    m_filterBar->focusText();
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
    m_lower->setCurrentWidget(m_details);
    m_diffSoon.stop();
    m_details->openDiff();
}

void MountsPage::go(const MountNews& news) {
    const int mount = m_mounts.find(news.host, news.service, news.config);
    if (mount < 0)
        return;
    if (!m_table->tree().indexOf(mount).isValid())
        showAll();
    m_table->setCurrentIndex(m_table->tree().indexOf(mount));
    m_table->setFocus();
}

void MountsPage::applyPalette() {
    const bool dark = isDark(*this);
    m_mounts.setDark(dark);
    m_hosts.setDark(dark);
    m_summary->setDark(dark);
    m_newsBanner->setDark(dark);
    m_hostBanner->setDark(dark);
    showHost();
    showCurrent();
}

void MountsPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyPalette();
}

} // namespace inodeck::ui
