# Sourced by scripts/lab: the compose projects `runtime` and `edge`, and the story that the lab tells.

write_prometheus() {
    printf 'global:\n  scrape_interval: %s\nscrape_configs:\n  - job_name: prometheus\n    static_configs:\n      - targets: ["%s"]\n' \
        "$2" "$3" >"$1"
}

write_caddyfile() {
    printf '{\n\tadmin %s\n\tauto_https off\n}\n\nhttp://%s {\n\tbind %s\n\trespond "%s"\n}\n' "$2" "$3" "${3%%:*}" "$4" >"$1"
}

# write_projects VM ADDRESS: the ports are those that choose_ports found free.
write_projects() {
    local srv=$dir/$1/srv ip=$2
    mkdir -p "$srv/runtime/www" "$srv/edge"
    echo "status: up" >"$srv/runtime/www/status.txt"
    write_prometheus "$srv/runtime/prometheus.yml" 30s "$ip:$prometheus_port"
    write_caddyfile "$srv/edge/Caddyfile" "$ip:$admin_port" "$ip:$caddy_port" "release 1"
    cat >"$srv/runtime/docker-compose.yml" <<YAML
services:
  prometheus:
    image: prometheus:local
    network_mode: host
    restart: unless-stopped
    command: [prometheus, --config.file=/etc/prometheus/prometheus.yml, --storage.tsdb.path=/tmp/tsdb,
      --web.listen-address=$ip:$prometheus_port, --web.enable-lifecycle, --log.level=warn]
    volumes: ["./prometheus.yml:/etc/prometheus/prometheus.yml:ro"]
    healthcheck: {test: [CMD, wget, -q, -O, /dev/null, "http://$ip:$prometheus_port/-/healthy"], interval: 2s, timeout: 5s, retries: 5}
  status:
    image: distroless:local
    network_mode: host
    restart: unless-stopped
    command: ["-f", "-p", "$ip:$status_port", "-h", "/www"]
    volumes: ["./www/status.txt:/www/status.txt:ro"]
    depends_on: [prometheus]
YAML
    cat >"$srv/edge/docker-compose.yml" <<YAML
services:
  caddy:
    image: caddy:local
    network_mode: host
    restart: unless-stopped
    volumes: ["./Caddyfile:/etc/caddy/Caddyfile:ro"]
    healthcheck: {test: [CMD, wget, -q, -O, /dev/null, "http://$ip:$admin_port/config/"], interval: 2s, timeout: 5s, retries: 5}
YAML
}

# compose_up VM PROJECT
compose_up() {
    compose_on "$1" -p "$2" -f "$dir/$1/srv/$2/docker-compose.yml" up -d >"$dir/$1/$2.log" 2>&1 ||
        die "docker-compose could not start the project $2 on $1: $(tail -n 3 "$dir/$1/$2.log")"
}

serves() { curl -fsS --max-time 2 -o /dev/null "$1"; }

wait_for_servers() {
    wait_for 30 "caddy on $1" serves "http://$1:$caddy_port/" || die "caddy does not answer: see $dir/*/edge.log"
    wait_for 30 "prometheus on $1" serves "http://$1:$prometheus_port/-/ready" || die "prometheus does not answer: see $dir/*/runtime.log"
}

# What a deploy does: rsync writes a temporary file and renames it over the old one. The container keeps the old inode.
deploy_by_rsync() {
    mkdir -p "$dir/deploy"
    write_prometheus "$dir/deploy/prometheus.yml" 15s "$2:$prometheus_port"
    rsync -t "$dir/deploy/prometheus.yml" "$dir/$1/srv/runtime/prometheus.yml"
}
