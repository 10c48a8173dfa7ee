#!/usr/bin/env bash
# deploy_test.sh DEPLOY: the example of resources/deploy, deployed to vm2 of the lab of $INODECK_LAB by its own deploy.sh:
# real rsync, ssh, compose, Docker and Caddy; Prometheus in the part of Alloy; for LiteLLM, the OpenClaw gateway and the app
# servers that read their config at their start and serve what they read (the real gateway wants a newer Node than Debian 12
# has). $INODECK is the program.
set -euo pipefail
example=$1
[ -e "$INODECK_LAB/env" ] || { echo "SKIPPED: $(cat "$INODECK_LAB/skipped" 2>/dev/null || echo no lab is up)"; exit 77; }
. "$INODECK_LAB/env"
own=$(mktemp -d)
vm=$INODECK_LAB/vm2/deploy ip=$INODECK_LAB_VM2 work=$own/deploy
export DOCKER_HOST=unix://$INODECK_LAB/vm2/docker.sock INODECK
export XDG_DATA_HOME=$own/data XDG_STATE_HOME=$own/state XDG_CONFIG_HOME=$own/config NO_COLOR=1
export DEPLOY_ROOT=$vm SSH_CONFIG=$INODECK_LAB_SSH_CONFIG
unset GITHUB_ACTIONS INODECK_AUDIT INODECK_FLEET
if docker compose version >/dev/null 2>&1; then COMPOSE="docker compose"; else COMPOSE=docker-compose; fi
export COMPOSE
watcher=
# vm2 as the other tests know it.
finish() {
    [ -z "$watcher" ] || kill "$watcher" 2>/dev/null || true
    $COMPOSE -p runtime -f "$vm/runtime/docker-compose.yml" -f "$vm/runtime/docker-compose.override.yml" down -v -t 1 >/dev/null 2>&1 || true
    $COMPOSE -p edge -f "$INODECK_LAB/vm2/srv/edge/docker-compose.yml" up -d --remove-orphans >/dev/null 2>&1 || true
    docker volume rm -f edge_caddy-data >/dev/null 2>&1 || true
    rm -rf "$own" "$vm"
}
trap finish EXIT

failures=0
ok() { printf '%4d s  ok: %s\n' $SECONDS "$1"; }
failed() { printf '%4d s  FAILED: %s\n' $SECONDS "$1"; failures=$((failures + 1)); sed 's/^/          /' "$own/out" | tail -n 40; }
expect() { if "${@:2}"; then ok "$1"; else failed "$1"; fi; }
says() { grep -qE -- "$1" "$own/out"; }
eventually() { # SECONDS COMMAND…
    local end=$((SECONDS + $1))
    until "${@:2}"; do [ $SECONDS -lt $end ] || return 1; sleep 0.05; done
}

# ---- the example, in the lab's clothes: images, addresses, paths; volumes, order and commands are its own
is_listening() { (exec 3<>"/dev/tcp/$ip/$1") 2>/dev/null; }
next=18000
free_port() { while is_listening $next; do next=$((next + 1)); done; port=$next next=$((next + 1)); }
declare -A port_of
for service in alloy litellm openclaw-gateway app caddy admin; do free_port; port_of[$service]=$port; done

dress() {
    rm -rf "$vm" && mkdir "$vm"
    cp -R "$example" "$work"
    sed -i -e "s|/srv/|$vm/|g" -e 's/name: vm1.*/name: vm2/' -e 's/caddy:2/caddy:local/' -e 's/loki: true/loki: false/' -e 's/health_timeout: 2m/health_timeout: 10m/' \
        -e "s|preset: alloy|preset: prometheus\n      url: http://$ip:${port_of[alloy]}/metrics|" "$work/inodeck.yaml"
    # Debian has promtool beside Prometheus; it stands for `alloy validate`.
    awk -v file="$vm/runtime/alloy/config.alloy" '
        /validate:.*alloy/ { print "    validate: [promtool, check, config, " file "]"; skip = 1; next }
        skip { skip = 0; next } { print }' "$work/inodeck.yaml" >"$own/inodeck.yaml"
    mv "$own/inodeck.yaml" "$work/inodeck.yaml"
    sed -i -E "s|env_file: \[[^]]*\].*|env_file: [$vm/keys.env]|" "$work/runtime/docker-compose.yml"
    touch "$vm/keys.env"
    rm -r "$work/before" "$work/systemd" "$work/github"
}

