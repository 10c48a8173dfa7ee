#!/usr/bin/env bash
# notification_test.sh PROGRAM: runs it on a display, a session bus and a notification server (dunst) of its own.
set -euo pipefail
for program in xvfb-run dbus-run-session dunst; do
    command -v $program >/dev/null || { echo "SKIPPED: no $program; scripts/setup --test installs it"; exit 77; }
done
dir=$(mktemp -d /tmp/inodeck-dunst-XXXX)
trap 'rm -rf "$dir"' EXIT
printf '[global]\n    width = (300, 900)\n    height = 400\n    stack_duplicates = false\n    history_length = 500\n    markup = full\n    font = DejaVu Sans 10\n    format = "%%s\\n%%b"\n[urgency_normal]\n    timeout = 0\n' >"$dir/dunstrc"
XDG_RUNTIME_DIR=$dir xvfb-run -a -s '-screen 0 1280x720x24' dbus-run-session -- bash -c '
    dunst -conf "$1/dunstrc" >"$1/dunst.log" 2>&1 & server=$!
    trap "kill $server 2>/dev/null" EXIT
    QT_QPA_PLATFORM=xcb "$2"' bash "$dir" "$1"
