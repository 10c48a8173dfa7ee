#include "core/audit/verify_guide.h"

namespace inodeck {

namespace {

constexpr const char* Head = R"md(# How to check this export by hand

`audit.jsonl` holds one record a line: RFC 8785 JSON, signed as it stands. You need `openssl` 3, `sha256sum`, `awk`, `base64`
and a POSIX shell; run the lines in this folder, one block after the other. What is wrong is said in CAPITALS.
The files `msg`, `note`, `sig` and `out` are left over.
`inodeck audit verify .` checks the same, and more.
)md";

constexpr const char* Keys = R"md(
## The keys

A `<kid>.pem` belongs to this log if a record names it; `kid` is the first 16 hex digits of the SHA-256 of its 32 bytes.

    for pem in *.pem; do
        key=$(awk 'NR == 2 { print substr($0, 17) }' "$pem")
        kid=$(printf '%s' "$key" | base64 -d | sha256sum | awk '{ print substr($1, 1, 16) }')
        [ "$kid.pem" = "$pem" ] || echo "$pem IS ANOTHER KEY"
        awk -v key="\"public\":\"$key\"" 'index($0, key) { found = 1 } END { exit !found }' audit.jsonl || echo "$pem IS NAMED BY NO RECORD"
    done
)md";

constexpr const char* Chain = R"md(
## Each record names the hash of the one before

    prev=$(printf '%064d' 0); n=0
    while IFS= read -r line; do
        case $line in *",\"prev\":\"$prev\","*) ;; *) echo "record $n DOES NOT LINK" ;; esac
        prev=$(printf '%s' "$line" | sha256sum | awk '{ print $1 }'); n=$((n+1))
    done < audit.jsonl
    echo "$n records, head $prev"
)md";

constexpr const char* Signatures = R"md(
## Each record is signed (Ed25519), by a key that may sign it

The genesis record (seq 0) names its own key. A `key_rotate` record names one more for the records after it, and may retire
one. Nothing else is kept of a key.

    allowed=' '; exec 3< audit.sig
    while IFS= read -r line; do
        IFS=' ' read -r seq sig <&3 || { echo "A SIGNATURE IS MISSING"; break; }
        log=${line#*,\"log\":\"}; log=${log%%\"*}; kid=${line#*,\"kid\":\"}; kid=${kid%%\"*}; new=; old=
        case $line in *',"key":{'*)
            new=${line#*\"public\":\"}; new=$(printf '%s' "${new%%\"*}" | base64 -d | sha256sum | awk '{ print substr($1, 1, 16) }')
            old=${line#*\"retires\":\"}; old=${old%%\"*} ;;
        esac
        [ "$seq" != 0 ] || { allowed=" $new "; new=; }
        case $line in *",\"seq\":$seq,"*) ;; *) echo "record $seq IS ANOTHER RECORD" ;; esac
        case $allowed in *" $kid "*) ;; *) echo "record $seq IS SIGNED BY A KEY THAT MAY NOT" ;; esac
        hash=$(printf '%s' "$line" | sha256sum | awk '{ print $1 }')
        printf 'inodeck-audit/v1\n%s\n%s\n%s\n' "$log" "$seq" "$hash" > msg
        printf '%s' "$sig" | base64 -d > sig
        openssl pkeyutl -verify -pubin -inkey "$kid.pem" -rawin -in msg -sigfile sig > out 2>&1 || echo "record $seq HAS A BAD SIGNATURE"
        [ -z "$new" ] || allowed="$allowed$new "
        [ -z "$old" ] || allowed="${allowed%% $old *} ${allowed#* $old }"
    done < audit.jsonl
    ! IFS= read -r sig <&3 || echo "A RECORD IS MISSING"
)md";

constexpr const char* Checkpoint = R"md(
## The checkpoint

The first four lines of `checkpoint` say: log, number of records, RFC 6962 root, hash of the last of these records. They are
signed; compare the file with one that was kept elsewhere (a CI artifact, a log server): a log that was cut or rewritten later
cannot have it. The 64 bytes of the signature stand behind 4 others, hence the shifting.

    awk '/^$/ { exit } { print }' checkpoint > note
    awk 'past { s = $3; c = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (i = 6; i <= 91; i++) t = t substr(c, (index(c, substr(s, i, 1)) - 1) % 16 * 4 + int((index(c, substr(s, i + 1, 1)) - 1) / 16) + 1, 1)
        print t "=="; exit } /^$/ { past = 1 }' checkpoint | base64 -d > sig
    by=; for pem in *.pem; do openssl pkeyutl -verify -pubin -inkey "$pem" -rawin -in note -sigfile sig > out 2>&1 && by=$pem; done
    echo "checkpoint signed by ${by:-NOBODY WHOSE KEY IS HERE}"
)md";

constexpr const char* CheckpointHead = R"md(
Its size and head must be those of the chain above:

    awk -v n="$n" -v head="head $prev" 'NR == 2 && $0 != n || NR == 4 && $0 != head { print "THE CHECKPOINT IS OF OTHER RECORDS"; exit }' checkpoint
)md";

constexpr const char* Proofs = R"md(
## These are chosen records

The records between them are not here, so the links cannot be followed. `proofs` holds for each record the inclusion proof
(RFC 6962, section 2.1.1) that leads from it to the root in `checkpoint`. That the choice is complete, nothing here can prove.

    hashed() { printf "$(awk -v hex="$1" 'BEGIN { d = "0123456789abcdef"
        for (i = 1; i < length(hex); i += 2) printf "\\%03o", index(d, substr(hex, i, 1)) * 16 - 16 + index(d, substr(hex, i + 1, 1)) - 1 }')"; }
    root=$(awk 'NR == 3' checkpoint); size=$(awk 'NR == 2' checkpoint); proven=0; exec 3< proofs
    while IFS= read -r line; do
        IFS=' ' read -r seq path <&3
        case $line in *",\"seq\":$seq,"*) ;; *) echo "record $seq HAS NO PROOF" ;; esac
        r=$({ printf '\000'; printf '%s' "$line"; } | sha256sum | awk '{ print $1 }'); at=$seq; last=$((size-1))
        for p in $path; do
            if [ $((at%2)) = 1 ] || [ $at = $last ]; then
                r=$(hashed "01$p$r" | sha256sum | awk '{ print $1 }')
                while [ $((at%2)) = 0 ] && [ $at != 0 ]; do at=$((at/2)); last=$((last/2)); done
            else
                r=$(hashed "01$r$p" | sha256sum | awk '{ print $1 }')
            fi
            at=$((at/2)); last=$((last/2))
        done
        if [ $last = 0 ] && [ "$(hashed "$r" | base64)" = "$root" ]; then proven=$((proven+1)); else echo "record $seq IS NOT PROVEN"; fi
    done < audit.jsonl
    echo "$proven records proven"
)md";

} // namespace

std::string verifyGuide(bool complete, bool hasCheckpoint) {
    std::string text = Head;
    text += Keys;
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
