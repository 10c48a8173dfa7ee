# Sourced by deploy_test.sh: what is proven, one after the other.

services=(alloy litellm openclaw-gateway app caddy) # in the fleet file's order

# ---- the files of the example as they are
check() { "${@:2}" >"$own/out" 2>&1 && ok "$1" || failed "$1"; }
check "inodeck.yaml is a good fleet file" "$INODECK" fleet check "$example/inodeck.yaml"
for project in edge runtime; do
    sed 's|/etc/shop/[a-z]*.env|/etc/hostname|' "$example/$project/docker-compose.yml" >"$own/$project.yml"
    check "compose understands $project" $COMPOSE -f "$own/$project.yml" config -q
done
check "Caddy understands its config" caddy validate --adapter caddyfile --config "$example/edge/Caddyfile"
check "and JSON is JSON" jq -e . "$example/runtime/openclaw/openclaw.json"
if command -v systemd-analyze >/dev/null; then
    mkdir "$own/systemd"
    sed "s|/usr/bin/inodeck|$INODECK|" "$example/systemd/inodeck-drift.service" >"$own/systemd/inodeck-drift.service"
    cp "$example/systemd/inodeck-drift.timer" "$own/systemd/"
    check "systemd understands the units" systemd-analyze verify --man=no "$own"/systemd/inodeck-drift.{service,timer}
    expect "and has nothing to say" [ ! -s "$own/out" ]
fi

# ---- wrong input: nothing is done
dress
was_refused() { exits "$1" && says "$2" && [ ! -e "$vm/runtime" ]; }
refused() { # SENTENCE EXIT_CODE COMMAND…
    code=0
    "${@:3}" >"$own/out" 2>&1 </dev/null || code=$?
    expect "exit $2, and says: $1" was_refused "$2" "$1"
}
refused 'deploy.sh HOST' 2 "$work/deploy.sh"
refused 'deploy.sh HOST' 2 "$work/deploy.sh" --dryrun vm2
refused 'absolute path' 2 env DEPLOY_ROOT=srv "$work/deploy.sh" vm2
refused 'letters, digits' 2 env DEPLOY_ROOT='/srv; reboot' "$work/deploy.sh" vm2
refused 'not installed here' 2 env INODECK=/no/inodeck "$work/deploy.sh" vm2
refused 'did not all arrive' 10 "$work/deploy.sh" nobody.invalid
echo 'protectd: true' >>"$work/inodeck.yaml"
refused "'protectd'" 2 "$work/deploy.sh" vm2
sed -i '$d' "$work/inodeck.yaml"

# ---- deploys
write_overrides
for service in "${services[@]}"; do change "$service" first; done

deploy
expect "the first deploy starts everything and finds nothing to restart" exits 0
[ $failures = 0 ] || exit 1
for service in "${services[@]}"; do expect "$service serves its config" eventually 30 serves "$service" first; done
watch_starts

change litellm one && deploy
expect "one config changed: exit 0" exits 0
expect "exactly that service was restarted, once" started litellm
expect "and serves the new content" serves litellm one
expect "the hash file has what it runs on" diff -q <(sha256sum <"$work/runtime/litellm/config.yaml" | cut -d' ' -f1) "$vm/runtime/litellm/.config.sha256"

change app dry && deploy --dry-run
expect "a dry run shows what it would copy, and copies nothing" eval 'says runtime/app/app.yaml && ! grep -q dry "$vm/runtime/app/app.yaml"'
change app first

find "$work" -type f -exec touch {} + && deploy
expect "again, from a checkout with new times: exit 0" exits 0
expect "nothing was restarted" started

mkdir "$own/bin"
printf '#!/bin/sh\nexec %s --inplace "$@"\n' "$(command -v rsync)" >"$own/bin/rsync" && chmod +x "$own/bin/rsync"
change app two && change alloy two && PATH=$own/bin:$PATH deploy
expect "changed in place: exit 0" exits 0
expect "exactly those were restarted, once each" started alloy app
expect "and serve the new content" eval 'serves app two && serves alloy two'
change alloy three && PATH=$own/bin:$PATH COMPOSE="curl -fsS -X POST http://$ip:${port_of[alloy]}/-/reload; $COMPOSE" deploy
expect "changed in place and reloaded by itself: exit 0" exits 0
expect "evidence of the process makes a restart unnecessary" eval 'serves alloy three && started'

