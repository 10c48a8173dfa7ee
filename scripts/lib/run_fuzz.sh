#!/usr/bin/env bash
# run_fuzz.sh TARGET CORPUS…: one fuzz target for $SECONDS_EACH; what it finds new is kept beside it, a crash as crash-….
set -euo pipefail
target=$1
shift
mkdir -p "$target.corpus"
exec "$target" -max_total_time="${SECONDS_EACH:-60}" -max_len=20000 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$target.crash-" "$target.corpus" "$@"
