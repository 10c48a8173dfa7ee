#!/usr/bin/env bash
# handlers.sh HOST: what followed `docker compose up -d` before Inodeck. Kept to compare with; README.md says what is
# wrong with each of them.
set -euo pipefail
host=$1

# LiteLLM: a hash gate.
restart_if_changed() { # SERVICE CONFIG_PATH HASH_FILE RESTART_COMMAND…
    local config=$2 hash_file=$3
    shift 3
    ssh "$host" "new=\$(sha256sum $config | cut -d' ' -f1)
        [ \"\$new\" = \"\$(cat $hash_file 2>/dev/null)\" ] && exit 0
        echo \"\$new\" >$hash_file
        $*"
}
restart_if_changed litellm /srv/runtime/litellm/config.yaml /srv/runtime/litellm/.config.sha256 \
    docker compose -p runtime restart litellm

# Caddy: its own reload.
ssh "$host" docker compose -p edge exec -T caddy caddy reload --config /etc/caddy/Caddyfile

# Alloy, OpenClaw gateway, app: nothing; `up -d` is thought to have done it.
