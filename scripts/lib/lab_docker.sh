# Sourced by scripts/lab: private dockerds and the images in them. Everything lives below $dir/VM.

docker_on() { local vm=$1; shift; DOCKER_HOST=unix://$dir/$vm/docker.sock docker "$@"; }

compose_on() {
    local vm=$1; shift
    if docker compose version >/dev/null 2>&1; then
        DOCKER_HOST=unix://$dir/$vm/docker.sock docker compose "$@"
    else
        DOCKER_HOST=unix://$dir/$vm/docker.sock docker-compose "$@"
    fi
}

# start_daemon VM NAME COMMAND…: in a session of its own, holding none of our descriptors; its pid in VM/NAME.pid.
start_daemon() {
    local vm=$1 name=$2
    shift 2
    setsid -f bash -c 'echo $$ >"$0" && exec "$@"' "$dir/$vm/$name.pid" "$@" </dev/null >>"$dir/$vm/$name.log" 2>&1 9>&-
}

# while_alive VM NAME COMMAND…: for wait_for, which need not wait for a daemon that has ended. Its pid is written a moment
# after start_daemon returns.
while_alive() {
    local pid
    pid=$(cat "$dir/$1/$2.pid" 2>/dev/null)
    [ -z "$pid" ] || [ -e "/proc/$pid" ] || return 2
    shift 2
    "$@" || return 1
}

# A containerd of its own: dockerd would otherwise share the machine's, and its containers' namespace. No bridge and
# no iptables rules, so that it can stand beside the machine's own Docker; the services use the host's network.
start_docker() {
    local vm=$1 at=$dir/$1
    mkdir -p "$at/data" "$at/exec" "$at/containerd"
    cat >"$at/containerd.toml" <<TOML
version = 2
root = "$at/containerd/root"
state = "$at/containerd/state"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
[grpc]
  address = "$at/containerd.sock"
TOML
    cat >"$at/daemon.json" <<JSON
{
  "data-root": "$at/data", "exec-root": "$at/exec", "pidfile": "$at/docker.pid", "hosts": ["unix://$at/docker.sock"],
  "containerd": "$at/containerd.sock", "exec-opts": ["native.cgroupdriver=cgroupfs"], "shutdown-timeout": 3,
  "bridge": "none", "iptables": false, "ip6tables": false, "ip-forward": false, "ip-masq": false, "userland-proxy": false
}
JSON
    start_daemon "$vm" containerd containerd --config "$at/containerd.toml" --log-level warn
    wait_for 30 "containerd of $vm" while_alive "$vm" containerd test -S "$at/containerd.sock" ||
        skip "containerd does not start here: $(tail -n 1 "$at/containerd.log")"
    start_daemon "$vm" dockerd dockerd --config-file "$at/daemon.json" --log-level warn
    wait_for 45 "dockerd of $vm" while_alive "$vm" dockerd docker_on "$vm" version ||
        skip "dockerd does not start here: $(tail -n 1 "$at/dockerd.log")"
}

# layout DIR BINARY…: a small root file system with these programs and the libraries they name.
layout() {
    local to=$1 binary library
    shift
    mkdir -p "$to/etc/ssl/certs" "$to/bin" "$to/tmp" "$to/usr/bin"
    chmod 1777 "$to/tmp"
    printf 'root:x:0:0:root:/:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n' >"$to/etc/passwd"
    printf 'root:x:0:\nnogroup:x:65534:\n' >"$to/etc/group"
    [ ! -e /etc/ssl/certs/ca-certificates.crt ] || cp /etc/ssl/certs/ca-certificates.crt "$to/etc/ssl/certs/"
    for binary in "$@"; do
        cp "$binary" "$to/usr/bin/"
        for library in $(ldd "$binary" 2>/dev/null | grep -o '/[^ ]*'); do
            mkdir -p "$to$(dirname "$library")"
            cp -L "$library" "$to$library"
        done
    done
}

add_busybox() {
    local applet
    cp "$(command -v busybox)" "$1/bin/busybox"
    for applet in $("$1/bin/busybox" --list); do
        [ "$applet" = busybox ] || ln -s busybox "$1/bin/$applet"
    done
}

# Root file systems, each once: busybox and two real servers with a shell beside them, as their official images have
# one; and a distroless image: one static binary that serves files, and nothing else at all.
build_images() {
    local images=$dir/images
    layout "$images/busybox" && add_busybox "$images/busybox"
    layout "$images/caddy" "$(command -v caddy)" && add_busybox "$images/caddy"
    layout "$images/prometheus" "$(command -v prometheus)" && add_busybox "$images/prometheus"
    mkdir -p "$images/distroless"
    cp "$(command -v busybox)" "$images/distroless/httpd"
}

import_image() {
    local vm=$1 name=$2
    shift 2
    tar -C "$dir/images/$name" -c . | docker_on "$vm" import "$@" - "$name:local" >/dev/null
}

import_images() {
    local vm=$1
    import_image "$vm" busybox --change 'CMD ["sh"]'
    import_image "$vm" distroless --change 'ENTRYPOINT ["/httpd"]'
    import_image "$vm" caddy --change 'CMD ["caddy","run","--config","/etc/caddy/Caddyfile"]' \
        --change 'ENV PATH=/usr/bin:/bin XDG_DATA_HOME=/tmp XDG_CONFIG_HOME=/tmp'
    import_image "$vm" prometheus --change 'ENV PATH=/usr/bin:/bin' --change 'WORKDIR /tmp'
    docker_on "$vm" run --rm busybox:local true >"$dir/$vm/first-run.log" 2>&1 ||
        skip "dockerd runs, but containers do not: $(grep -im1 error "$dir/$vm/first-run.log")"
}