server() { # SERVICE CONFIG HEALTH_OPTIONS: "crash" ends it, "sick" makes it unhealthy, "gated" waits for /tmp/open
    local at="$ip:${port_of[$1]}"
    cat <<YAML
  $1:
    image: busybox:local
    init: false
    stop_signal: SIGKILL
    entrypoint: [sh, -c, "rm -f /tmp/open; ! grep -q crash $2 || exit 1; mkdir -p /tmp/www; cp $2 /tmp/www/loaded; exec httpd -f -p $at -h /tmp/www"]
    command: []
    healthcheck:
      test: [CMD-SHELL, "wget -q -O /tmp/seen http://$at/loaded && ! grep -q sick /tmp/seen && { ! grep -q gated /tmp/seen || test -e /tmp/open; }"]
      interval: 500ms
      timeout: 10s
      $3
YAML
}

write_overrides() {
    {
        echo "services:"
        cat <<YAML
  alloy:
    image: prometheus:local
    command: [prometheus, --config.file=/etc/alloy/config.alloy, --storage.tsdb.path=/tmp/tsdb, "--web.listen-address=$ip:${port_of[alloy]}",
      --web.enable-lifecycle, --log.level=error]
    healthcheck: {test: [CMD, wget, -q, -O, /dev/null, "http://$ip:${port_of[alloy]}/-/ready"], interval: 500ms, timeout: 10s, retries: 40}
YAML
        server litellm /app/config.yaml "start_period: 600s"
        server openclaw-gateway /etc/openclaw/openclaw.json "retries: 2"
        server app /etc/app/app.yaml "retries: 20"
    } >"$work/runtime/docker-compose.override.yml"
    cat >"$work/edge/docker-compose.override.yml" <<YAML
services:
  caddy:
    image: caddy:local
    healthcheck: {test: [CMD, wget, -q, -O, /dev/null, "http://$ip:${port_of[admin]}/config/"], interval: 500ms, timeout: 10s, retries: 40}
YAML
}

declare -A file_of=([alloy]=runtime/alloy/config.alloy [litellm]=runtime/litellm/config.yaml
    [openclaw-gateway]=runtime/openclaw/openclaw.json [app]=runtime/app/app.yaml [caddy]=edge/Caddyfile)

content() { # SERVICE TEXT
    case $1 in
        alloy) printf 'global:\n  external_labels: {release: "%s"}\nscrape_configs: []\n' "$2" ;;
        openclaw-gateway) printf '{"release": "%s"}\n' "$2" ;;
        caddy) printf '{\n\tadmin %s\n\tauto_https off\n}\n\nhttp://%s {\n\tbind %s\n\trespond "release: %s"\n}\n' \
            "$ip:${port_of[admin]}" "$ip:${port_of[caddy]}" "$ip" "$2" ;;
        *) printf 'release: "%s"\n' "$2" ;;
    esac
}
change() { content "$1" "$2" >"$work/${file_of[$1]}"; }
serving() { # SERVICE: what the process has loaded
    case $1 in
        alloy) curl -fsS --max-time 5 "http://$ip:${port_of[alloy]}/api/v1/status/config" ;;
        caddy) curl -fsS --max-time 5 "http://$ip:${port_of[caddy]}/" ;;
        *) curl -fsS --max-time 5 "http://$ip:${port_of[$1]}/loaded" ;;
    esac 2>/dev/null
}
serves() { serving "$1" | grep -qF -- "$2"; }

# ---- witnesses other than Inodeck: what dockerd says was started, and when each container was
watch_starts() {
    : >"$own/starts"
    # shellcheck disable=SC2016
    docker events --filter type=container --filter event=start --filter label=com.docker.compose.project \
        --format '{{index .Actor.Attributes "com.docker.compose.service"}}' >"$own/starts" &
    watcher=$!
}
taken=0
starts() { tail -n +$((taken + 1)) "$own/starts" | tr '\n' ' '; }
started() { # EXPECTED…: exactly these, in this order, since the last time
    local wanted="$*"
    [ -z "$wanted" ] || wanted="$wanted "
    is_wanted() { [ "$(starts)" = "$wanted" ]; }
    eventually 5 is_wanted || { echo "started instead: $(starts)" >>"$own/out"; taken=$(wc -l <"$own/starts"); return 1; }
    taken=$(wc -l <"$own/starts")
}
container() { docker ps -aq --filter "label=com.docker.compose.service=$1"; }
since() { docker inspect -f '{{.State.StartedAt}} {{.State.Pid}}' "$(container "$1")"; }

deploy() { # OPTION…: the exit code in $code, all that it said in $own/out
    code=0
    { "$work/deploy.sh" vm2 --events "$own/events" "$@" >"$own/out" 2>&1 </dev/null; } 2>/dev/null || code=$?
}
exits() { [ "$code" = "$1" ] || { echo "exit code $code" >>"$own/out"; return 1; }; }

# events STATUS SERVICE: op_ids of what the events file says of it
event_ids() { jq -r "select(.status == \"$1\" and .service == \"$2\") | .op_id" "$own/events" 2>/dev/null; }
has_event() { [ -n "$(event_ids "$@")" ]; }

. "$(dirname "$0")/deploy_cases.sh"
