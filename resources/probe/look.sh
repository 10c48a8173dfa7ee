# Reads the sides of mounts for probe.sh, format 1 (docs/probe.md). Runs as `sh -c` under a time limit: a container may put a FIFO
# in the place of its file between the test and the open, and a file system may hang.
#   look.sh both|host HASH_LIMIT FROM EACH AVOID   the sides of all mounts from row FROM on; EACH: one row at a time;
#                                                  AVOID: containers that are not to be touched any more
#   look.sh read LIMIT NUMBER SIDE                 the content of one side
# The lines of work are on stdin. "@ N ID" goes out before row N is touched, and what was found only once it is all there.
# Text is split by the shell: its `read` takes one byte at a time.

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

# $1 ends in "=", which keeps trailing newlines. Most names have no backslash and cost no process.
decode() {
    case $1 in
        *\\*) decoded=$(printf '%b' "$1"; echo =); decoded=${decoded%??} ;;
        *) decoded=${1%=} ;;
    esac
}
nl='
'
found=
say() { found="$found$1$nl"; }

# for_lines COMMAND TEXT: runs it for each $line.
for_lines() {
    command=$1 IFS=$nl
    set -- $2
    unset IFS
    for line; do $command; done
}

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

# $1 cannot be looked at: because it is not there ("missing"), or for any other reason, behind a symbolic link too ("denied").
why_absent() {
    case $(stat -L "$1" 2>&1 >/dev/null) in
        *': No such file or directory' | *': Not a directory') absent=missing ;;
        *) absent=denied ;;
    esac
}

# A side is named by its number and h (host) or c (container). Only files and directories are opened; $sides holds
# " /proc/PID/fd/N" of those that are read together. What stat says must be the same before and after the content is
# read: a hash without it could be of newer bytes than the ctime beside it.
read_batch() {
    before=$(stat -L -c '%n %d %i %s %f %z' $sides 2>/dev/null)
    tohash=
    for_lines say_facts "$before"
    [ -n "$tohash" ] || return 0
    sums=$(sha256sum $tohash 2>/dev/null </dev/null)
    after=$(stat -L -c '%n %d %i %s %f %z' $sides 2>/dev/null)
    for_lines say_sum "$sums"
    [ "$before" = "$after" ] || for_lines say_change "$before"
}
say_facts() {
    side_of "${line%% *}" || return 0
    set -- $line # NAME DEV INODE SIZE MODE CTIME
    say "S $side ${line#* }"
    case $5 in 8???)
        if [ "$4" -gt "$limit" ]; then say "L $side"; else tohash="$tohash $1"; fi ;;
    esac
}
say_sum() {
    side_of "${line##* }" && say "H $side ${line%% *}"
}
say_change() {
    case "$nl$after$nl" in *"$nl$line$nl"*) return ;; esac
    side_of "${line%% *}" && say "C $side"
}
# "/proc/PID/fd/N" of what is open: its $side. By variables, since matching long texts costs a shell more than all else here.
side_of() {
    fd=${1#/proc/}
    fd=${fd%%/*}_${fd##*/}
    case $fd in *[!0-9_]*) return 1 ;; esac
    eval "side=\${side_$fd-}"
    [ -n "$side" ]
}

# Reads what is open, and says all of the batch at once.
flush() {
    [ -z "$sides" ] || read_batch
    printf %s "$found"
    forget
}
forget() {
    close_all
    sides= found= begun=
}
close_all() {
    exec 3<&- 4<&- 5<&- 6<&- 7<&- 8<&-
    next=3
}

# open_side SIDE PATH MNT_ID: MNT_ID 0 means any (the host's side).
open_side() {
    case $next in
        3) command exec 3<"$2" ;; 4) command exec 4<"$2" ;; 5) command exec 5<"$2" ;; 6) command exec 6<"$2" ;;
        7) command exec 7<"$2" ;; 8) command exec 8<"$2" ;;
    esac 2>/dev/null || { say "E $1 denied"; return 0; }
    if [ "$3" != 0 ]; then
        got=
        while read -r key value; do
            case $key in mnt_id:) got=$value; break ;; esac
        done </proc/self/fdinfo/$next
        [ "$got" = "$3" ] || { say "E $1 other_mount"; close_one; return 0; }
    fi
    eval "side_${me}_$next=$1"
    sides="$sides /proc/$me/fd/$next" next=$((next + 1))
}
close_one() {
    case $next in
        3) exec 3<&- ;; 4) exec 4<&- ;; 5) exec 5<&- ;; 6) exec 6<&- ;; 7) exec 7<&- ;; 8) exec 8<&- ;;
    esac
}

# by_path SIDE PATH: what cannot be opened without waiting or without effect (sockets, pipes, devices) is only looked at.
by_path() {
    facts=$(stat -L -c '%d %i %s %f %z' "$2" 2>/dev/null) || facts=
    if [ -n "$facts" ]; then say "S $1 $facts"; else say "E $1 denied"; fi
}

