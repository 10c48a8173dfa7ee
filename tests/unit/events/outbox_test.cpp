#include "core/events/outbox.h"

#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/events/parcel.h"
#include "tests/unit/events/loki_rig.h"

namespace inodeck {
namespace {

namespace fs = std::filesystem;

class OutboxTest : public LokiTest {
protected:
    Outbox open() const { return *Outbox::open(outbox()); }
    static Parcel parcel(int number, EventStatus status = EventStatus::Success) {
        return parcelOf(eventOf(number, status), "inodeck", "production");
    }
    static std::vector<std::string> linesOf(Outbox& box) {
        std::vector<std::string> lines;
        const auto parcels = box.oldest(100'000, std::size_t{1} << 30);
        for (const Parcel& one : *parcels)
            lines.push_back(one.line);
        return lines;
    }
};

TEST_F(OutboxTest, folderAndFilesAreForThisAccountOnly) {
    ::umask(0);
    const std::string deep = m_dir.file("state/inodeck/outbox");
    auto box = Outbox::open(deep);
    ASSERT_TRUE(box) << box.error().message;
    ASSERT_TRUE(box->add(parcel(1)));
    ::umask(022);
    struct stat s {};
    ASSERT_EQ(::stat(deep.c_str(), &s), 0);
    EXPECT_EQ(s.st_mode & 07777, 0700u);
    for (const auto& entry : fs::directory_iterator(deep)) {
        ASSERT_EQ(::stat(entry.path().c_str(), &s), 0);
        EXPECT_EQ(s.st_mode & 07777, 0600u) << entry.path();
    }
    ::chmod(deep.c_str(), 0755);
    ASSERT_TRUE(Outbox::open(deep));
    ASSERT_EQ(::stat(deep.c_str(), &s), 0);
    EXPECT_EQ(s.st_mode & 07777, 0700u) << "closed again";
}

TEST_F(OutboxTest, aFolderThatCannotBeOursIsASentence) {
    fs::create_directory(m_dir.file("real"));
    fs::create_directory_symlink(m_dir.file("real"), m_dir.file("link"));
    EXPECT_EQ(Outbox::open(m_dir.file("link")).error().message,
              "Cannot use the folder " + m_dir.file("link") + ": Not a directory.");
    test::writeFile(m_dir.file("file"), "");
    EXPECT_EQ(Outbox::open(m_dir.file("file")).error().message,
              "Cannot use the folder " + m_dir.file("file") + ": Not a directory.");
    EXPECT_EQ(Outbox::open(m_dir.file("file/below")).error().message,
              "Cannot make the folder " + m_dir.file("file/below") + ": Not a directory.");
    if (::geteuid() == 0) {
        fs::create_directory(m_dir.file("theirs"));
        ASSERT_EQ(::chown(m_dir.file("theirs").c_str(), 65534, 65534), 0);
        EXPECT_EQ(Outbox::open(m_dir.file("theirs")).error().message,
                  "The folder " + m_dir.file("theirs") +
                      " belongs to another account; events that wait need a folder of your own.");
    }
}

TEST_F(OutboxTest, aParcelReadsBackToTheByte) {
    Event event = eventOf(3);
    event.message = "\"quotes\"\nand lines \xff";
    event.env = "sta\nging";
    const Parcel made = parcelOf(event, "app\n", "production");
    const auto read = parseParcel(parcelText(made));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->time, made.time);
    EXPECT_EQ(read->app, "app\\n");
    EXPECT_EQ(read->env, "sta\\nging");
    EXPECT_EQ(read->stream, "events");
    EXPECT_EQ(read->line, eventLine(event));
    EXPECT_EQ(keyOfName(parcelName(made)), made.key);
}

TEST_F(OutboxTest, anyOtherByteIsNoParcel) {
    const std::string good = parcelText(parcel(1));
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 1);
        EXPECT_FALSE(parseParcel(bad)) << i;
        EXPECT_FALSE(parseParcel(good.substr(0, i))) << i;
    }
    EXPECT_FALSE(parseParcel(good + "\n"));
}

