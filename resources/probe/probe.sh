# The Inodeck probe, format 1 (docs/probe.md): POSIX sh on stdin, nothing is written on the VM. The program prepends
#   run_docker() { <docker command> "$@" </dev/null; }   bound_docker() { the same under a time limit }
#   hash_limit=<bytes>   only=<container ids, or nothing>
#   read_side=<h, c or nothing>   read_source=x<hex>   read_destination=x<hex>   read_limit=<bytes>
# Every name from Docker arrives as hex and stays data. `main` is called by the last line, so that all is read before it runs.

# Docker's answer, a line each: "container {json}", then "mount ID PID RUNNING RW xSOURCE xDESTINATION" (hex).
template='container {"id":{{json .ID}},"name":{{json .Name}},"image":{{json .Config.Image}},"image_id":{{json .Image}},"status":{{json .State.Status}},"running":{{json .State.Running}},"pid":{{json .State.Pid}},"started_at":{{json .State.StartedAt}},"health":{{with .State.Health}}{{json .Status}}{{else}}""{{end}},"restart_policy":{{json .HostConfig.RestartPolicy.Name}},"ports":{{json .NetworkSettings.Ports}},"project":{{json (index .Config.Labels "com.docker.compose.project")}},"service":{{json (index .Config.Labels "com.docker.compose.service")}},"depends_on":{{json (index .Config.Labels "com.docker.compose.depends_on")}},"working_dir":{{json (index .Config.Labels "com.docker.compose.project.working_dir")}},"config_files":{{json (index .Config.Labels "com.docker.compose.project.config_files")}}}
{{range .Mounts}}{{if eq .Type "bind"}}mount {{$.ID}} {{$.State.Pid}} {{$.State.Running}} {{.RW}} x{{printf "%x" .Source}} x{{printf "%x" .Destination}}
{{end}}{{end}}'

# Reads Docker's lines. Prints "proc ID PID STARTTIME OK" for each container and, for the shell, a line of work for each mount:
# "work N ID PID MNT_ID ROOT SOURCE DESTINATION", bytes as `printf %b` takes them; MNT_ID 0: no mount point of that name.
plan='
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
function starttime(pid,   file, line, rest, f) {
    file = "/proc/" pid "/stat"; line = ""
    if ((getline line < file) <= 0) line = ""
    close(file)
    while ((rest = index(line, ")")) > 0) line = substr(line, rest + 1)
    split(line, f, " ")
    return f[20] == "" ? 0 : f[20]
}
function look(id, pid,   file, line, f, ours) {   # fills mount_of[destination], root_of[destination]
    split("", mount_of); split("", root_of); ours = 0
    file = "/proc/" pid "/cgroup"
    while ((getline line < file) > 0) if (index(line, id)) ours = 1
    close(file)
    file = "/proc/" pid "/mountinfo"
    while ((getline line < file) > 0) {
        split(line, f, " ")
        mount_of[unescape(f[5])] = f[1]; root_of[unescape(f[5])] = f[4]
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
}'

# The mount id and root of the mount point that $R of process $P is, "0 -" if it is none.
find_mount='
function unescape(field,   out, at) {
    out = ""
    while ((at = index(field, "\\")) > 0) {
        out = out substr(field, 1, at - 1) octal[substr(field, at + 1, 3)]
        field = substr(field, at + 4)
    }
    return out field
}
BEGIN {
    for (i = 1; i < 256; i++) octal[int(i / 64) int(i / 8) % 8 i % 8] = sprintf("%c", i)
    id = 0; root = "-"; file = "/proc/" ENVIRON["P"] "/mountinfo"
    while ((getline line < file) > 0) {
        split(line, f, " ")
        if (unescape(f[5]) == ENVIRON["R"]) { id = f[1]; root = f[4] }
    }
    print id, root
}'

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
            else sum=$(sha256sum <"$path") && echo "H $n ${sum%% *}"; fi
        fi
    fi
    n=$((n + 1))
done'

hex() { printf %s "$1" | od -An -v -tx1 | tr -d ' \n'; }
decode() { decoded=$(printf '%b' "$1"; echo =); decoded=${decoded%??}; } # $1 ends in "=", which keeps trailing newlines

# The destination $2 inside root $1 with symbolic links followed by hand, since the kernel would follow them out of the
# container: sets $resolved.
resolve() {
    rest=${2#/}/ resolved= hops=0
    while [ -n "$rest" ]; do
        part=${rest%%/*} rest=${rest#*/}
        case $part in
            '' | .) ;;
            ..) resolved=${resolved%/*} ;;
            *)
                if [ -L "$1$resolved/$part" ]; then
                    hops=$((hops + 1))
                    [ "$hops" -le 40 ] || return 1
                    link=$(readlink "$1$resolved/$part"; echo =) || return 1
                    link=${link%??}
                    case $link in /*) resolved= ;; esac
                    rest=$link/$rest
                else
                    resolved=$resolved/$part
                fi ;;
        esac
    done
}

# No component of $2 below root $1 is a symbolic link.
plain_path() {
    rest=${2#/}/ walked=$1
    while [ -n "$rest" ]; do
        walked=$walked/${rest%%/*} rest=${rest#*/}
        [ ! -L "$walked" ] || return 1
    done
}