# Between any two steps: bash kills itself before the Nth command that does something.
cat >"$own/kill_at" <<'TRAP'
unset BASH_ENV
set -T
trap 'case $BASH_COMMAND in rsync\ *|\"\$\{ssh*|exec\ *inodeck\ *|exec\ *\"\ reconcile*) step=$((${step:-0} + 1)); [ $step != "$KILL_AT" ] || kill -KILL $$ ;; esac' DEBUG
TRAP
for at in 1 2 3 4 5 6; do
    change app "killed $at"
    KILL_AT=$at BASH_ENV=$own/kill_at deploy
    [ $code = 137 ] || break
    deploy
    expect "killed before step $at, the next deploy ends right" eval "exits 0 && started app && serves app 'killed $at'"
done
expect "there were four such steps, and then none" [ "$at $code" = "5 0" ]
started app || true

change litellm "gated killed"
setsid "$work/deploy.sh" vm2 --events "$own/events" >"$own/out" 2>&1 </dev/null &
group=$!
expect "a deploy is in the middle of a restart" eventually 60 serves litellm "gated killed"
kill -KILL -- -$group
wait $group 2>/dev/null || true
change litellm "after" && deploy --wait 60
expect "killed there, the next deploy ends right: exit 0" exits 0
expect "each restart had its cause" started litellm litellm
expect "and it serves the new content" serves litellm after