TEST_F(OutboxTest, oneOperationSaysEachStatusOfAConfigOnce) {
    Outbox box = open();
    Event event = eventOf(1, EventStatus::InProgress);
    const auto add = [&] { ASSERT_TRUE(box.add(parcelOf(event, "inodeck", "production"))); };
    add();
    event.time += 1s;
    event.message = "said again";
    add();
    EXPECT_EQ(box.waiting(), 1u) << "waits already";
    event.configPath += "2";
    add();
    event.status = EventStatus::Success;
    add();
    EXPECT_EQ(box.waiting(), 3u);
    const auto all = *box.oldest(100, 1 << 20);
    ASSERT_TRUE(box.delivered(all));
    EXPECT_EQ(box.waiting(), 0u);
    add();
    EXPECT_EQ(box.waiting(), 0u) << "delivered already";
    Outbox another = open();
    ASSERT_TRUE(another.add(parcelOf(event, "inodeck", "production")));
    EXPECT_EQ(another.waiting(), 0u) << "also to another run";
}

TEST_F(OutboxTest, eventsWithoutAnOperationAreTheirOwnIdentity) {
    Outbox box = open();
    Event event = eventOf(1, EventStatus::Found);
    event.type = EventType::ConfigDrift;
    event.opId.clear();
    ASSERT_TRUE(box.add(parcelOf(event, "inodeck", "production")));
    ASSERT_TRUE(box.add(parcelOf(event, "inodeck", "production")));
    EXPECT_EQ(box.waiting(), 1u);
    event.time += 1h;
    ASSERT_TRUE(box.add(parcelOf(event, "inodeck", "production")));
    EXPECT_EQ(box.waiting(), 2u) << "found again an hour later";
}

/// What two processes can do that look at the same time.
TEST_F(OutboxTest, twoFilesOfOneEventAreSentOnce) {
    Outbox box = open();
    ASSERT_TRUE(box.add(parcel(1)));
    Parcel twin = parcel(1);
    twin.time += 1ms;
    test::writeFile(outbox() + "/" + parcelName(twin), parcelText(twin));
    EXPECT_EQ(box.waiting(), 2u);
    EXPECT_EQ(box.oldest(100, 1 << 20)->size(), 1u);
    EXPECT_EQ(box.waiting(), 1u);
}

/// A crash after the keys were written and before the files were removed.
TEST_F(OutboxTest, whatWasDeliveredIsNotSentAgainAfterACrash) {
    Outbox box = open();
    ASSERT_TRUE(box.add(parcel(1)));
    const std::string name = files().at(0);
    const std::string content = test::readFile(outbox() + "/" + name);
    ASSERT_TRUE(box.delivered(*box.oldest(1, 1)));
    test::writeFile(outbox() + "/" + name, content);
    EXPECT_TRUE(box.oldest(100, 1 << 20)->empty());
    EXPECT_TRUE(files().empty());
}

TEST_F(OutboxTest, foreignAndDamagedFilesAreParked) {
    Outbox box = open();
    for (int i = 0; i < 4; ++i)
        ASSERT_TRUE(box.add(parcel(i)));
    const auto names = files();
    const std::string half = test::readFile(outbox() + "/" + names[0]).substr(0, 100);
    test::writeFile(outbox() + "/" + names[0], half);
    fs::rename(outbox() + "/" + names[1], outbox() + "/" + parcelName(parcel(99))); // another event's name
    fs::remove(outbox() + "/" + names[2]);
    fs::create_symlink("/etc/passwd", outbox() + "/" + names[2]);
    test::writeFile(outbox() + "/README", "hello");
    fs::create_directory(outbox() + "/folder");
    ASSERT_EQ(::mkfifo((outbox() + "/fifo").c_str(), 0600), 0);
    test::writeFile(outbox() + "/" + std::string(255, 'n'), "a name too long for a reason beside it");
    test::writeFile(outbox() + "/new\nline", "");
    EXPECT_EQ(linesOf(box), std::vector<std::string>{eventLine(eventOf(3))});
    EXPECT_EQ(box.takeParked(), 8u);
    EXPECT_EQ(files().size(), 1u);
    EXPECT_EQ(test::readFile(outbox() + "/dead/README.why"), "It is damaged or no event of this program.\n");
    EXPECT_EQ(fs::read_symlink(outbox() + "/dead/" + names[2]), "/etc/passwd") << "moved, not followed";
}

