# Sourced by the scripts of this folder: what they say, and how they wait.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
me=$(basename "$0")

say() { printf '%s: %s\n' "$me" "$*" >&2; }
die() { say "$*"; exit 1; }

# wait_for SECONDS WHAT COMMAND…: until the command succeeds, or gives up with status 2. The bound is real time, not a
# number of tries.
wait_for() {
    local seconds=$1 what=$2 end code
    shift 2
    end=$(($(date +%s) + seconds))
    while :; do
        code=0
        "$@" >/dev/null 2>&1 || code=$?
        [ $code != 0 ] || return 0
        [ $code != 2 ] || return 1
        if [ "$(date +%s)" -ge "$end" ]; then
            say "waited $seconds s for $what, in vain"
            return 1
        fi
        sleep 0.05
    done
}

# Whether this program can be run; `command -v` alone also names files that cannot.
have() { [ -x "$(command -v "$1" 2>/dev/null)" ]; }

# as_root COMMAND…: as it is for root, else by sudo; without a terminal sudo must not ask.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

can_be_root() {
    [ "$(id -u)" = 0 ] || { have sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}
