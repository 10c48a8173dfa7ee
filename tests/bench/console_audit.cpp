#include <QLineEdit>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <cstdio>

#include "tests/bench/console_scale.h"
#include "tests/ui/audit_logs.h"

namespace inodeck::bench {

namespace {

/// What Qt itself takes to show a table of so many rows of plain text, from nothing.
double plainTable(int rows) {
    const auto begin = SteadyClock::now();
    QStandardItemModel model(rows, ui::AuditColumnCount);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < ui::AuditColumnCount; ++column)
            model.setItem(row, column,
                          new QStandardItem(QStringLiteral("cell %1 of %2").arg(column).arg(row)));
    QTableView view;
    view.setModel(&model);
    afterPaint(*view.viewport(), [&] { view.show(); });
    return since(begin);
}

/// From top to bottom and back, a step each frame.
void drag(QScrollBar& bar, int frames) {
    int frame = 0;
    runLoop([&](QEventLoop& loop) {
        auto* timer = new QTimer(&loop);
        timer->setTimerType(Qt::PreciseTimer);
        QObject::connect(timer, &QTimer::timeout, &loop, [&, frames] {
            const int at = frame <= frames ? frame : 2 * frames - frame;
            bar.setValue(static_cast<int>(std::int64_t{bar.maximum()} * at / frames));
            if (++frame > 2 * frames)
                loop.quit();
        });
        timer->start(16);
    });
}

} // namespace

void auditScale(int records) {
    const test::AuditHome home;
    home.fill(test::operations(records / 2, records / 10));
    std::printf("\n\nThe audit page on a log of %d records, which is verified at the same time\n\n"
                "| what | Inodeck | floor | ratio |\n| --- | --- | --- | --- |\n",
                records);
    const double floor = plainTable(records);
    const QTemporaryDir empty;
    Holds holds;
    Console console(empty.path(), home.path());
    auto* table = console.window.findChild<ui::AuditTable*>();
    auto& bar = *table->verticalScrollBar();
    afterPaint(console.window, [&] { console.window.show(); });
    holds.begin();
    const auto begin = SteadyClock::now();
    afterPaint(
        *table->viewport(), [&] { QTest::keyClick(&console.window, Qt::Key_2, Qt::ControlModifier); },
        [&] { return table->model()->rowCount() > 0; });
    line("first records painted after the key", since(begin), floor, "ms");
    auto& model = static_cast<ui::AuditModel&>(*table->model());
    if (!model.complete())
        runLoop([&](QEventLoop& loop) {
            QObject::connect(&model, &ui::AuditModel::counted, &loop, &QEventLoop::quit);
        });
    line("all counted", since(begin), floor, "ms");
    holds.end("the audit page opens");
    drag(bar, 60);
    holds.end("somebody scrolls through all records");
    const double turned = afterPaint(
        *table->viewport(), [&] { table->sortBy(ui::TimeColumn); },
        [&] { return model.row(model.openCount()) && model.row(model.openCount())->stored.seq == 0; });
    line("the other order, to its first records painted", turned, floor, "ms");
    holds.end("the order is turned");
    console.window.findChild<ui::AuditPage*>()->focusFilter();
    for (const char letter : std::string("chg-4321")) {
        QTest::keyClick(QApplication::focusWidget(), letter);
        drag(bar, 2);
    }
    const auto typed = SteadyClock::now();
    if (model.rowCount() > records / 100)
        afterPaint(
            *table->viewport(), [] {}, [&] { return model.rowCount() < records / 100; });
    line("words found, after the last letter", since(typed), floor, "ms");
    holds.end("somebody types into its filter");
    holds.print();
}

} // namespace inodeck::bench