TEST_F(OutboxTest, leftoversOfACrashAreRemovedWhenTheyAreOld) {
    Outbox box = open();
    const std::string young = outbox() + "/.new-1-young";
    const std::string old = outbox() + "/.new-2-old";
    test::writeFile(young, "half");
    test::writeFile(old, "half");
    fs::last_write_time(old, fs::file_time_type::clock::now() - 2h);
    EXPECT_TRUE(box.oldest(10, 1 << 20)->empty());
    EXPECT_TRUE(fs::exists(young)) << "another run may be writing it";
    EXPECT_FALSE(fs::exists(old));
    EXPECT_EQ(box.takeParked(), 0u);
}

TEST_F(OutboxTest, aFullDiskKeepsNoHalfEvent) {
    Outbox box = open();
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit old{};
    ::getrlimit(RLIMIT_FSIZE, &old);
    const rlimit small{40, old.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto kept = box.add(parcel(1));
    ::setrlimit(RLIMIT_FSIZE, &old);
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().code, ErrorCode::Io);
    EXPECT_TRUE(kept.error().message.ends_with(": File too large.")) << kept.error().message;
    EXPECT_TRUE(fs::is_empty(outbox()));
    ASSERT_TRUE(box.add(parcel(1)));
    EXPECT_EQ(box.waiting(), 1u);
}

TEST_F(OutboxTest, theOldestAreDroppedWhenTooManyWait) {
    Outbox box = *Outbox::open(outbox(), {.waiting = 10});
    for (int i = 0; i < 12; ++i)
        ASSERT_TRUE(box.add(parcel(i)));
    EXPECT_EQ(box.waiting(), 10u);
    EXPECT_EQ(box.takeDropped(), 2u);
    EXPECT_EQ(box.oldest(1, 1)->at(0).line, eventLine(eventOf(2)));
}

TEST_F(OutboxTest, whatIsRememberedHasABound) {
    constexpr std::size_t Kept = 10;
    Outbox box = *Outbox::open(outbox(), {.waiting = Kept});
    std::vector<Parcel> many;
    for (std::size_t i = 0; i < 2 * Kept + 1; ++i) {
        Parcel one;
        one.key = Sha256::of(std::to_string(i)).hex();
        one.name = "none";
        many.push_back(one);
    }
    ASSERT_TRUE(box.delivered(many));
    EXPECT_EQ(fs::file_size(outbox() + "/.sent"), 65 * Kept);
    const std::string kept = test::readFile(outbox() + "/.sent");
    EXPECT_NE(kept.find(many.back().key), std::string::npos);
    EXPECT_EQ(kept.find(many.front().key), std::string::npos);
}

TEST_F(OutboxTest, deadFilesHaveABound) {
    constexpr int Kept = 10;
    constexpr int More = 5;
    Outbox box = *Outbox::open(outbox(), {.dead = Kept});
    for (int i = 0; i < Kept + More; ++i) {
        const std::string name = parcelName(parcel(i));
        test::writeFile(outbox() + "/" + name, "x");
        ASSERT_TRUE(box.park(name, "why"));
    }
    const auto dead = files("dead");
    EXPECT_EQ(dead.size(), 2u * Kept) << "each with its reason";
    EXPECT_EQ(keyOfName(dead.front()), parcel(More).key) << "the newest stay";
}

TEST_F(OutboxTest, theLockHasABoundAndCanBeCancelled) {
    Outbox box = open();
    const auto held = box.lock(Deadline::after(1s), m_cancel);
    ASSERT_TRUE(held);
    const auto refused = open().lock(Deadline::after(50ms), m_cancel);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Timeout);
    EXPECT_EQ(refused.error().message, "Another run is still sending events from " + outbox() + ".");
    m_cancel.request();
    EXPECT_EQ(open().lock(Deadline::after(60s), m_cancel).error().code, ErrorCode::Cancelled);
}

} // namespace
} // namespace inodeck
