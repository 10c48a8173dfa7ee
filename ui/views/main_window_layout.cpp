#include <QAction>
#include <QSettings>
#include <QSpinBox>
#include <QStatusBar>
#include <QToolBar>
#include <QVBoxLayout>

#include "ui/dialogs/plain.h"
#include "ui/views/main_window.h"

namespace inodeck::ui {

QAction* MainWindow::action(const QString& text, const QList<QKeySequence>& keys, const QString& tip,
                            void (MainWindow::*slot)()) {
    auto* made = new QAction(text, this);
    made->setShortcuts(keys);
    made->setWhatsThis(tip); // what F1 lists
    made->setToolTip(
        keys.isEmpty() ? tip : tr("%1 (%2)").arg(tip, keys.front().toString(QKeySequence::NativeText)));
    connect(made, &QAction::triggered, this, slot);
    return made;
}

void MainWindow::buildActions() {
    QToolBar* bar = addToolBar(tr("Main"));
    bar->setObjectName(QStringLiteral("main"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_scan = action(tr("Scan"), {QKeySequence(Qt::Key_F5), QKeySequence(Qt::CTRL | Qt::Key_R)},
                    tr("Look at all hosts again"), &MainWindow::scan);
    m_cancel = action(tr("Cancel"), {QKeySequence(Qt::Key_Escape)}, tr("Stop the scan, or clear the filter"),
                      &MainWindow::cancelOrClear);
    m_restart = action(tr("Restart…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)},
                       tr("Restart the selected container, on record"), &MainWindow::askForRestart);
    QAction* report =
        action(tr("Report…"), {QKeySequence(Qt::CTRL | Qt::Key_E)},
               tr("Write an incident report of what is shown or selected"), &MainWindow::askForReport);
    QAction* add = action(tr("Add host…"), {QKeySequence(Qt::CTRL | Qt::Key_N)},
                          tr("Add a host and look at it"), &MainWindow::askForHost);
    m_remove = action(tr("Remove host"), {QKeySequence(Qt::CTRL | Qt::Key_Delete)},
                      tr("Forget the host that is selected in the list; nothing changes on it"),
                      &MainWindow::removeHost);
    QAction* find = action(tr("Filter"), {QKeySequence(Qt::CTRL | Qt::Key_F), QKeySequence(Qt::Key_Slash)},
                           tr("Type words to filter by"), &MainWindow::focusFilter);
    QAction* diff = action(tr("Show diff"), {QKeySequence(Qt::CTRL | Qt::Key_D)},
                           tr("Compare both sides line by line"), &MainWindow::askForDiff);
    QAction* keys =
        action(tr("Keys"), {QKeySequence(Qt::Key_F1)}, tr("Show all keys"), &MainWindow::showShortcuts);
    QAction* seen = action(tr("Mark as seen"), {QKeySequence(Qt::CTRL | Qt::Key_M)},
                           tr("Clear the marks of what changed since the last scan"), &MainWindow::markSeen);
    buildLive();
    QAction* settings = action(tr("Settings…"), {QKeySequence(Qt::CTRL | Qt::Key_Comma)},
                               tr("Language, colours, limits of a scan"), &MainWindow::askForSettings);
    bar->addWidget(m_pages->bar());
    bar->addSeparator();
    bar->addActions({m_scan, m_cancel, m_restart, report, add, m_remove});
    bar->addSeparator();
    bar->addAction(m_liveAction);
    bar->addWidget(m_liveSeconds);
    auto* gap = new QWidget;
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(gap);
    bar->addActions({settings, keys});
    addActions({find, diff, seen});
}

void MainWindow::buildLive() {
    m_liveAction = action(tr("Live"), {QKeySequence(Qt::CTRL | Qt::Key_L)},
                          tr("Look at all hosts again and again"), &MainWindow::toggleLive);
    m_liveAction->setCheckable(true);
    m_liveSeconds = new QSpinBox;
    m_liveSeconds->setRange(static_cast<int>(LiveSchedule::Shortest.count()),
                            static_cast<int>(LiveSchedule::Longest.count()));
    m_liveSeconds->setPrefix(tr("every "));
    m_liveSeconds->setSuffix(tr(" s"));
    m_liveSeconds->setAccessibleName(tr("Seconds from one look to the next in live mode"));
    m_liveSeconds->setToolTip(m_liveSeconds->accessibleName());
    connect(m_liveSeconds, &QSpinBox::valueChanged, this, &MainWindow::toggleLive);
}

void MainWindow::buildStatus() {
    m_progress = new QProgressBar;
    m_progress->setMaximumWidth(220);
    m_progress->setTextVisible(true);
    m_progress->setFormat(tr("%v of %m hosts"));
    m_progress->setAccessibleName(tr("Progress of the scan"));
    m_progress->hide();
    m_lastScan = plainLabel({});
    m_lastScan->setWordWrap(false);
    auto* badge = new ChainBadge(*m_chain);
    connect(badge, &QToolButton::clicked, this, [this] { m_pages->open(m_auditPage); });
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(8, 0, 8, 2);
    statusBar()->addWidget(m_lastScan);
    statusBar()->addPermanentWidget(m_progress);
    statusBar()->addPermanentWidget(badge);
}

void MainWindow::buildLayout() {
    m_pages = new Pages;
    m_auditBanner = new Banner;
    m_auditBanner->setDark(isDark(*this));
    auto* main = new QWidget;
    auto* layout = new QVBoxLayout(main);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_auditBanner);
    layout->addWidget(m_pages, 1);
    setCentralWidget(main);
    m_mounts = new MountsPage(m_session, m_live);
    m_changes = new ChangesPage(m_mounts->changes());
    addPage(m_mounts, tr("Mounts"), {});
    m_auditPage = new AuditPage(m_session, *m_chain);
    addPage(m_auditPage, tr("Audit"), {});
    addPage(m_changes, tr("Changes"), {});
    m_fleet = new FleetPage(m_session.environment());
    addPage(m_fleet, tr("Fleet file"), {});
    buildActions();
    buildStatus();
}

void MainWindow::restoreLayout() {
    const QSettings settings;
    resize(1280, 720);
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_pages->open(settings.value(QStringLiteral("window/page")).toString());
    m_mounts->restore(settings);
    m_auditPage->restore(settings);
    m_liveSeconds->setValue(settings.value(QStringLiteral("live/seconds"), 30).toInt());
    m_liveAction->setChecked(settings.value(QStringLiteral("live/on")).toBool());
    toggleLive();
    m_fleet->restore(settings);
}

void MainWindow::saveLayout() const {
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/page"), m_pages->currentWidget()->objectName());
    m_mounts->save(settings);
    m_auditPage->save(settings);
    settings.setValue(QStringLiteral("live/seconds"), m_liveSeconds->value());
    settings.setValue(QStringLiteral("live/on"), m_liveAction->isChecked());
    m_fleet->save(settings);
    if (!m_options.rememberHosts)
        return;
    QStringList names;
    for (const Host& host : m_session.hosts())
        names << QString::fromStdString(host.name);
    settings.setValue(QStringLiteral("hosts"), names);
}

} // namespace inodeck::ui