host_side() {
    if [ -f "$2" ] || [ -d "$2" ]; then open_side "$1h" "$2" 0
    elif [ -e "$2" ]; then by_path "$1h" "$2"
    else why_absent "$2"; say "E $1h $absent"
    fi
}

# container_side N PID MNT_ID ROOT DESTINATION
container_side() {
    top=/proc/$2/root path=$5 mount=$3 mount_root=$4
    if [ "$mount" = 0 ]; then
        resolve "$top" "$path" || { say "E $1c not_mounted"; return 0; }
        path=$resolved
        set -- "$1" "$2" $(P=$2 R=$path awk "$find_mount" </dev/null)
        mount=${3:-0} mount_root=${4:--}
        [ "$mount" != 0 ] || { say "E $1c not_mounted"; return 0; }
    fi
    say "R $1c $mount_root"
    if [ -f "$top$path" ] || [ -d "$top$path" ]; then open_side "$1c" "$top$path" "$mount"
    elif [ -e "$top$path" ]; then
        case $mount_root in *//deleted) gone=yes ;; *) gone= ;; esac
        if ! plain_path "$top" "$path"; then say "E $1c other_mount"
        else
            [ -z "$gone" ] || say "D $1c"
            by_path "$1c" "$top$path"
        fi
    else say "E $1c unseen"
    fi
}

uptime() { now=0; read -r now rest </proc/uptime; now=${now%%.*}; }

# row LINE: sets what the line of work says, and is false for one that is not asked for.
row() {
    [ "$1" = work ] && [ "$2" -ge "$from" ] || return 1
    n=$2 cid=$3 pid=$4 id=$5 root=$6 source=$7 destination=$8
}

# look LINE…: stops after two seconds, so that the time limit of the next look is a new one. dash knows descriptors up to 9:
# where 3 to 8 do not do, a shell inside this one opens the next six, and the innermost reads what all of them hold.
look() {
    while [ $# -gt 0 ] && [ "$taken" -lt 120 ]; do
        line=$1
        shift
        [ "$depth" = 0 ] || taken=$((taken + 1))
        row $line || continue
        if [ -z "$begun" ]; then
            echo "@ $n $cid"
            uptime
            [ "$now" -lt "$end" ] || exit 0
            begun=yes
        fi
        case " $avoid " in
            *" $cid "*)
                say "T ${n}h"
                say "T ${n}c" ;;
            *) both_sides ;;
        esac
        if [ -n "$each" ]; then flush
        elif [ "$next" -gt 7 ]; then
            if [ "$depth" = 7 ]; then break; fi
            look_inside "$@"
            shift $?
            forget
        fi
    done
    flush
}
# Its status is how many lines the shells inside took. The outermost takes the others with it where a time limit ends only it.
look_inside() {
    {
        read -r me rest </proc/self/stat
        depth=$((depth + 1))
        close_all
        look "$@"
        exit "$taken"
    } &
    trap "kill $! 2>/dev/null; exit 143" TERM
    wait $!
    inside=$?
    trap - TERM
    [ "$depth" = 0 ] || exit "$inside"
    [ "$inside" -le 120 ] || exit 1
    return "$inside"
}
both_sides() {
    decode "$source"
    host_side "$n" "$decoded"
    [ "$mode" = both ] || return 0
    case $id in
        -2) ;;
        -1) say "E ${n}c not_its_process" ;;
        *) decode "$destination"; container_side "$n" "$pid" "$id" "$root" "$decoded" ;;
    esac
}

# read_content LINE…: at most $limit bytes of the content of $side of row $from, after the line "content"; the same checks as
# above, but nothing is hashed.
read_content() {
    for line; do ! row $line || break; done
    if [ -z "$n" ] || [ "$n" != "$from" ]; then return 0
    elif [ "$side" = h ]; then decode "$source"; host_side "$n" "$decoded"
    elif [ "$id" -lt 0 ]; then say "E ${n}c not_its_process"
    else decode "$destination"; container_side "$n" "$pid" "$id" "$root" "$decoded"
    fi
    printf %s "$found"
    [ -n "$sides" ] || return 0
    case $(stat -L -c %f /proc/self/fd/3) in
        8???) ;;
        *) echo "E $from$side not_regular"; return 0 ;;
    esac
    echo content
    exec head -c "$limit" <&3
}

set -f
sides= next=3 begun= depth=0 taken=0 n=
mode=$1 limit=$2 from=$3 side=$4 each=$4 avoid=${5-}
read -r me rest </proc/self/stat
uptime
end=$((now + 2))
work=$(cat)
IFS=$nl
set -- $work
unset IFS
case $mode in
    read) read_content "$@" ;;
    *)
        look "$@"
        echo '@ end' ;;
esac