for service in "${services[@]}"; do change "$service" all; done
: >"$own/events"
deploy
expect "all replaced: exit 0" exits 0
expect "all restarted, in the order of the fleet file" started "${services[@]}"
for service in "${services[@]}"; do
    project=runtime && [ "$service" != caddy ] || project=edge
    expect "$service serves it, was announced and proven" eval "serves $service all && has_event in_progress $project/$service &&
        [ \"\$(event_ids in_progress $project/$service)\" = \"\$(event_ids success $project/$service)\" ]"
done

before=$(since caddy)
printf 'no_such_directive {\n' >>"$work/edge/Caddyfile" && deploy
expect "a broken config: exit 4" exits 4
expect "the sentence names the validation" says 'validate command failed'
expect "it was not restarted and still serves" eval '[ "$(since caddy)" = "$before" ] && serves caddy all && started'
expect "and the event says failed" has_event failed edge/caddy
change caddy mended && deploy
expect "mended, it is restarted" eval 'exits 0 && started caddy && serves caddy mended'

# The line of the systemd unit itself, in its environment.
unit=$example/systemd/inodeck-drift.service
unit_line=$(sed -n 's/^ExecStart=//p' "$unit" | sed -e "s|/usr/bin/inodeck|$INODECK|" \
    -e "s|/etc/inodeck/inodeck.yaml|$work/inodeck.yaml|" -e "s|/etc/inodeck/ssh_config|$SSH_CONFIG|")
run_unit() { # STRACE…: stdout in $own/drift
    code=0
    # shellcheck disable=SC2046
    (cd / && env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/nonexistent USER=inodeck \
        $(sed -n 's/^Environment=//p' "$unit" | sed "s|%S|$own/unit|g") "$@" sh -c "exec $unit_line") >"$own/drift" 2>"$own/out" </dev/null || code=$?
}
run_unit
expect "the timer's unit finds nothing: exit 0" exits 0
content app "by hand" >"$vm/new" && mv "$vm/new" "$vm/runtime/app/app.yaml"
run_unit
expect "it finds what somebody changed by hand: exit 1" exits 1
expect "and tells it, and restarts nothing" eval 'jq -e "select(.event == \"deployment.config_drift\" and .service == \"runtime/app\")" "$own/drift" >/dev/null && started'

# systemd's own list of what @system-service and so on are; a call outside of it would fail with EPERM under the unit.
calls_of() { # SET…
    awk -v wanted="$*" '
        /^@/ { set = $1; next }
        NF == 1 && $1 !~ /^#/ { members[set] = members[set] " " $1 }
        function show(name,   list, count, i) {
            count = split(members[name], list, " ")
            for (i = 1; i <= count; i++) if (list[i] ~ /^@/) show(list[i]); else print list[i]
        }
        END { count = split(wanted, sets, " "); for (i = 1; i <= count; i++) show(sets[i]) }' "$own/sets" | sort -u
}
if command -v systemd-analyze >/dev/null && strace -o /dev/null true 2>/dev/null; then
    systemd-analyze syscall-filter >"$own/sets"
    run_unit strace -f -qq -o "$own/calls"
    expect "traced, it finds the same" exits 1
    sed -nE 's/^[0-9]+ +([a-z_0-9]+)\(.*/\1/p' "$own/calls" | sort -u >"$own/made"
    comm -23 <(calls_of @default @system-service) <(calls_of @privileged @resources) >"$own/allowed"
    comm -23 "$own/made" "$own/allowed" >"$own/out"
    expect "the unit's filter allows each of its $(wc -l <"$own/made") system calls" eval '[ -s "$own/made" ] && [ ! -s "$own/out" ]'
    expect "and it needs no memory that is writable and executable" eval '! grep -E "PROT_WRITE\|PROT_EXEC" "$own/calls" >"$own/out"'
fi
content app all >"$vm/new" && mv "$vm/new" "$vm/runtime/app/app.yaml"

mv "$work/runtime/app/app.yaml" "$own/app.yaml" && rm "$vm/runtime/app/app.yaml"
before=$(since app)
change litellm meanwhile && deploy
expect "a source is missing: exit 4" exits 4
expect "it was refused and still serves" eval '[ "$(since app)" = "$before" ] && serves app all && says "refused +vm2 +runtime/app"'
expect "the others had their restart" started litellm
mv "$own/app.yaml" "$work/runtime/app/app.yaml" && deploy
expect "restored with the same bytes, the old process is left alone" eval 'exits 0 && started && serves app all'

change openclaw-gateway sick && change app later && change caddy later && deploy
expect "a service that does not come back healthy: exit 4" exits 4
expect "the event says failed" has_event failed runtime/openclaw-gateway
expect "the later ones are untouched" eval 'started openclaw-gateway && serves app all && serves caddy mended && says not_reached'
change openclaw-gateway well && deploy
expect "mended, the rest is done" eval 'exits 0 && started openclaw-gateway app caddy && serves app later && serves caddy later'

change litellm "gated two" && change app "two at once"
"$work/deploy.sh" vm2 --events "$own/events" >"$own/first" 2>&1 </dev/null &
first=$!
expect "a first deploy is at work" eventually 60 serves litellm "gated two"
deploy
expect "a second one at the same time is refused: exit 4" exits 4
expect "and told who it is and since when" says 'Another one is at work on the VM: .+, since 20[0-9-]+T[0-9:]+Z'
"$INODECK" audit list >"$own/out"
expect "which is on record" says ' refused +vm2 +runtime/app +refused '
"$work/deploy.sh" vm2 --events "$own/events" --wait 120 >"$own/out" 2>&1 </dev/null &
second=$!
expect "a third one waits" eventually 60 says 'Waiting\.'
docker exec "$(container litellm)" touch /tmp/open
code=0; wait $first || code=$?
expect "the first ends well: exit 0" exits 0
code=0; wait $second || code=$?
expect "and so does the one that waited" exits 0
expect "each was restarted once" started litellm app
expect "and serves the new content" serves app "two at once"

# ---- the job of GitHub Actions: its own steps as a runner runs them, by the account that it names
workspace=$own/workspace artifacts=$own/artifacts
job() {
    local step file
    code=0
    : >"$own/out"
    for step in "$own"/steps/*; do
        case $step in *-always.*) ;; *) [ $code = 0 ] || continue ;; esac
        case $step in
            *.upload)
                while read -r file; do [ -z "$file" ] || cp "$workspace/$file" "$artifacts/"; done <"$step" ;;
            *)
                (cd "$workspace" && env -i PATH="$own/path:$PATH" HOME="$own/runner" GITHUB_ACTIONS=true GITHUB_SHA=0123456789abcdef \
                    GITHUB_ACTOR=octocat GITHUB_REPOSITORY=shop/shop GITHUB_RUN_ID=7 GITHUB_STEP_SUMMARY="$own/summary" \
                    DEPLOY_ROOT="$vm" COMPOSE="sudo -n $COMPOSE" bash -e "$step") >>"$own/out" 2>&1 </dev/null || code=$((code ? code : $?)) ;;
        esac
    done
}
if python3 -c 'import yaml' 2>/dev/null; then
    mkdir -m 700 "$workspace" "$artifacts" "$own/steps" "$own/runner" "$own/path" "$own/runner/log"
    ln -s "$INODECK" "$own/path/inodeck"
    cp -R "$work" "$workspace/deploy"
    sed -i 's/name: vm2/name: vm1/' "$workspace/deploy/inodeck.yaml"
    find "$vm" -type d -exec chown --reference="$INODECK_LAB/vm2/home/deploy" {} + # the files: an owner is a change
    check "the job is one that a runner takes" env secrets_DEPLOY_SSH_KEY="$(cat "$INODECK_LAB/client/id_ed25519")" \
        vars_DEPLOY_KNOWN_HOSTS="$(cat "$INODECK_LAB/client/known_hosts")" vars_DEPLOY_ADDRESS="$ip" vars_DEPLOY_PORT="$INODECK_LAB_SSH_PORT" \
        secrets_INODECK_AUDIT="$own/runner/log/audit.sqlite" github_workspace="$workspace" github_run_id=7 github_run_attempt=1 \
        "$(dirname "$0")/workflow_steps.py" "$example/github/deploy.yml" "$own/steps"
    content app "by the job" >"$workspace/deploy/runtime/app/app.yaml"
    job
    expect "the job deploys: exit 0" exits 0
    expect "exactly that service was restarted, and serves it" eval 'started app && serves app "by the job"'
    expect "with an annotation" says '^::notice title=runtime/app on vm1 restarted::'
    expect "and a summary" grep -q '1 restarted and proven' "$own/summary"
    expect "the reason names commit and actor" eval '"$INODECK" audit list --audit "$own/runner/log/audit.sqlite" | grep -q "deploy of 0123456789ab by octocat"'
    check "the checkpoint that it uploads vouches for the log" "$INODECK" audit verify "$own/runner/log/audit.sqlite" --checkpoint "$artifacts/audit-checkpoint.txt"
    expect "its export holds the restart" eval 'tar -xOf "$artifacts/audit-export.tar" --wildcards "*audit.jsonl" | grep -q "\"status\":\"verified\""'
    expect "events are with it" grep -q '"commit":"0123456789abcdef"' "$artifacts/deploy-events.jsonl"
    expect "no key stays behind" [ ! -e "$workspace/.ssh" ]
    rm "$artifacts"/*
    printf 'no_such_directive {\n' >>"$workspace/deploy/edge/Caddyfile"
    job
    expect "a config that does not validate fails the job: exit 4" exits 4
    expect "with an annotation of the error" says '^::error title=edge/caddy on vm1 refused::'
    expect "evidence is there all the same, and no key" eval '[ -s "$artifacts/audit-export.tar" ] && [ ! -e "$workspace/.ssh" ]'
    expect "its key is nowhere in what it said" eval '! grep -qF "$(sed -n 2p "$INODECK_LAB/client/id_ed25519")" "$own/out" "$own/summary"'
fi

: >"$own/out"
"$INODECK" audit checkpoint >"$own/note"
"$INODECK" audit verify --checkpoint "$own/note" >"$own/out" 2>&1 && code=0 || code=$?
expect "the audit log verifies" exits 0
"$INODECK" audit export --out "$own/export" >"$own/out" 2>&1
jq -r 'select(.type == "outcome") | .op_id' "$own/export/audit.jsonl" | sort -u >"$own/outcomes"
jq -r 'select(.status == "success") | .op_id' "$own/events" | sort -u >"$own/announced"
expect "each success that was announced is on record under its op_id" \
    eval '[ -s "$own/announced" ] && [ -z "$(comm -13 "$own/outcomes" "$own/announced")" ]'
expect "no hash of a secret service was announced" \
    eval '! jq -e "select(.service == \"runtime/litellm\") | .old_sha256 // .new_sha256" "$own/events" | grep -q "[0-9a-f]"'

echo "$failures failed, $SECONDS s"
[ $failures = 0 ]
