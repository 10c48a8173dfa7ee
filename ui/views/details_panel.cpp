#include "ui/views/details_panel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>
#include <utility>

#include "ui/dialogs/plain.h"
#include "ui/dialogs/reveal_dialog.h"
#include "ui/models/look.h"
#include "ui/models/row_text.h"
#include "ui/views/diff_view.h"
#include "ui/views/log_view.h"
#include "ui/views/mount_history.h"
#include "ui/views/sides_card.h"
#include "ui/views/timeline_view.h"

namespace inodeck::ui {

namespace {

/// Changes when the diff that is shown is no longer one of these sides.
QString stateOf(const MountModel::Entry& entry) {
    const Observation& o = entry.row.observation;
    const auto side = [](const Side& one) {
        return sideWords(one, false) + (one.facts ? QString::number(one.facts->inode) : QString());
    };
    return QStringList{literal(entry.host), literal(o.container.name), literal(o.destination),
                       side(o.hostSide), side(o.containerSide)}
        .join(QLatin1Char('\n'));
}

} // namespace

DetailsPanel::DetailsPanel(FleetSession& session, QWidget* parent)
    : QWidget(parent)
    , m_loader(session)
    , m_icon(new QLabel)
    , m_title(copyableLabel({}))
    , m_reason(copyableLabel({}))
    , m_facts(copyableLabel({}))
    , m_restart(new QPushButton(tr("Re&start…")))
    , m_diffButton(new QPushButton(tr("Show &diff")))
    , m_copy(new QPushButton(tr("&Copy")))
    , m_tabs(new QTabWidget)
    , m_card(new SidesCard)
    , m_timeline(new TimelineView(session))
    , m_diff(new DiffView)
    , m_log(new LogView(session))
    , m_history(new MountHistory(session.auditLog())) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 6, 0, 0);
    layout->addWidget(buildHead());
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_card);
    auto* both = new QSplitter(Qt::Horizontal);
    both->addWidget(scroll);
    both->addWidget(m_timeline);
    both->setStretchFactor(0, 3);
    both->setStretchFactor(1, 2);
    both->setSizes({600, 500});
    both->setChildrenCollapsible(false);
    m_both = both;
    // In a page of its own, which the tabs show and hide: a page that is shown while another is current lies
    // over it.
    auto* page = new QWidget;
    auto* inPage = new QVBoxLayout(page);
    inPage->setContentsMargins(0, 0, 0, 0);
    inPage->addWidget(both);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("About the selected mount"));
    m_tabs->addTab(page, tr("Sides and history"));
    m_tabs->addTab(m_diff, tr("Diff"));
    m_tabs->addTab(m_log, tr("Log"));
    m_tabs->addTab(m_history, tr("On record"));
    connect(&session, &FleetSession::auditChecked, m_history, &MountHistory::refresh);
    layout->addWidget(m_tabs, 1);
    connectParts();
    clear();
}

QWidget* DetailsPanel::buildHead() {
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    makeBold(m_title, 1.15);
    words->addWidget(m_title);
    words->addWidget(m_reason);
    words->addWidget(m_facts);
    layout->addLayout(words, 1);
    m_copy->setToolTip(tr("Copy this mount as text, for a chat"));
    for (QPushButton* button : {m_copy, m_diffButton, m_restart}) {
        button->setAutoDefault(false);
        layout->addWidget(button, 0, Qt::AlignTop);
    }
    return head;
}

void DetailsPanel::connectParts() {
    connect(m_restart, &QPushButton::clicked, this, &DetailsPanel::restartWanted);
    connect(m_diffButton, &QPushButton::clicked, this, &DetailsPanel::openDiff);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (m_entry)
            QGuiApplication::clipboard()->setText(rowText(*m_entry, Clock::system().now()));
    });
    connect(&m_loader, &SideLoader::ready, this, &DetailsPanel::takeDiff);
    connect(&m_loader, &SideLoader::failed, this, [this](const QString& why) {
        m_diff->showMessage(why);
        nameDiffTab();
    });
    connect(&m_loader, &SideLoader::notRevealed, m_diff, &DiffView::warn);
    connect(m_diff, &DiffView::ignoreBlanksWanted, &m_loader, &SideLoader::setIgnoreBlanks);
    connect(m_diff, &DiffView::revealWanted, this, &DetailsPanel::askToReveal);
    connect(m_diff, &DiffView::concealWanted, &m_loader, &SideLoader::conceal);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        if (m_tabs->currentWidget() == m_diff && wantsDiff())
            loadDiff();
    });
}

