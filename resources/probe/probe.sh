# The Inodeck probe, format 1 (docs/probe.md): POSIX sh on stdin, nothing is written on the VM. The program prepends
#   run_docker() { <docker command> "$@" </dev/null; }   bound_docker() { the same under a time limit }
#   hash_limit=<bytes>   only=<container ids, or nothing>   look=<the text of look.sh>
#   read_side=<h, c or nothing>   read_source=x<hex>   read_destination=x<hex>   read_limit=<bytes>
# Every name from Docker arrives as hex and stays data. No here-documents: bash keeps them in a file. `main` is called by the last line, so that all is read before it runs.

# Docker's answer, a line each ($c, as podman's $ is all containers): "container {json}", then "mount ID PID RUNNING RW xSOURCE xDESTINATION" (hex).
template='{{$c := .}}container {"id":{{json .ID}},"name":{{json .Name}},"image":{{json .Config.Image}},"image_id":{{json .Image}},"status":{{json .State.Status}},"running":{{json .State.Running}},"pid":{{json .State.Pid}},"started_at":{{json .State.StartedAt}},"health":{{with .State.Health}}{{json .Status}}{{else}}""{{end}},"restart_policy":{{json .HostConfig.RestartPolicy.Name}},"ports":{{json .NetworkSettings.Ports}},"project":{{json (index .Config.Labels "com.docker.compose.project")}},"service":{{json (index .Config.Labels "com.docker.compose.service")}},"depends_on":{{json (index .Config.Labels "com.docker.compose.depends_on")}},"working_dir":{{json (index .Config.Labels "com.docker.compose.project.working_dir")}},"config_files":{{json (index .Config.Labels "com.docker.compose.project.config_files")}}}
{{range .Mounts}}{{if eq .Type "bind"}}mount {{$c.ID}} {{$c.State.Pid}} {{$c.State.Running}} {{.RW}} x{{printf "%x" .Source}} x{{printf "%x" .Destination}}
{{end}}{{end}}'

starttime='
function starttime(pid,   file, line, rest, f) {
    file = "/proc/" pid "/stat"; line = ""
    if ((getline line < file) <= 0) line = ""
    close(file)
    while ((rest = index(line, ")")) > 0) line = substr(line, rest + 1)
    split(line, f, " ")
    return f[20] == "" ? 0 : f[20]
}'

# Reads Docker's lines. Prints "proc ID PID STARTTIME OK" for each container and, for the shell, a line of work for each mount:
# "work N ID PID MNT_ID ROOT SOURCE DESTINATION", bytes as `printf %b` takes them; MNT_ID 0: no mount point of that name.
plan=$starttime'
function bytes(hex,   i, out) { out = ""; for (i = 1; i < length(hex); i += 2) out = out char[substr(hex, i, 2)]; return out }
function escaped(hex,   i, out) { out = ""; for (i = 1; i < length(hex); i += 2) out = out safe[substr(hex, i, 2)]; return out }
function unescape(field,   out, at) {   # the \040 of /proc/PID/mountinfo
    out = ""
    while ((at = index(field, "\\")) > 0) {
        out = out substr(field, 1, at - 1) octal[substr(field, at + 1, 3)]
        field = substr(field, at + 4)
    }
    return out field
}
function look(id, pid,   file, line, f, ours, at) {   # fills mount_of[destination], root_of[destination]
    split("", mount_of); split("", root_of); ours = 0
    file = "/proc/" pid "/cgroup"
    while ((getline line < file) > 0) if (index(line, id)) ours = 1
    close(file)
    file = "/proc/" pid "/mountinfo"
    while ((getline line < file) > 0) {
        split(line, f, " ")
        at = index(f[5], "\\") ? unescape(f[5]) : f[5]
        mount_of[at] = f[1]; root_of[at] = f[4]
        if (index(f[4], id)) ours = 1
    }
    close(file)
    return ours
}
BEGIN {
    digits = "0123456789abcdef"
    for (i = 1; i < 256; i++) {
        h = substr(digits, int(i / 16) + 1, 1) substr(digits, i % 16 + 1, 1)
        o = int(i / 64) int(i / 8) % 8 i % 8
        char[h] = sprintf("%c", i); octal[o] = char[h]
        safe[h] = (char[h] ~ /^[A-Za-z0-9_.\/-]$/) ? char[h] : "\\0" o
    }
    n = 0
}
$1 == "mount" && ENVIRON["WANTED"] == $6 $7 { print "wanted", n }
$1 == "mount" {
    if ($2 != last) {
        last = $2; start = 0; ours = 0; split("", mount_of); split("", root_of)
        if ($4 == "true" && $3 + 0 > 0) { start = starttime($3); ours = look($2, $3) }
        print "proc", $2, $3, start, ours
    }
    destination = bytes(substr($7, 2))
    id = (ours && (destination in mount_of)) ? mount_of[destination] : 0
    root = id ? root_of[destination] : "-"
    print "work", n++, $2, $3, ($4 == "true" ? (ours ? id : -1) : -2), root, escaped(substr($6, 2)) "=", escaped(substr($7, 2)) "="
}
END { print "rows", n }'

