# Sourced by scripts/lab: the way down. It ends processes by the pid that was written when they were started, and only
# while their command line still names this lab; so it is harmless after a crash, a reboot, or twice.

is_ours() { [ -r "/proc/$1/cmdline" ] && tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null | grep -qF -- "$dir/"; }

children_of() { cat "/proc/$1/task/$1/children" 2>/dev/null || true; }

tree_of() {
    local child
    echo "$1"
    for child in $(children_of "$1"); do tree_of "$child"; done
}

gone() { [ ! -e "/proc/$1" ] || grep -q '^State:.*Z' "/proc/$1/status" 2>/dev/null; }

# stop_daemon PIDFILE SECONDS: TERM, a bounded wait, KILL.
stop_daemon() {
    local pid
    pid=$(cat "$1" 2>/dev/null) || return 0
    [ -n "$pid" ] && is_ours "$pid" || return 0
    kill -CONT "$pid" 2>/dev/null || true
    kill -TERM "$pid" 2>/dev/null || true
    wait_for "$2" "the end of $(basename "$1" .pid) ($pid)" gone "$pid" || kill -KILL "$pid" 2>/dev/null || true
}

# sshd's sessions outlive it: they go first, with whatever they run.
stop_sshd() {
    local pid
    pid=$(cat "$1" 2>/dev/null) || return 0
    [ -n "$pid" ] && is_ours "$pid" || return 0
    # shellcheck disable=SC2046
    kill -KILL $(tree_of "$pid" | tail -n +2) 2>/dev/null || true
    stop_daemon "$1" 5
}

# Containers whose daemon died before it could stop them: the shim's arguments name the lab's containerd.
kill_shims() {
    local process pid
    for process in /proc/[0-9]*; do
        pid=${process#/proc/}
        { tr '\0' ' ' <"$process/cmdline"; } 2>/dev/null | grep -q "^[^ ]*containerd-shim.* -address $dir/" || continue
        # shellcheck disable=SC2046
        kill -KILL $(tree_of "$pid" | tac) 2>/dev/null || true
    done
}

unmount_all() {
    local target
    # Deepest first. mountinfo writes a blank as \040; this lab's own paths have none.
    awk -v prefix="$dir/" 'index($5, prefix) == 1 { print $5 }' /proc/self/mountinfo | sort -r | while read -r target; do
        umount -l -- "$(printf '%b' "$target")" 2>/dev/null || true
    done
}

tear_down() {
    local vm
    [ -e "$marker" ] || return 0
    for vm in $vms; do
        stop_sshd "$dir/$vm/sshd.pid"
        if [ -S "$dir/$vm/docker.sock" ] && timeout 5 docker -H "unix://$dir/$vm/docker.sock" version >/dev/null 2>&1; then
            docker_on "$vm" ps -aq | xargs -r timeout 60 docker -H "unix://$dir/$vm/docker.sock" rm -fv >/dev/null 2>&1 || true
        fi
    done
    for vm in $vms; do
        stop_daemon "$dir/$vm/dockerd.pid" 20
        stop_daemon "$dir/$vm/containerd.pid" 10
    done
    kill_shims
    unmount_all
    rm -rf --one-file-system "$dir"
}