void DetailsPanel::showFacts(const MountModel::Entry& entry) {
    const Observation& o = entry.row.observation;
    const Verdict verdict = entry.row.judgement.verdict;
    m_title->setText(label(verdict) + QStringLiteral(" – ") + literal(o.container.label()) +
                     QStringLiteral(" · ") + literal(entry.host));
    m_reason->setText(QString::fromStdString(entry.row.judgement.reason));
    const TimePoint now = Clock::system().now();
    QStringList facts;
    if (entry.row.judgement.since)
        facts << sinceWords(entry.row.judgement, now);
    if (o.container.running)
        facts << tr("container up since %1 (%2)")
                     .arg(localTime(o.container.startedAt), ago(o.container.startedAt, now));
    facts << tr("image %1").arg(literal(o.container.image))
          << (o.readOnly ? tr("mounted read-only") : tr("mounted read-write"));
    if (!o.container.health.empty())
        facts << literal(o.container.health);
    m_facts->setText(facts.join(QStringLiteral(" · ")));
}

void DetailsPanel::show(const MountModel::Entry& entry, bool dark) {
    const Observation& o = entry.row.observation;
    m_entry = entry;
    m_icon->setPixmap(icon(entry.row.judgement.verdict, dark).pixmap(32, 32));
    showFacts(entry);
    m_card->show(entry.row);
    m_both->setVisible(true);
    m_timeline->show(entry);
    const Container& container = entry.row.observation.container;
    m_history->show(entry.host, container.project, container.service, container.id.hex());
    m_log->setContainer(entry.host, o.container);
    m_diff->setDark(dark);
    m_running = o.container.running;
    m_diffButton->setEnabled(o.kind == FileType::Regular && m_running);
    m_copy->setEnabled(true);
    m_restart->setEnabled(m_blocked.isEmpty() && m_running);
    const QString shown = stateOf(entry);
    if (shown == std::exchange(m_shown, shown))
        return;
    m_loader.forget();
    m_asked = false;
    m_diff->showMessage(o.kind == FileType::Regular ? tr("Show diff reads both sides now.")
                                                    : tr("Only files are compared line by line."));
    nameDiffTab();
    if (m_tabs->currentWidget() == m_diff && wantsDiff() && isDrift(entry.row.judgement.verdict))
        m_diff->showMessage(tr("Reading both sides…"));
}

void DetailsPanel::clear() {
    m_entry.reset();
    m_icon->clear();
    m_title->setText(tr("No mount selected"));
    m_reason->setText(tr("Select a row to see both sides of the mount."));
    m_facts->clear();
    m_loader.forget();
    m_diff->showMessage({});
    m_timeline->clear();
    m_history->clear();
    m_log->clear();
    m_both->setVisible(false);
    m_shown.clear();
    m_running = false;
    m_asked = false;
    for (QPushButton* button : {m_copy, m_diffButton, m_restart})
        button->setEnabled(false);
    nameDiffTab();
}

void DetailsPanel::loadDiff() {
    if (!m_entry || !canDiff())
        return;
    m_asked = true;
    m_diff->showMessage(tr("Reading both sides…"));
    m_loader.load(*m_entry);
}

void DetailsPanel::openDiff() {
    if (!canDiff())
        return;
    if (!m_asked || m_tabs->currentWidget() == m_diff)
        loadDiff();
    m_tabs->setCurrentWidget(m_diff);
}

void DetailsPanel::takeDiff(const ShownSides& shown) {
    m_diff->show(shown);
    nameDiffTab();
}

void DetailsPanel::nameDiffTab() {
    const int changes = m_diff->changes();
    m_tabs->setTabText(m_tabs->indexOf(m_diff), changes < 0 ? tr("Diff") : tr("Diff (%1)").arg(changes));
}

void DetailsPanel::askToReveal() {
    if (!m_entry || !m_loader.loaded())
        return;
    auto* dialog = new RevealDialog(literal(m_entry->row.observation.source), this);
    const QString shown = m_shown;
    connect(dialog, &QDialog::accepted, this, [this, dialog, shown] {
        if (shown == m_shown) // a rescan may have put another state under the dialog
            m_loader.reveal(dialog->reason());
    });
    dialog->open();
}

void DetailsPanel::setRestartBlocked(const QString& why) {
    m_blocked = why;
    m_restart->setToolTip(why.isEmpty() ? QString() : tooltip(why.toStdString()));
    m_restart->setEnabled(why.isEmpty() && m_running);
}

} // namespace inodeck::ui