# $1 does not exist: because it is not there ("missing"), or because we may not look ("denied").
why_absent() {
    above=$1
    while [ -n "$above" ] && [ ! -e "$above" ]; do above=${above%/*}; done
    if [ -d "${above:-/}" ] && [ ! -x "${above:-/}" ]; then absent=denied; else absent=missing; fi
}

# A side is named by its number and h (host) or c (container). Only files and directories are opened; the batch holds
# "FD SIDE" pairs that are read together: dash knows descriptors up to 9.
flush() {
    [ -n "$batch" ] || return 0
    set -- $batch
    names= sides=
    while [ $# -gt 0 ]; do
        names="$names /proc/self/fd/$1" sides="$sides$1=$2 "
        shift 2
    done
    facts=$(stat -L -c '%n %d %i %s %f %z' $names 2>/dev/null)
    tohash=
    while read -r name dev inode size mode ctime; do
        fd=${name#/proc/self/fd/}
        case $fd in [3-9]) ;; *) continue ;; esac
        side=${sides#*"$fd="} side=${side%% *}
        echo "S $side $dev $inode $size $mode $ctime"
        case $mode in 8???)
            if [ "$size" -gt "$hash_limit" ]; then echo "L $side"; else tohash="$tohash $name"; fi ;;
        esac
    done <<FACTS
$facts
FACTS
    if [ -n "$tohash" ]; then
        sums=$($limit10 sha256sum $tohash 2>/dev/null </dev/null)
        while read -r sum name; do
            fd=${name#/proc/self/fd/}
            case $fd in [3-9]) ;; *) continue ;; esac
            side=${sides#*"$fd="}
            echo "H ${side%% *} $sum"
        done <<SUMS
$sums
SUMS
    fi
    exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-
    batch= next=3
}

# open_side SIDE PATH MNT_ID: MNT_ID 0 means any (the host's side).
open_side() {
    case $next in
        3) command exec 3<"$2" ;; 4) command exec 4<"$2" ;; 5) command exec 5<"$2" ;; 6) command exec 6<"$2" ;;
        7) command exec 7<"$2" ;; 8) command exec 8<"$2" ;; 9) command exec 9<"$2" ;;
    esac 2>/dev/null || { echo "E $1 denied"; return 0; }
    if [ "$3" != 0 ]; then
        got=
        while read -r key value; do
            [ "$key" != mnt_id: ] || got=$value
        done </proc/self/fdinfo/$next
        [ "$got" = "$3" ] || { echo "E $1 other_mount"; close_one; return 0; }
    fi
    batch="$batch $next $1" next=$((next + 1))
    [ $next -le 9 ] || flush
}
close_one() {
    case $next in
        3) exec 3<&- ;; 4) exec 4<&- ;; 5) exec 5<&- ;; 6) exec 6<&- ;; 7) exec 7<&- ;; 8) exec 8<&- ;; 9) exec 9<&- ;;
    esac
}

# by_path SIDE PATH: what cannot be opened without waiting or without effect (sockets, pipes, devices) is only looked at.
by_path() {
    facts=$(stat -L -c '%d %i %s %f %z' "$2" 2>/dev/null) || facts=
    if [ -n "$facts" ]; then echo "S $1 $facts"; else echo "E $1 denied"; fi
}

host_side() {
    if [ -f "$2" ] || [ -d "$2" ]; then open_side "$1h" "$2" 0
    elif [ -e "$2" ]; then by_path "$1h" "$2"
    else why_absent "$2"; echo "E $1h $absent"
    fi
}

# container_side N PID MNT_ID ROOT DESTINATION
container_side() {
    top=/proc/$2/root path=$5 id=$3 mount_root=$4
    if [ "$id" = 0 ]; then
        resolve "$top" "$path" || { echo "E $1c not_mounted"; return 0; }
        path=$resolved
        set -- "$1" "$2" $(P=$2 R=$path awk "$find_mount" </dev/null)
        id=${3:-0} mount_root=${4:--}
        [ "$id" != 0 ] || { echo "E $1c not_mounted"; return 0; }
    fi
    printf 'R %sc %s\n' "$1" "$mount_root"
    if [ -f "$top$path" ] || [ -d "$top$path" ]; then open_side "$1c" "$top$path" "$id"
    elif [ -e "$top$path" ]; then
        case $mount_root in *//deleted) gone=yes ;; *) gone= ;; esac
        if ! plain_path "$top" "$path"; then echo "E $1c other_mount"
        else
            [ -z "$gone" ] || echo "D $1c"
            by_path "$1c" "$top$path"
        fi
    else echo "E $1c unseen"
    fi
}

