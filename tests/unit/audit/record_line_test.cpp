#include "core/audit/record_line.h"

#include <gtest/gtest.h>

#include "core/audit/verifier.h"

#include "tests/unit/audit/audit_rig.h"

using namespace inodeck;

namespace {

Envelope envelope() {
    return {newUuid(),
            42,
            std::string(64, 'a'),
            newUuid(),
            parseRfc3339("2026-02-10T09:14:03.123456Z").value(),
            "0011223344556677"};
}

ParsedRecord parsed(const std::string& line) {
    EXPECT_LE(line.size(), MaxLine);
    EXPECT_TRUE(isCanonical(line)) << line;
    const auto record = parseRecordLine(line);
    EXPECT_TRUE(record) << record.error().message;
    return record.value_or(ParsedRecord{});
}

/// Not UTF-8, no ASCII, not short: the worst that a VM can say in one string.
std::string hostile(std::size_t size) {
    std::string text;
    while (text.size() < size)
        text += "\x01\"\\\xff";
    return text;
}

} // namespace

TEST(RecordLine, ComesBackAsItWas) {
    const Envelope e = envelope();
    const RecordDraft d = fullDraft();
    const ParsedRecord back = parsed(recordLine(e, d));
    EXPECT_EQ(back.envelope.log, e.log);
    EXPECT_EQ(back.envelope.seq, 42U);
    EXPECT_EQ(back.envelope.prev, e.prev);
    EXPECT_EQ(back.envelope.id, e.id);
    EXPECT_EQ(back.envelope.ts, e.ts);
    EXPECT_EQ(back.envelope.kid, e.kid);
    // What was read writes the same line again: nothing of the draft is lost.
    EXPECT_EQ(recordLine(back.envelope, back.draft), recordLine(e, d));
    EXPECT_EQ(back.draft.reason, d.reason);
    EXPECT_EQ(back.draft.evidence.size(), 2U);
    EXPECT_TRUE(back.draft.evidence[1].host.missing);
    EXPECT_EQ(back.draft.target.startedAt, d.target.startedAt);
    ASSERT_TRUE(back.draft.result);
    EXPECT_EQ(back.draft.result->containerSha256, Sha256::of("new"));
    EXPECT_TRUE(back.draft.result->containerId.empty());
}

TEST(RecordLine, NamesTheContainerThatWasMadeInThePlaceOfTheTarget) {
    RecordDraft d = fullDraft();
    d.result->containerId = std::string(64, 'd');
    EXPECT_EQ(parsed(recordLine(envelope(), d)).draft.result->containerId, std::string(64, 'd'));
}

TEST(RecordLine, EveryType) {
    for (const RecordType type : {RecordType::Genesis, RecordType::Intent, RecordType::Outcome,
                                  RecordType::Recovered, RecordType::Refused, RecordType::HostKeyAccepted,
                                  RecordType::KeyRotate, RecordType::Export, RecordType::Reveal}) {
        RecordDraft draft;
        draft.type = type;
        EXPECT_EQ(parsed(recordLine(envelope(), draft)).draft.type, type);
        EXPECT_EQ(recordTypeFromString(toString(type)), type);
    }
    EXPECT_EQ(recordTypeFromString("Genesis"), std::nullopt);
}

