#include <gtest/gtest.h>

#include "tests/support/incidents.h"

namespace inodeck {
namespace {

using report::incidentDocument;
using report::toMarkdown;

std::string told(const report::Incident& incident) {
    return toMarkdown(incidentDocument(incident));
}

bool has(const std::string& text, const std::string& what) {
    return text.find(what) != std::string::npos;
}

TEST(Incident, TellsSinceWhenAndBothSides) {
    const std::string text = told(test::incidentWith("web"));
    EXPECT_TRUE(has(text, "- Generated at: 2026-11-24 05:30:00 UTC"));
    EXPECT_TRUE(has(text, "- Since: 2026-11-24 03:00:00 UTC, 2 h 30 min before this report"));
    EXPECT_TRUE(has(text, "| host | 200 | 4 | 2026-11-24 03:00:00 UTC | `" + Sha256::of("new\n").hex()));
    EXPECT_TRUE(has(text, "| container | 100 | 4 | 2026-11-24 03:00:00 UTC | `" + Sha256::of("old\n").hex()));
    EXPECT_TRUE(has(text, "-web\n+new\n"));
}

TEST(Incident, TellsTheRecordsOfARestartAndTheStateOfTheChain) {
    const std::string text = told(test::incidentWith("web"));
    EXPECT_TRUE(has(text, "- op\\_id: `4b9b24b6-d0ea-4f5a-8a3e-000000000001`"));
    EXPECT_TRUE(has(text, "| 7 | 2026-11-24 05:00:00 UTC | outcome | `verified` | `" + std::string(64, 'a')));
    EXPECT_TRUE(has(text, "- Reason: `web`"));
    EXPECT_TRUE(has(text, "- Actor: `web (says it is web), job web`"));
    EXPECT_TRUE(has(text, "head " + std::string(64, 'b')));
    EXPECT_TRUE(has(text, "SELF-CONSISTENT ONLY"));
}

TEST(Incident, ABrokenLogIsSaidToBeBroken) {
    auto incident = test::incidentWith("web");
    incident.log.check->bad = VerifyReport::Bad{3, "its hash is not that of the line"};
    EXPECT_TRUE(has(told(incident), "first bad record: 3, its hash is not that of the line"));
    EXPECT_TRUE(has(told(incident), "BROKEN"));
    incident.log.check.reset();
    incident.log.error = "There is no log.";
    EXPECT_TRUE(has(told(incident), "- Not verified: `There is no log.`"));
    EXPECT_FALSE(has(told(incident), "SELF-CONSISTENT"));
}

TEST(Incident, ASecretFileShowsNoHashAndNoLine) {
    auto incident = test::incidentWith("web");
    for (report::IncidentMount& mount : incident.mounts)
        mount.secret = true;
    incident.log.records.clear();
    const std::string text = told(incident);
    EXPECT_FALSE(has(text, Sha256::of("new\n").hex()));
    EXPECT_FALSE(has(text, Sha256::of("old\n").hex()));
    EXPECT_TRUE(has(text, "not told: all of this file is secret"));
}

TEST(Incident, AHostThatWasNotObservedIsNamedWithItsReason) {
    EXPECT_TRUE(has(told(test::incidentWith("web")), "| `web` | not yet | `Cannot connect: web` |"));
    auto incident = test::incidentWith("web");
    incident.hosts.erase(incident.hosts.begin());
    EXPECT_TRUE(has(told(incident), "None: every host was observed."));
    incident.hosts.clear();
    EXPECT_TRUE(has(told(incident), "No host was looked at."));
}

TEST(Incident, WhatCannotBeSeenIsNotShownAsGood) {
    auto incident = test::incidentWith("web");
    incident.mounts.resize(1);
    Observation& o = incident.mounts.front().row.observation;
    o.hostSide = {"permission denied.", false, std::nullopt};
    o.containerSide = {{}, true, std::nullopt};
    incident.mounts.front().row.judgement = judge(o);
    incident.mounts.front().diff.reset();
    incident.mounts.front().noDiff = "The host did not answer.";
    const std::string text = told(incident);
    EXPECT_TRUE(has(text, "| host | – | – | – | `permission denied.` |"));
    EXPECT_TRUE(has(text, "| container | – | – | – | does not exist |"));
    EXPECT_TRUE(has(text, "`No diff: The host did not answer.`"));
    EXPECT_FALSE(has(text, "Mounts in sync"));
}

TEST(Incident, SentencesThatArePrintableStayAsTheyAre) {
    EXPECT_EQ(report::said("a\\x1b[31m").front().text, "a\\x1b[31m");
    EXPECT_EQ(report::said("a\x1b\nb\\").front().text, "a\\x1b\\nb\\");
}

TEST(Incident, ALongDiffIsCutAndSaysSo) {
    auto incident = test::incidentWith("web");
    std::string before;
    std::string after;
    for (int i = 0; i < 500; ++i) {
        before += "old " + std::to_string(i) + "\n";
        after += "new " + std::to_string(i) + "\n";
    }
    incident.mounts.front().diff = sideBySide(before, after);
    EXPECT_TRUE(has(told(incident), "Only the first 400 of 1001 lines."));
}

} // namespace
} // namespace inodeck
