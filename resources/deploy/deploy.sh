#!/usr/bin/env bash
# Brings the compose projects `runtime` and `edge` of this folder to a VM, then has Inodeck restart what does not run on
# what the VM has now. docs/deploy.md explains it.
#
#   deploy.sh HOST [--dry-run] [OPTION…]
#
# HOST is an ssh alias, and the name of that VM in inodeck.yaml. Each OPTION goes to `inodeck reconcile`: --reason TEXT,
# --wait SECONDS, --max N, --events FILE, --json, … With --dry-run nothing is changed; what would be is shown.
# Whatever ended a deploy, an error, a lost connection or kill -9: run it again, each step does what is still to be done.
#
# Exit codes: 0 to 5 are those of `inodeck reconcile` (2 also for wrong arguments); 10 the files did not all arrive;
# 11 docker compose failed.
#
# Environment: DEPLOY_ROOT  where the projects are on the VM (/srv)
#              COMPOSE      how compose is called there (docker compose)
#              SSH_CONFIG   in place of ~/.ssh/config
#              INODECK      the program (inodeck)
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
projects=(runtime edge)
root=${DEPLOY_ROOT:-/srv}
compose=${COMPOSE:-docker compose}
inodeck=${INODECK:-inodeck}

say() { printf 'deploy: %s\n' "$*" >&2; }
fail() { local code=$1; shift; say "$*"; exit "$code"; }
usage() { sed -n '5,9s/^# \{0,3\}//p' "$here/deploy.sh" >&2; exit 2; }

dry='' options=()
for word; do
    if [ "$word" = --dry-run ]; then dry=--dry-run; else options+=("$word"); fi
done
set -- "${options[@]}"
case ${1:-} in "" | -*) usage ;; esac
host=$1
shift

# These two become words of commands: nothing in them may need quotes.
case $root in /*) ;; *) fail 2 "DEPLOY_ROOT must be an absolute path: '$root'" ;; esac
case $root${SSH_CONFIG:-} in *[!A-Za-z0-9/._-]*) fail 2 "DEPLOY_ROOT and SSH_CONFIG may hold letters, digits and /._- only" ;; esac
ssh=(ssh) inodeck_options=(--fleet "$here/inodeck.yaml")
[ -z "${SSH_CONFIG:-}" ] || { ssh+=(-F "$SSH_CONFIG"); inodeck_options+=(--ssh-config "$SSH_CONFIG"); }

# What would stop the last step is better known before the first.
command -v "$inodeck" >/dev/null || fail 2 "'$inodeck' is not installed here; nothing was done"
"$inodeck" fleet check "$here/inodeck.yaml" >/dev/null || fail 2 "inodeck.yaml is wrong; nothing was done"

# By content, without times: a fresh checkout has new times, and a file whose time is set is a changed file to whoever
# looks at ctime. No --delete: hash files and data live beside the configs.
copy() {
    rsync --recursive --links --perms --chmod=D755,F644 --checksum --itemize-changes ${dry:+--dry-run} \
        -e "${ssh[*]}" "${projects[@]/#/$here/}" "$host:$root/" >&2
}

# Creates what is missing and recreates what has a new definition or image. A changed config changes nothing here.
compose_up() { "${ssh[@]}" "$host" "cd '$root/$1' && $compose -p '$1' up -d" </dev/null >&2; }

say "1/3 copying ${projects[*]} to $host:$root"
copy || fail 10 "the files did not all arrive (rsync: exit $?); no service was touched. Run it again."

if [ -n "$dry" ]; then
    say "2/3 docker compose: left out in a dry run"
else
    for project in "${projects[@]}"; do
        say "2/3 $compose -p $project up -d"
        compose_up "$project" || fail 11 "compose could not bring up '$project' (exit $?); the files are new, no service was restarted for its config"
    done
fi

say "3/3 restarting what does not run on its config"
exec "$inodeck" reconcile "${inodeck_options[@]}" --yes-protected $dry "$host" "$@"
