#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>

#include "tests/ui/scans.h"
#include "ui/models/mount_tree.h"

using namespace inodeck;
using namespace inodeck::ui;
using namespace inodeck::test;

namespace {

constexpr auto Strict = QAbstractItemModelTester::FailureReportingMode::QtTest;

Row ofProject(Row row, const std::string& project) {
    row.observation.container.project = project;
    row.observation.container.service = row.observation.container.name;
    return row;
}

/// All mounts that are shown, from top to bottom.
std::vector<int> shown(const MountTree& tree) {
    std::vector<int> mounts;
    for (int i = 0; i < tree.rowCount(); ++i) {
        const QModelIndex top = tree.index(i, 0);
        if (!tree.isGroup(top))
            mounts.push_back(tree.mountOf(top));
        for (int j = 0; j < tree.rowCount(top); ++j)
            mounts.push_back(tree.mountOf(tree.index(j, 0, top)));
    }
    return mounts;
}

QStringList headers(const MountTree& tree) {
    QStringList names;
    for (int i = 0; i < tree.rowCount(); ++i)
        names << tree.index(i, 0).data().toString();
    return names;
}

/// A scan of random rows: names come, go, drift and heal.
HostScan randomScan(QRandomGenerator& random, const std::string& host) {
    if (random.bounded(8) == 0)
        return failedScan(host, ErrorCode::Timeout, "No answer.");
    std::vector<Row> rows;
    for (int i = 0; i < 12; ++i) {
        if (random.bounded(3) == 0)
            continue;
        const std::string name = "c" + std::to_string(i);
        rows.push_back(
            ofProject(rowOf(name, random.bounded(3) == 0 ? "newer" : "same"), "p" + std::to_string(i % 3)));
    }
    return scanOf(host, rows);
}

/// The same rows, filtered and sorted by one look at all of them: what the tree must show after any history.
std::vector<int> expected(const MountModel& mounts, const MountTree& tree, int column, Qt::SortOrder order) {
    std::vector<int> all;
    for (int i = 0; i < mounts.rowCount(); ++i)
        if (tree.filter().accepts(mounts.entry(i)))
            all.push_back(i);
    std::sort(all.begin(), all.end(), [&](int a, int b) {
        const auto left = mounts.sortKey(a, column);
        const auto right = mounts.sortKey(b, column);
        if (left != right)
            return (left < right) == (order == Qt::AscendingOrder);
        return mounts.entry(a).name < mounts.entry(b).name;
    });
    return all;
}

} // namespace

class MountTreeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void worstComesFirst() {
        MountModel mounts;
        MountTree tree(mounts);
        const QAbstractItemModelTester tester(&tree, Strict);
        Row gone = rowOf("gone");
        gone.observation.hostSide = {{}, true, std::nullopt};
        gone.judgement = judge(gone.observation);
        mounts.merge(scanOf("vm1", {rowOf("fine"), rowOf("stale", "new"), gone}));
        QStringList names;
        for (int i = 0; i < tree.rowCount(); ++i)
            names << tree.index(i, MountModel::ServiceColumn).data().toString();
        QCOMPARE(names,
                 (QStringList{QStringLiteral("gone"), QStringLiteral("stale"), QStringLiteral("fine")}));
    }

    void filterTakesWordsVerdictAndHosts() {
        MountModel mounts;
        MountTree tree(mounts);
        mounts.merge(scanOf("vm1", {rowOf("alloy", "new"), rowOf("caddy")}));
        mounts.merge(scanOf("vm2", {rowOf("caddy", "new")}));
        MountFilter filter;
        const auto count = [&](const QString& text) {
            filter.setText(text);
            tree.setFilter(filter);
            return tree.rowCount();
        };
        QCOMPARE(count(QStringLiteral("CADDY  vm2")), 1);
        QCOMPARE(count(QStringLiteral("stale")), 2);
        QCOMPARE(count(QStringLiteral("pinned to an OLD inode")), 2);
        QCOMPARE(count(QString::fromStdString(Sha256::of("new").hex().substr(0, 9))), 2);
        QCOMPARE(count(QString::fromStdString(Sha256::of("new").hex().substr(0, 3))), 0);
        QCOMPARE(count(QString::fromStdString(Sha256::of("new").hex().substr(0, 4))), 2);
        QCOMPARE(count(QStringLiteral("/srv/alloy")), 1);
        QCOMPARE(count(QStringLiteral("nothing-like-that")), 0);
        filter.hosts = {"vm1"};
        QCOMPARE(count(QStringLiteral("stale")), 1);
        QCOMPARE(count({}), 2);
        filter.verdict = Verdict::InSync;
        QCOMPARE(count({}), 1);
        filter = {};
        QCOMPARE(count({}), 3);
    }

    void groupsHaveCountsAndTheWorstFirst() {
        MountModel mounts;
        MountTree tree(mounts);
        const QAbstractItemModelTester tester(&tree, Strict);
        tree.setGroupBy(GroupBy::Host);
        mounts.merge(scanOf("vm1", {rowOf("a"), rowOf("b")}));
        mounts.merge(scanOf("vm2", {rowOf("a", "new"), rowOf("b")}));
        QCOMPARE(headers(tree), (QStringList{QStringLiteral("vm2 – 2 mounts · 1 Stale inode · 1 In sync"),
                                             QStringLiteral("vm1 – 2 mounts · 2 In sync")}));
        QCOMPARE(tree.index(0, 0).data(MountModel::VerdictRole).toInt(),
                 static_cast<int>(Verdict::StaleInode));
        // vm2 heals, vm1 falls ill: the groups change places, a selected row stays the same mount.
        const QPersistentModelIndex held = tree.indexOf(mounts.find("vm1", "a", "/etc/a.conf"));
        mounts.merge(scanOf("vm2", {rowOf("a"), rowOf("b")}));
        mounts.merge(scanOf("vm1", {rowOf("a", "new"), rowOf("b")}));
        QVERIFY(headers(tree).front().startsWith(QStringLiteral("vm1")));
        QCOMPARE(tree.mountOf(held), mounts.find("vm1", "a", "/etc/a.conf"));
        tree.setGroupBy(GroupBy::Project);
        QCOMPARE(tree.rowCount(), 1);
        QVERIFY(headers(tree).front().startsWith(QStringLiteral("no project")));
    }

    /// What is known from the letters before saves the search, and changes nothing that is found.
    void typingEndsWhereTheWholeWordDoes() {
        MountModel mounts;
        MountTree tree(mounts);
        const QAbstractItemModelTester tester(&tree, Strict);
        QRandomGenerator random(7);
        for (int i = 0; i < 6; ++i)
            mounts.merge(scanOf("vm" + std::to_string(i), {rowOf("proxy-" + std::to_string(i)),
                                                           rowOf("cache"), rowOf("worker", "new")}));
        const QStringList keys{QStringLiteral("p"), QStringLiteral("r"), QStringLiteral("e"),
                               QStringLiteral("a"), QStringLiteral("1"), QStringLiteral("-"),
                               QStringLiteral(" "), QStringLiteral("w")};
        QString text;
        int found = 0;
        for (int step = 0; step < 400; ++step) {
            if (random.bounded(5) < 2)
                text.chop(1);
            else
                text += keys[random.bounded(keys.size())];
            MountFilter filter;
            filter.setText(text);
            if (random.bounded(4) == 0)
                filter.verdict = Verdict::StaleInode;
            if (random.bounded(4) == 0)
                filter.hosts = {"vm1", "vm2"};
            tree.setFilter(filter);
            if (step % 50 == 49) // and rows that change meanwhile are looked at anew
                mounts.merge(scanOf("vm1", {rowOf("cache", step % 100 == 99 ? "new" : "same")}));
            MountTree anew(mounts);
            anew.setFilter(filter);
            QVERIFY2(shown(tree) == shown(anew), qPrintable(text));
            found += tree.shown();
        }
        QVERIFY(found > 0);
    }

    void idsAndHashesAreFoundByTheirDigits() {
        MountModel mounts;
        MountTree tree(mounts);
        mounts.merge(scanOf("vm1", {rowOf("a"), rowOf("b", "new")}));
        MountFilter filter;
        for (const std::string& digits : {Sha256::of("new").hex(), Sha256::of("b").hex()}) {
            filter.setText(QString::fromStdString(digits.substr(4, 12)).toUpper());
            tree.setFilter(filter);
            QCOMPARE(tree.shown(), 1);
        }
    }

    void aRowThatChangesGroupIsStillTheSame() {
        MountModel mounts;
        MountTree tree(mounts);
        const QAbstractItemModelTester tester(&tree, Strict);
        tree.setGroupBy(GroupBy::Verdict);
        mounts.merge(scanOf("vm1", {rowOf("a"), rowOf("b")}));
        const int mount = mounts.find("vm1", "a", "/etc/a.conf");
        const QPersistentModelIndex held = tree.indexOf(mount);
        mounts.merge(scanOf("vm1", {rowOf("a", "new"), rowOf("b")}));
        QVERIFY(held.isValid());
        QCOMPARE(tree.mountOf(held), mount);
        QCOMPARE(tree.rowCount(), 2);
        mounts.merge(scanOf("vm1", {rowOf("a"), rowOf("b")}));
        QCOMPARE(tree.rowCount(), 1);
        QCOMPARE(tree.mountOf(held), mount);
    }

    void onlyRowsThatChangedAreTold() {
        MountModel mounts;
        MountTree tree(mounts);
        mounts.merge(scanOf("vm1", {rowOf("a"), rowOf("b"), rowOf("c")}));
        QSignalSpy changed(&tree, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&tree, &QAbstractItemModel::modelReset);
        QSignalSpy layout(&tree, &QAbstractItemModel::layoutChanged);
        mounts.merge(scanOf("vm1", {rowOf("a"), rowOf("b"), rowOf("c")}));
        QCOMPARE(changed.count(), 0);
        mounts.merge(scanOf("vm1", {rowOf("a"), rowOf("b", "new"), rowOf("c")}));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(tree.mountOf(changed.front().front().toModelIndex()),
                 mounts.find("vm1", "b", "/etc/b.conf"));
        QCOMPARE(reset.count() + layout.count(), 0);
    }

    void anyHistoryEndsWhereOneLookDoes_data() {
        QTest::addColumn<int>("group");
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("descending");
        QTest::addColumn<QString>("text");
        for (const int group : {0, 1, 2, 3})
            for (const int column : {int(MountModel::VerdictColumn), int(MountModel::ConfigColumn),
                                     int(MountModel::ChangeColumn)})
                for (const bool descending : {false, true})
                    QTest::addRow("%d-%d-%d", group, column, descending)
                        << group << column << descending
                        << (column == MountModel::ConfigColumn ? QStringLiteral("stale") : QString());
    }

    void anyHistoryEndsWhereOneLookDoes() {
        QFETCH(int, group);
        QFETCH(int, column);
        QFETCH(bool, descending);
        QFETCH(QString, text);
        const Qt::SortOrder order = descending ? Qt::DescendingOrder : Qt::AscendingOrder;
        MountModel mounts;
        MountTree tree(mounts);
        const QAbstractItemModelTester ofMounts(&mounts, Strict);
        const QAbstractItemModelTester ofTree(&tree, Strict);
        MountFilter filter;
        filter.setText(text);
        tree.setFilter(filter);
        tree.setGroupBy(static_cast<GroupBy>(group));
        tree.sort(column, order);
        QRandomGenerator random(42);
        QPersistentModelIndex held;
        std::string heldName;
        for (int step = 0; step < 20; ++step) {
            const std::string host = "vm" + std::to_string(random.bounded(4));
            if (random.bounded(10) == 0)
                mounts.removeHost(host);
            else
                mounts.merge(randomScan(random, host));
            if (step % 7 == 6)
                mounts.clearChanges();
            if (held.isValid())
                QCOMPARE(mounts.entry(tree.mountOf(held)).name, heldName);
            const std::vector<int> now = shown(tree);
            QCOMPARE(static_cast<int>(now.size()), tree.shown());
            if (group == 0)
                QVERIFY(now == expected(mounts, tree, column, order));
            if (!now.empty()) {
                const int pick = now[static_cast<std::size_t>(random.bounded(static_cast<int>(now.size())))];
                held = tree.indexOf(pick);
                heldName = mounts.entry(pick).name;
            }
        }
        MountTree anew(mounts);
        anew.setFilter(filter);
        anew.setGroupBy(static_cast<GroupBy>(group));
        anew.sort(column, order);
        QVERIFY(shown(tree) == shown(anew));
        QCOMPARE(group == 0 ? QStringList() : headers(tree), group == 0 ? QStringList() : headers(anew));
        std::map<Verdict, int> counts;
        for (int i = 0; i < mounts.rowCount(); ++i)
            ++counts[mounts.entry(i).row.judgement.verdict];
        QVERIFY(counts == mounts.counts());
    }
};

QTEST_MAIN(MountTreeTest)
#include "mount_tree_test.moc"
