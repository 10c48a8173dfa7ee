#!/usr/bin/env bash
# podman_test.sh INODECK: a real podman in the place of docker: scan, restart and proof on this machine.
set -uo pipefail
inodeck=$1
[ "$(id -u)" = 0 ] || { echo "SKIPPED: podman's containers are run as root here"; exit 77; }
command -v podman >/dev/null || { echo "SKIPPED: 'podman' is not installed: run scripts/setup"; exit 77; }

dir=$(mktemp -d /tmp/inodeck-podman-XXXX)
export HOME=$dir XDG_DATA_HOME=$dir/data XDG_STATE_HOME=$dir/state XDG_CONFIG_HOME=$dir/config
trap '"$dir/podman" rm -f -t 0 app >/dev/null 2>&1; rm -rf "$dir"' EXIT
cat >"$dir/podman" <<PODMAN
#!/bin/sh
exec podman \$(cat $dir/runtime) --storage-driver vfs --root $dir/root --runroot $dir/run --tmpdir $dir/tmp \\
    --cgroup-manager cgroupfs --events-backend file "\$@"
PODMAN
chmod +x "$dir/podman"
mkdir -p "$dir/image/bin" "$dir/srv"
cp "$(command -v busybox)" "$dir/image/bin/busybox"
ln -s busybox "$dir/image/bin/sleep"
echo one >"$dir/srv/app.conf"

run() {
    "$dir/podman" run -d --name app --network none --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 \
        --label com.docker.compose.project=shop --label com.docker.compose.service=app \
        -v "$dir/srv/app.conf:/etc/app.conf:ro" -v "$dir/srv:/srv" inodeck-test:local sleep 1000
}
: >"$dir/runtime"
tar -C "$dir/image" -c . | "$dir/podman" import - inodeck-test:local >/dev/null || { echo "SKIPPED: podman takes no image here"; exit 77; }
# Some kernels' cgroups suit only one of the two.
if ! run; then
    "$dir/podman" rm -f app
    echo "--runtime $(command -v runc)" >"$dir/runtime"
    run || { echo "SKIPPED: podman runs no container here"; exit 77; }
fi

failures=0
expect() { if "${@:2}"; then echo "ok: $1"; else echo "FAILED: $1"; failures=$((failures + 1)); fi; }
look() { output=$("$inodeck" "$@" --docker "$dir/podman" 2>&1); code=$?; echo "$output"; }
says() { grep -qE -- "$1" <<<"$output"; }

look scan --local --all
expect "both mounts are in sync" test $code = 0
expect "and listed" says '/srv .*in_sync'
look doctor --local local
expect "doctor names the engine" says 'runtime +podman [0-9]'
echo two >"$dir/srv/new" && mv "$dir/srv/new" "$dir/srv/app.conf"
look scan --local
expect "a replaced file is stale" test $code = 1
expect "and said so" says '/etc/app.conf .*stale_inode'
look diff --local local app /etc/app.conf
expect "both sides are read" says '^-one$'
look restart --local local shop/app --reason "podman" --audit "$dir/log/audit.sqlite"
expect "it is restarted and proven" test $code = 0
expect "by podman" says 'command  .*/podman restart -t 10 [0-9a-f]{64}'
look scan --local
expect "and in sync" test $code = 0
"$dir/podman" stop -t 0 app >/dev/null
look scan --local
expect "a stopped one reads nothing" says 'not_running'
[ $failures = 0 ]
