#include "core/audit/checkpoint.h"

#include <charconv>

#include "core/audit/base64.h"
#include "core/audit/merkle.h"
#include "core/base/hex.h"
#include "core/base/text.h"

namespace inodeck {

namespace {

constexpr std::string_view OriginPrefix = "inodeck/";
constexpr std::string_view Dash = "\xe2\x80\x94 "; // EM DASH, blank
constexpr std::size_t KeyHashBytes = 4;

/// The note's key id: SHA-256(name LF 0x01 key), first four bytes (C2SP signed-note).
std::string keyHashOf(const std::string& name, std::string_view publicKey) {
    const Sha256 hash = Sha256::of(name + "\n\x01" + std::string(publicKey));
    return std::string(bytesOf(hash).substr(0, KeyHashBytes));
}

std::string bodyOf(const Checkpoint& c) {
    return std::string(OriginPrefix) + c.log + "\n" + std::to_string(c.size) + "\n" +
           base64(bytesOf(c.root)) + "\nhead " + c.head + "\n";
}

tl::unexpected<Error> noCheckpoint(const std::string& why) {
    return fail(ErrorCode::Protocol, "This is no checkpoint of an Inodeck log: " + why + ".");
}

bool isHash(std::string_view hex) {
    const auto hash = Sha256::fromHex(hex);
    return hash && hash->hex() == hex;
}

std::optional<Checkpoint> parseBody(std::string_view body) {
    Checkpoint c;
    const auto origin = takeLine(body);
    const auto size = takeLine(body);
    const auto root = takeLine(body);
    const auto head = takeLine(body);
    if (!head || !body.empty() || !origin->starts_with(OriginPrefix) || !head->starts_with("head "))
        return std::nullopt;
    c.log = origin->substr(OriginPrefix.size());
    const auto [end, problem] = std::from_chars(size->data(), size->data() + size->size(), c.size);
    const auto bytes = unbase64(*root);
    c.head = head->substr(5);
    if (problem != std::errc{} || end != size->data() + size->size() || !bytes ||
        bytes->size() != Sha256::Size || !isHash(c.head))
        return std::nullopt;
    c.root = *Sha256::fromHex(hexEncode(*bytes));
    return c;
}

} // namespace

std::string signedNote(const Checkpoint& checkpoint, const SigningKey& key) {
    const std::string body = bodyOf(checkpoint);
    const std::string name = std::string(OriginPrefix) + checkpoint.log;
    return body + "\n" + std::string(Dash) + name + " " +
           base64(keyHashOf(name, key.publicKey()) + key.sign(body)) + "\n";
}

bool SignedCheckpoint::signedBy(std::string_view publicKey) const {
    const std::string hash = keyHashOf(std::string(OriginPrefix) + checkpoint.log, publicKey);
    for (const Signature& signature : signatures)
        if (signature.keyHash == hash && verifySignature(publicKey, body, signature.bytes))
            return true;
    return false;
}

Result<SignedCheckpoint> parseSignedNote(std::string_view note) {
    if (note.size() > 65536)
        return noCheckpoint("it is larger than 64 KiB");
    const std::size_t gap = note.find("\n\n");
    if (gap == std::string_view::npos || !note.ends_with('\n'))
        return noCheckpoint(
            "a signed note has an empty line before its signatures and ends with a line feed");
    SignedCheckpoint result;
    result.body = note.substr(0, gap + 1);
    const auto checkpoint = parseBody(result.body);
    if (!checkpoint)
        return noCheckpoint("it should have the lines inodeck/<log>, size, root and head");
    result.checkpoint = *checkpoint;
    std::string_view rest = note.substr(gap + 2);
    const std::string mine = std::string(Dash) + std::string(OriginPrefix) + checkpoint->log + " ";
    while (const auto line = takeLine(rest)) {
        if (!line->starts_with(Dash))
            return noCheckpoint("a line after the empty one is no signature");
        if (!line->starts_with(mine))
            continue; // a witness's
        const auto bytes = unbase64(line->substr(mine.size()));
        if (!bytes || bytes->size() != KeyHashBytes + 64)
            return noCheckpoint("a signature is not base64 of 68 bytes");
        result.signatures.push_back({bytes->substr(0, KeyHashBytes), bytes->substr(KeyHashBytes)});
    }
    if (result.signatures.empty())
        return noCheckpoint("it is not signed");
    return result;
}

} // namespace inodeck