# What runs inside a container where we may not look from outside: $1 is the hash limit, then the destinations.
inside='limit=$1; shift; n=0
for path in "$@"; do
    facts=$(stat -L -c "%d %i %s %f %z" "$path" 2>/dev/null) || facts=
    if [ -z "$facts" ]; then
        if command -v stat >/dev/null 2>&1; then echo "E $n missing"; else echo "E $n tool"; fi
    else
        echo "S $n $facts"
        size=${facts#* }; size=${size#* }; size=${size%% *}
        if [ -f "$path" ]; then
            if [ "$size" -gt "$limit" ]; then echo "L $n"
            else
                sum=$(sha256sum <"$path") && echo "H $n ${sum%% *}"
                [ "$(stat -L -c "%d %i %s %f %z" "$path" 2>/dev/null)" = "$facts" ] || echo "C $n"
            fi
        fi
    fi
    n=$((n + 1))
done'

# Plain ASCII costs no process.
hex() {
    case $1 in *[!A-Za-z0-9_.:,/+\(\)\"\ -]*) printf %s "$1" | od -An -v -tx1 | tr -d ' \n'; return ;; esac
    left=$1
    while [ -n "$left" ]; do
        printf %02x "'${left%"${left#?}"}"
        left=${left#?}
    done
}
decode() { decoded=$(printf '%b' "$1"; echo =); decoded=${decoded%??}; } # $1 ends in "=", which keeps trailing newlines

# look_at both|host: the sides of all rows, by look.sh under a time limit. Where it does not end in time it goes on row by row;
# a row that does not end then is given up, and a container with two of them is left alone.
look_at() {
    from=0 each= hung= avoid=
    while :; do
        said=$(printf '%s\n' "$work" | $limit8 sh -c "$look" sh "$1" "$hash_limit" "$from" "$each" "$avoid" 2>/dev/null)
        code=$?
        printf '%s\n' "$said"
        case $said in *'@ end') return 0 ;; esac
        at=${said##*@ }
        [ "$at" != "$said" ] || return 0
        from=${at%% *} cid=${at#* }
        [ "$code" != 0 ] || continue # it has worked for its time; the next one goes on
        if [ -z "$each" ]; then each=yes; continue; fi
        echo "T ${from}h"
        echo "T ${from}c"
        from=$((from + 1))
        case "$hung " in *" $cid "*) avoid="$avoid $cid" ;; esac
        hung="$hung $cid"
    done
}

# exec_sides ID NUMBERS DESTINATION…: the container's sides by `docker exec`, for members of the group docker.
# Functions share the caller's variables: none of the loop in look_from_inside may be set here.
exec_sides() {
    inner=$1 rows=$2
    shift 2
    answer=$(bound_docker exec -u 0 "$inner" sh -c "$inside" sh "$hash_limit" "$@" 2>/dev/null | head -c 65536) || answer=
    for row in $rows; do echo "X ${row}c"; done
    printf '%s\n' "$answer" | while read -r kind index rest; do
        case $kind in [SHLCE]) ;; *) continue ;; esac
        i=0
        for row in $rows; do
            [ "$i" != "$index" ] || printf '%s %sc %.200s\n' "$kind" "$row" "$rest"
            i=$((i + 1))
        done
    done
}

# The container's sides for members of the group docker.
look_from_inside() {
    current= numbers=
    set --
    printf '%s\n' "$work" | {
        while read -r word n cid pid id root source destination; do
            [ "$word" = work ] && [ "$id" != -2 ] || continue
            if [ "$cid" != "$current" ]; then
                [ -z "$current" ] || exec_sides "$current" "$numbers" "$@"
                current=$cid numbers=
                set --
            fi
            decode "$destination"
            numbers="$numbers $n"
            set -- "$@" "$decoded"
        done
        [ -z "$current" ] || exec_sides "$current" "$numbers" "$@"
    }
}

# The start times once more: a process that is another one now was raced.
again() {
    printf '%s\n' "$work" | awk "$starttime"'
$1 == "proc" { print "again", $2, starttime($3) }'
}

# One side's content for a diff, after the line "content".
read_content() {
    if [ "$read_side" = h ] || [ "$uid" = 0 ]; then
        printf '%s\n' "$work" | $limit8 sh -c "$look" sh read "$read_limit" "$read_number" "$read_side"
        return
    fi
    printf '%s\n' "$work" | while read -r word n cid pid id root source destination; do
        [ "$word" = work ] && [ "$n" = "$read_number" ] || continue
        decode "$destination"
        echo content
        bound_docker exec -u 0 "$cid" head -c "$read_limit" "$decoded"
        break
    done
}

# Containers that Docker listed and did not describe, though they are still there.
undescribed() {
    still=$(run_docker ps -aq --no-trunc 2>/dev/null) || still=$ids
    lost=
    for id in $ids; do
        case $still in *"$id"*) ;; *) continue ;; esac
        case $answer in *"container {\"id\":\"$id\""*) ;; *) lost="$lost $id" ;; esac
    done
}

