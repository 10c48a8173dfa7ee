# Sourced by scripts/lab: a private sshd for each VM, and the client's side of it.

# The accounts of a "VM" beside root: what each may do is what `inodeck doctor` finds out.
#   op      in the group docker, no sudo
#   deploy  may run anything by sudo without a password
#   guest   neither
# They exist in private copies of the account files only, which the sshd sees in a mount namespace of its own.
write_accounts() {
    local at=$1 name id=64101
    mkdir -p "$at/etc"
    cp /etc/passwd /etc/group /etc/shadow "$at/etc/"
    chmod 600 "$at/etc/shadow"
    # What this machine's own root has in its .bashrc is nobody's business there.
    mkdir -p -m 700 "$at/home/root"
    sed -i -E "/^root:/s#:[^:]*(:[^:]*)\$#:$at/home/root\\1#" "$at/etc/passwd"
    for name in op deploy guest; do
        mkdir -p "$at/home/$name"
        chown $id:$id "$at/home/$name"
        echo "$name:x:$id:$id::$at/home/$name:/bin/sh" >>"$at/etc/passwd"
        echo "$name:x:$id:" >>"$at/etc/group"
        echo "$name:*:19000:0:99999:7:::" >>"$at/etc/shadow"
        id=$((id + 1))
    done
    sed -i -E '/^docker:/{s/:$/:op/;t;s/$/,op/}' "$at/etc/group"
    printf 'Defaults env_keep += "DOCKER_HOST"\nroot ALL=(ALL:ALL) ALL\ndeploy ALL=(ALL:ALL) NOPASSWD: ALL\n' >"$at/etc/sudoers"
    chmod 440 "$at/etc/sudoers"
    od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$at/etc/machine-id"
    echo >>"$at/etc/machine-id"
    chmod 444 "$at/etc/machine-id"
}

# write_ssh_client: one key, one known_hosts, one ssh_config for all VMs of this lab.
write_ssh_client() {
    mkdir -p "$dir/client"
    ssh-keygen -q -t ed25519 -N '' -C inodeck-lab -f "$dir/client/id_ed25519"
    : >"$dir/client/known_hosts"
    cat >"$dir/ssh_config" <<CONFIG
Host *
    IdentityFile $dir/client/id_ed25519
    IdentitiesOnly yes
    UserKnownHostsFile $dir/client/known_hosts
    GlobalKnownHostsFile /dev/null
    StrictHostKeyChecking yes
    BatchMode yes
CONFIG
}

alias_of() { printf 'Host %s\n    HostName %s\n    Port %s\n    User %s\n' "$@" >>"$dir/ssh_config"; }

# start_sshd VM ADDRESS PORT
start_sshd() {
    local vm=$1 ip=$2 port=$3 at=$dir/$1 name
    mkdir -p /run/sshd
    write_accounts "$at"
    ssh-keygen -q -t ed25519 -N '' -C "$vm" -f "$at/hostkey"
    cp "$dir/client/id_ed25519.pub" "$at/authorized_keys"
    cat >"$at/sshd_config" <<CONFIG
ListenAddress $ip
Port $port
HostKey $at/hostkey
PidFile none
AuthorizedKeysFile $at/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
MaxStartups 100
UseDNS no
PrintMotd no
SetEnv DOCKER_HOST=unix://$at/docker.sock
CONFIG
    start_daemon "$vm" sshd unshare --mount --propagation slave bash -c '
        for file in passwd group shadow sudoers machine-id; do
            [ ! -e "/etc/$file" ] || mount --bind "$0/etc/$file" "/etc/$file" || exit 1
        done
        exec "$1" -D -e -f "$0/sshd_config"' "$at" "$(PATH=$PATH:/usr/sbin command -v sshd)"
    echo "[$ip]:$port $(cut -d' ' -f1,2 "$at/hostkey.pub")" >>"$dir/client/known_hosts"
    alias_of "$vm" "$ip" "$port" root
    for name in op deploy guest; do
        alias_of "$vm-$name" "$ip" "$port" "$name"
    done
    wait_for 15 "sshd of $vm" while_alive "$vm" sshd ssh -F "$dir/ssh_config" "$vm" true ||
        skip "sshd does not start here: $(tail -n 1 "$at/sshd.log")"
}