TEST(RecordLine, BytesAndTheirLookalikes) {
    RecordDraft d = fullDraft();
    d.evidence[0].source = "/srv/\xff\xfe";
    d.evidence[0].destination = "\xef\xbb\xbf/bom";
    d.target.service = std::string("a\0b", 3);
    d.evidence[0].host.inode = UINT64_MAX;
    d.evidence[0].host.size = std::uint64_t{1} << 53;
    const std::string line = recordLine(envelope(), d);
    EXPECT_NE(line.find(R"("source":{"b64":"L3Nydi///g=="})"), std::string::npos) << line;
    EXPECT_NE(line.find(R"("inode":"18446744073709551615")"), std::string::npos);
    const ParsedRecord back = parsed(line);
    EXPECT_EQ(back.draft.evidence[0].source, d.evidence[0].source);
    EXPECT_EQ(back.draft.evidence[0].destination, d.evidence[0].destination);
    EXPECT_EQ(back.draft.target.service, d.target.service);
    EXPECT_EQ(back.draft.evidence[0].host.inode, UINT64_MAX);
    EXPECT_EQ(back.draft.evidence[0].host.size, std::uint64_t{1} << 53);
}

TEST(RecordLine, HmacTakesTheHashsPlace) {
    RecordDraft d = fullDraft();
    d.evidence.resize(1);
    d.evidence[0].host.hmac = Sha256::of("mac");
    d.evidence[0].secret = true;
    const std::string line = recordLine(envelope(), d);
    EXPECT_EQ(line.find(d.evidence[0].host.sha256->hex() + "\",\"size\":3}"), std::string::npos);
    const ParsedRecord back = parsed(line);
    EXPECT_EQ(back.draft.evidence[0].host.hmac, Sha256::of("mac"));
    EXPECT_FALSE(back.draft.evidence[0].host.sha256);
    EXPECT_TRUE(back.draft.evidence[0].secret);
}

TEST(RecordLine, EvidenceThatDoesNotFitIsCounted) {
    RecordDraft d = fullDraft();
    const AuditEvidence one = d.evidence[0];
    for (std::size_t mounts = 1; mounts < 120; ++mounts) {
        d.evidence.assign(mounts, one);
        const std::string line = recordLine(envelope(), d);
        const std::size_t kept = parsed(line).draft.evidence.size();
        if (kept < mounts)
            EXPECT_NE(line.find("\"evidence_left_out\":" + std::to_string(mounts - kept)), std::string::npos);
        else
            EXPECT_EQ(line.find("evidence_left_out"), std::string::npos);
    }
    EXPECT_LT(parsed(recordLine(envelope(), d)).draft.evidence.size(), 119U);
}

TEST(RecordLine, NothingMakesALineTooLong) {
    for (const std::size_t size : {100U, 1000U, 5000U, 100000U}) {
        RecordDraft d = fullDraft();
        const std::string text = hostile(size);
        d.opId = d.reason = text;
        d.actor = {text, text, text};
        d.target = {text, text, text, text, text, text, text, text, d.target.startedAt};
        for (AuditEvidence& e : d.evidence)
            e.source = e.destination = e.verdict = text;
        d.argv.assign(50, text);
        d.result->status = d.result->verdict = d.result->health = d.result->stderrTail = text;
        parsed(recordLine(envelope(), d));
        d.argv = {"docker", "restart", "web"};
        parsed(recordLine(envelope(), d));
    }
}

TEST(RecordLine, LongTextsInOtherScriptsStayText) {
    RecordDraft d = fullDraft();
    d.reason.clear();
    for (int i = 0; i < 600; ++i)
        d.reason += "é";
    d.reason.insert(0, "x"); // so that the limit falls into a character
    EXPECT_EQ(recordLine(envelope(), d).find("\"reason\":{\"b64\""), std::string::npos);
}

TEST(RecordLine, RefusesWhatIsNoRecord) {
    const std::string good = recordLine(envelope(), fullDraft());
    for (const std::string& line :
         {std::string(), std::string("{}"), std::string("[]"), std::string("x"), good.substr(1),
          good.substr(0, good.size() - 1), std::string(R"({"v":1})"), std::string("\xff")})
        EXPECT_EQ(parseRecordLine(line).error().code, ErrorCode::Protocol) << line;
    const auto changed = [&](const std::string& from, const std::string& to) {
        std::string line = good;
        line.replace(line.find(from), from.size(), to);
        return line;
    };
    EXPECT_FALSE(parseRecordLine(changed("\"v\":1", "\"v\":2")));
    EXPECT_FALSE(parseRecordLine(changed("\"type\":\"outcome\"", "\"type\":\"other\"")));
    EXPECT_FALSE(parseRecordLine(changed("\"ts\":\"2026", "\"ts\":\"x026")));
    EXPECT_EQ(parseRecordLine(std::string("{\"v\":1,\x1b[31m")).error().message.find('\x1b'),
              std::string::npos);
}

TEST(RecordLine, SignedTextIsAsSpecified) {
    EXPECT_EQ(signedText("0000", 12, "ab"), "inodeck-audit/v1\n0000\n12\nab\n");
}
