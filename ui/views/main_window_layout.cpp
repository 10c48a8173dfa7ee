#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSettings>
#include <QShortcut>
#include <QStatusBar>
#include <QStyledItemDelegate>
#include <QToolBar>
#include <QVBoxLayout>

#include "ui/dialogs/plain.h"
#include "ui/views/first_page.h"
#include "ui/views/main_window.h"

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

QAction* MainWindow::action(const QString& text, const QList<QKeySequence>& keys, const QString& tip,
                            void (MainWindow::*slot)()) {
    auto* made = new QAction(text, this);
    made->setShortcuts(keys);
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
    bar->addActions({m_scan, m_cancel, m_restart, add, m_remove});
    auto* gap = new QWidget;
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(gap);
    m_filter = new QLineEdit;
    m_filter->setPlaceholderText(tr("Filter: host, service, path, verdict (Ctrl+F)"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(m_filter->fontMetrics().averageCharWidth() * 44);
    m_filter->setMaximumWidth(m_filter->fontMetrics().averageCharWidth() * 70);
    bar->addWidget(m_filter);
    bar->addAction(keys);
    addActions({find, diff});
}

QWidget* MainWindow::buildTop() {
    auto* top = new QWidget;
    auto* layout = new QVBoxLayout(top);
    layout->setContentsMargins(0, 0, 0, 0);
    m_auditBanner = new Banner;
    m_hostBanner = new Banner;
    m_summary = new SummaryStrip;
    layout->addWidget(m_auditBanner);
    layout->addWidget(m_hostBanner);
    layout->addWidget(m_summary);
    return top;
}

QWidget* MainWindow::buildMain() {
    m_hostList = new QListView;
    m_hostList->setModel(&m_hosts);
    m_hostList->setAccessibleName(tr("Hosts"));
    m_hostList->setTextElideMode(Qt::ElideMiddle);
    m_hostList->setUniformItemSizes(true);
    m_hostList->setIconSize({16, 16});
    m_hostList->setItemDelegate(new ElidingDelegate(m_hostList));
    m_hostList->setSpacing(2);
    m_table = new MountTable(m_mounts);
    m_details = new DetailsPanel;
    m_down = new QSplitter(Qt::Vertical);
    m_down->addWidget(m_table);
    m_down->addWidget(m_details);
    m_down->setStretchFactor(0, 3);
    m_down->setStretchFactor(1, 2);
    m_down->setChildrenCollapsible(false);
    m_across = new QSplitter(Qt::Horizontal);
    m_across->addWidget(m_hostList);
    m_across->addWidget(m_down);
    m_across->setStretchFactor(1, 1);
    m_across->setSizes({m_hostList->fontMetrics().averageCharWidth() * 26, 1000});
    m_across->setChildrenCollapsible(false);
    auto* main = new QWidget;
    auto* layout = new QVBoxLayout(main);
    layout->setContentsMargins(8, 6, 8, 2);
    layout->setSpacing(6);
    layout->addWidget(buildTop());
    layout->addWidget(m_across, 1);
    return main;
}

void MainWindow::buildStatus() {
    m_progress = new QProgressBar;
    m_progress->setMaximumWidth(220);
    m_progress->setTextVisible(true);
    m_progress->setFormat(tr("%v of %m hosts"));
    m_progress->hide();
    m_lastScan = plainLabel({});
    m_lastScan->setWordWrap(false);
    m_auditBadge = plainLabel({});
    m_auditBadge->setWordWrap(false);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(8, 0, 8, 2);
    statusBar()->addWidget(m_lastScan);
    statusBar()->addPermanentWidget(m_progress);
    statusBar()->addPermanentWidget(m_auditBadge);
}

void MainWindow::buildLayout() {
    buildActions();
    m_pages = new QStackedWidget;
    auto* first = new FirstPage;
    m_pages->addWidget(first);
    m_pages->addWidget(buildMain());
    setCentralWidget(m_pages);
    buildStatus();
    connect(first, &FirstPage::addHostWanted, this, &MainWindow::askForHost);
    connect(m_filter, &QLineEdit::textChanged, &m_table->filter(), &MountFilter::setText);
    connect(m_filter, &QLineEdit::textChanged, this, &MainWindow::updateState);
    connect(m_filter, &QLineEdit::returnPressed, this, [this] {
        m_table->setFocus();
        m_table->selectSomething();
    });
    connect(m_summary, &SummaryStrip::chosen, &m_table->filter(), &MountFilter::setVerdict);
    connect(m_summary, &SummaryStrip::chosen, this, &MainWindow::updateState);
    connect(m_hostList, &QListView::clicked, this, &MainWindow::chooseHost);
    connect(m_hostList, &QListView::activated, this, &MainWindow::chooseHost);
    connect(m_table, &MountTable::currentEntryChanged, this, &MainWindow::showCurrent);
    connect(m_table, &MountTable::doubleClicked, this, &MainWindow::askForDiff);
    connect(m_table, &MountTable::activated, this, &MainWindow::askForDiff);
    connect(m_details, &DetailsPanel::restartWanted, this, &MainWindow::askForRestart);
    connect(m_details, &DetailsPanel::diffWanted, this, &MainWindow::askForDiff);
    connect(m_auditBanner, &Banner::pressed, this, &MainWindow::lookAtOpenIntent);
}

void MainWindow::restoreLayout() {
    const QSettings settings;
    resize(1280, 720);
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_across->restoreState(settings.value(QStringLiteral("window/across")).toByteArray());
    m_down->restoreState(settings.value(QStringLiteral("window/down")).toByteArray());
    m_table->horizontalHeader()->restoreState(settings.value(QStringLiteral("table/header")).toByteArray());
    m_filter->setText(settings.value(QStringLiteral("table/filter")).toString());
}

void MainWindow::saveLayout() const {
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/across"), m_across->saveState());
    settings.setValue(QStringLiteral("window/down"), m_down->saveState());
    settings.setValue(QStringLiteral("table/header"), m_table->horizontalHeader()->saveState());
    settings.setValue(QStringLiteral("table/filter"), m_filter->text());
    if (!m_options.rememberHosts)
        return;
    QStringList names;
    for (const Host& host : m_session.hosts())
        names << QString::fromStdString(host.name);
    settings.setValue(QStringLiteral("hosts"), names);
}

} // namespace inodeck::ui
