#!/usr/bin/env bash
# lab_script_test.sh LAB_SCRIPT SCRATCH: what docs/lab.md promises of scripts/lab itself. SCRATCH is a directory of its own.
set -uo pipefail
lab=$1 dir=$2
[ "$(id -u)" = 0 ] || { echo "SKIPPED: the lab needs root"; exit 77; }
trap '"$lab" down "$dir" >/dev/null 2>&1; rm -rf "$dir"' EXIT
"$lab" down "$dir" || exit 1

failures=0
expect() { if "${@:2}"; then echo "ok: $1"; else echo "FAILED: $1"; failures=$((failures + 1)); fi; }
says() { grep -q -- "$1" <<<"$output"; }
processes() {
    local file count=0
    for file in /proc/[0-9]*/cmdline; do
        [[ $(tr '\0' ' ' <"$file" 2>/dev/null) == *"$dir/"* ]] && count=$((count + 1))
    done 2>/dev/null
    echo $count
}
mounts() { grep -cF -- " $dir/" /proc/self/mountinfo; }
# Without the programs or file systems named, in a mount namespace of its own.
hiding() { unshare --mount bash -c 'for p in $0; do if [ -d "$p" ]; then mount -t tmpfs none "$p"; else mount --bind /dev/null "$p"; fi; done; exec "$@"' "$@"; }

mkdir "$dir" && echo precious >"$dir/file"
output=$("$lab" up "$dir" 2>&1) && echo "FAILED: up took a directory that is no lab"
expect "up leaves a directory alone that is no lab" test "$(cat "$dir/file")" = precious
output=$("$lab" down "$dir" 2>&1) && echo "FAILED: down took a directory that is no lab"
expect "down leaves it alone too" test "$(cat "$dir/file")" = precious
rm -r "$dir"

output=$(hiding "$(command -v dockerd || echo /usr/sbin/dockerd)" "$lab" up "$dir" 2>&1)
expect "without dockerd the exit code is 77" test $? = 77
expect "and the sentence says what to do" says "'dockerd' is not installed: run scripts/setup"
expect "and is kept for the tests" grep -q "'dockerd' is not installed" "$dir/skipped"
"$lab" down "$dir"
expect "and nothing is left" test ! -e "$dir"

output=$(hiding /sys/fs/cgroup "$lab" up "$dir" 2>&1)
code=$?
expect "where containers cannot run the exit code is 77 ($code)" test $code = 77
expect "and the sentence says why: $(tail -n 1 <<<"$output")" says "containers"
expect "and no process is left" test "$(processes)" = 0
"$lab" down "$dir"

"$lab" up "$dir" 2>&1 || exit 77
kill -9 "$(cat "$dir/vm1/dockerd.pid")" "$(cat "$dir/vm1/containerd.pid")"
expect "containers outlive a killed daemon" test "$(processes)" -gt 0
output=$("$lab" up "$dir" 2>&1)
expect "up cleans what a crash has left, and works again" "$lab" status "$dir"
output=$(timeout 60 "$lab" down "$dir" 2>&1)
expect "down leaves no process" test "$(processes)" = 0
expect "and no mount" test "$(mounts)" = 0
expect "and no directory" test ! -e "$dir"
expect "twice is as good as once" "$lab" down "$dir"
[ $failures = 0 ]