# Who and where we are, and which runtime.
about() {
    read -r uptime rest </proc/uptime
    printf 'clock %s %s\nmachine x' "$(date +%s.%N)" "$uptime"
    machine=
    { read -r machine </etc/machine-id; } 2>/dev/null
    hex "$machine"
    me=$(id) # uid=1000(ops) gid=…
    me=${me#"uid=$uid"}
    case $me in "("*) me=${me#?} me=${me%%)*} ;; *) me=$uid ;; esac
    printf '\nuser %s %s x' "$uid" "${INODECK_SUDO:-0}"
    hex "${SUDO_USER:-$me}"
    os= kernel=
    if [ -f /etc/os-release ] && [ -r /etc/os-release ]; then
        while read -r line || [ -n "$line" ]; do
            case $line in PRETTY_NAME=*) os=${line#*=} ;; esac
            line=
        done </etc/os-release
    fi
    [ ! -r /proc/sys/kernel/osrelease ] || read -r kernel </proc/sys/kernel/osrelease
    [ ${#os} -le 200 ] || os=
    printf '\nsystem x%s\n' "$(hex "$kernel $os")"
    v=$(run_docker version --format '{{.Server.Version}} {{range .Server.Components}}{{.Name}},{{end}}' 2>/dev/null) || {
        v=$(run_docker --version 2>/dev/null) # the client: podman needs no server, and docker's is not the engine
        case $v in podman*) v="${v##* } Podman" ;; *) v= ;; esac
    }
    printf 'runtime x%s\n' "$(hex "$v")"
}

# What Docker said, the processes, and $work.
describe() {
    for id in $lost; do echo "undescribed $id"; done
    printf '%s\n' "$answer"
    work=$(printf '%s\n' "$answer" | WANTED=$read_source$read_destination awk "$plan")
    # Split by the shell: its `read` takes one byte at a time.
    IFS='
'
    set -- $work
    unset IFS
    for line; do
        case $line in
            'proc '*) printf '%s\n' "$line" ;;
            'wanted '*) read_number=${line#* } ;;
            'rows '*) count=${line#* } ;;
        esac
    done
}

# Its stdin is what about() says, which goes out once nothing else can come between.
observe() {
    ids=$only
    if [ -z "$ids" ] && ! ids=$(run_docker ps -aq --no-trunc 2>&1); then
        cat
        echo "no_docker x$(hex "$(printf '%.400s' "$ids")")"
        echo "end 0"
        return
    fi
    answer= lost=
    [ -z "$ids" ] || answer=$(run_docker inspect --type container --format "$template" $ids 2>/dev/null) || undescribed
    if [ -n "$lost" ] && [ -z "$answer" ]; then
        why=$(run_docker inspect --type container --format "$template" $ids 2>&1 >/dev/null)
        echo "no_inspect x$(hex "$(printf '%.400s' "$why")")"
        lost=
    fi
    if [ -n "$read_side" ]; then
        cat
        describe
        read_content
        return
    fi
    describe
    if [ "$uid" = 0 ]; then look_at both; else look_at host; look_from_inside; fi
    again
    cat
    echo "end $count"
}

main() {
    LC_ALL=C TZ=UTC0 PATH=${PATH:+$PATH:}/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
    export LC_ALL TZ PATH
    set -f
    limit8= read_number= count=0
    command -v timeout >/dev/null && limit8='timeout 8'
    echo 'inodeck-probe 1'
    uid=${inodeck_uid:-$(id -u)}
    about | observe
}
main