# exec_sides ID NUMBERS DESTINATION…: the container's sides by `docker exec`, for members of the group docker.
# Functions share the caller's variables: none of the loop in look_from_inside may be set here.
exec_sides() {
    inner=$1 rows=$2
    shift 2
    answer=$(bound_docker exec -u 0 "$inner" sh -c "$inside" sh "$hash_limit" "$@" 2>/dev/null | head -c 65536) || answer=
    for row in $rows; do echo "X $row"; done
    while read -r kind index rest; do
        case $kind in [SHLE]) ;; *) continue ;; esac
        i=0
        for row in $rows; do
            [ "$i" != "$index" ] || printf '%s %sc %.200s\n' "$kind" "$row" "$rest"
            i=$((i + 1))
        done
    done <<ANSWER
$answer
ANSWER
}

look_from_outside() {
    while read -r word n cid pid id root source destination; do
        [ "$word" = work ] || continue
        decode "$source"
        host_side "$n" "$decoded"
        case $id in
            -2) ;;
            -1) echo "E ${n}c not_its_process" ;;
            *) decode "$destination"; container_side "$n" "$pid" "$id" "$root" "$decoded" ;;
        esac
    done <<WORK
$work
WORK
    flush
}

look_from_inside() {
    current= numbers=
    set --
    while read -r word n cid pid id root source destination; do
        [ "$word" = work ] || continue
        decode "$source"
        host_side "$n" "$decoded"
        [ "$id" != -2 ] || continue
        if [ "$cid" != "$current" ]; then
            [ -z "$current" ] || exec_sides "$current" "$numbers" "$@"
            current=$cid numbers=
            set --
        fi
        decode "$destination"
        numbers="$numbers $n"
        set -- "$@" "$decoded"
    done <<WORK
$work
WORK
    flush
    [ -z "$current" ] || exec_sides "$current" "$numbers" "$@"
}

# The start times once more: a process that is another one now was raced.
again() {
    while read -r word cid pid rest; do
        [ "$word" = proc ] || continue
        start=0
        if read -r stat 2>/dev/null </proc/"$pid"/stat; then
            set -- ${stat##*)}
            start=${20:-0}
        fi 2>/dev/null
        echo "again $cid $start"
    done <<WORK
$work
WORK
}

# One side's content for a diff, after the line "content"; the same checks as above, but nothing is hashed.
read_content() {
    while read -r word n cid pid id root source destination; do
        [ "$word" = work ] && [ "$n" = "$read_number" ] || continue
        if [ "$read_side" = h ]; then decode "$source"; host_side "$n" "$decoded"
        elif [ "$id" -lt 0 ]; then echo "E ${n}c not_its_process"
        elif [ "$uid" = 0 ]; then decode "$destination"; container_side "$n" "$pid" "$id" "$root" "$decoded"
        else
            decode "$destination"
            echo content
            bound_docker exec -u 0 "$cid" head -c "$read_limit" "$decoded" || exit 1
            exit 0
        fi
    done <<WORK
$work
WORK
    [ -n "$batch" ] || return 0
    case $(stat -L -c %f /proc/self/fd/3) in
        8???) ;;
        *) echo "E 0$read_side not_regular"; return 0 ;;
    esac
    echo content
    $limit10 head -c "$read_limit" <&3
    exit $?
}

main() {
    LC_ALL=C TZ=UTC0 PATH=${PATH:+$PATH:}/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
    export LC_ALL TZ PATH
    set -f
    batch= next=3 limit10= read_number=
    command -v timeout >/dev/null && limit10='timeout 10'
    echo 'inodeck-probe 1'
    uid=$(id -u)
    machine=
    { read -r machine </etc/machine-id; } 2>/dev/null
    echo "machine x$(hex "$machine")"
    echo "user $uid ${INODECK_SUDO:-0} x$(hex "${SUDO_USER:-$(id -un)}")"
    { v=$(run_docker version --format '{{.Server.Version}} {{range .Server.Components}}{{.Name}},{{end}}' 2>/dev/null) ||
        v=$(run_docker version --format '{{.Client.Version}}' 2>/dev/null)
        echo "runtime x$(hex "$v")"; } &
    ids=$only
    if [ -z "$ids" ] && ! ids=$(run_docker ps -aq --no-trunc 2>&1); then
        wait
        echo "no_docker x$(hex "$(printf '%.400s' "$ids")")"
        echo "end 0"
        return
    fi
    answer=
    [ -z "$ids" ] || answer=$(run_docker inspect --type container --format "$template" $ids 2>/dev/null)
    wait
    if [ -n "$ids" ] && [ -z "$answer" ]; then
        why=$(run_docker inspect --type container --format "$template" $ids 2>&1 >/dev/null)
        echo "no_inspect x$(hex "$(printf '%.400s' "$why")")"
    fi
    printf '%s\n' "$answer"
    read -r uptime rest </proc/uptime
    echo "clock $(date +%s.%N) $uptime"
    work=$(WANTED=$read_source$read_destination awk "$plan" <<ANSWER
$answer
ANSWER
)
    while read -r word rest; do
        case $word in
            proc) echo "proc $rest" ;;
            wanted) read_number=$rest ;;
        esac
    done <<WORK
$work
WORK
    [ -z "$read_side" ] || { read_content; exit 0; }
    if [ "$uid" = 0 ]; then look_from_outside; else look_from_inside; fi
    again
    echo "end 1"
}
main
