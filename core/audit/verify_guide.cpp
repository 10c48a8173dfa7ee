#include "core/audit/verify_guide.h"

namespace inodeck {

namespace {

constexpr const char* Head = R"md(# How to check this export by hand

`audit.jsonl` holds one record a line: RFC 8785 JSON, signed as it stands. You need `openssl` 3, `sha256sum`, `awk`, `base64`
and a shell; run the lines in this folder. `inodeck audit verify .` checks the same, and more.
)md";

constexpr const char* Chain = R"md(
## Each record names the hash of the one before

    prev=$(printf '0%.0s' $(seq 64)); n=0
    while IFS= read -r line; do
        case $line in *"\"prev\":\"$prev\""*) ;; *) echo "record $n DOES NOT LINK"; break ;; esac
        prev=$(printf '%s' "$line" | sha256sum | cut -d' ' -f1); n=$((n+1))
    done < audit.jsonl
    echo "$n records, head $prev"
)md";

constexpr const char* Signatures = R"md(
## Each record is signed (Ed25519)

A `<kid>.pem` file belongs to this log if the genesis record (seq 0) or a `key_rotate` record, signed by a key that was valid
then, names it: `kid` is the first 16 hex digits of the SHA-256 of its 32 bytes.

    paste -d' ' audit.sig audit.jsonl | while IFS=' ' read -r seq sig line; do
        log=$(printf '%s' "$line" | sed 's/.*,"log":"\([0-9a-f-]*\)","op_id":.*/\1/')
        kid=$(printf '%s' "$line" | sed 's/.*,"kid":"\([0-9a-f]*\)","log":.*/\1/')
        hash=$(printf '%s' "$line" | sha256sum | cut -d' ' -f1)
        printf 'inodeck-audit/v1\n%s\n%s\n%s\n' "$log" "$seq" "$hash" > msg
        printf '%s' "$sig" | base64 -d > sig
        openssl pkeyutl -verify -pubin -inkey "$kid.pem" -rawin -in msg -sigfile sig > out || echo "record $seq BAD SIGNATURE"
    done; rm -f msg sig out
)md";

constexpr const char* Checkpoint = R"md(
## The checkpoint

The first four lines of `checkpoint` say: log, number of records, RFC 6962 root, hash of the last of these records. They are
signed; compare the file with one that was kept elsewhere (a CI artifact, a log server): a log that was cut or rewritten later
cannot have it.

    sed '/^$/,$d' checkpoint > note
    sed '1,/^$/d' checkpoint | awk '{ print $3 }' | base64 -d | tail -c 64 > sig
    for key in *.pem; do openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in note -sigfile sig 2> /dev/null && echo "by $key"; done; rm -f note sig
)md";

constexpr const char* CheckpointHead = R"md(
The `head` in it must be the head that the first step printed.
)md";

constexpr const char* Proofs = R"md(
## These are chosen records

The records between them are not here, so the links cannot be followed. `proofs` holds for each record the inclusion proof
(RFC 6962, section 2.1.1) that leads from it to the root in `checkpoint`: hash the line with a 0x00 byte before it, then with
each hash of its row and a 0x01 byte before the pair; the hash goes on the right where the record lies in the left half.
`inodeck audit verify .` does it. That the choice is complete, nothing here can prove.
)md";

} // namespace

std::string verifyGuide(bool complete, bool hasCheckpoint) {
    std::string text = Head;
    if (complete)
        text += Chain;
    text += Signatures;
    if (hasCheckpoint)
        text += Checkpoint;
    if (hasCheckpoint && complete)
        text += CheckpointHead;
    if (!complete)
        text += Proofs;
    return text;
}

} // namespace inodeck
