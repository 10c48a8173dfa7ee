#!/usr/bin/env bash
# readme_test.sh README: runs the `$ …` lines of its console blocks against the lab of $INODECK_LAB, with $INODECK as
# `inodeck`. Every line that the README shows as output must be printed: blanks count as one, … stands for anything.
set -euo pipefail
readme=$1
[ -e "$INODECK_LAB/env" ] || { echo "SKIPPED: $(cat "$INODECK_LAB/skipped" 2>/dev/null || echo no lab is up)"; exit 77; }
own=$(mktemp -d)
trap 'rm -rf "$own"' EXIT
export XDG_DATA_HOME=$own/data XDG_CONFIG_HOME=$own/config NO_COLOR=1 COLUMNS=160 PATH=${INODECK%/*}:$PATH

# The deploy that the README tells of; `lab up` did it too, but another test may have cured it since.
config=$INODECK_LAB/vm1/srv/runtime/prometheus.yml
sed "s/scrape_interval: .*/scrape_interval: $((100 + $(date +%s) % 1000))s/" "$config" >"$own/prometheus.yml"
rsync --ignore-times "$own/prometheus.yml" "$config"

squeeze() { tr -s ' \t' ' ' | sed 's/^ //; s/ $//'; }
failures=0 checked=0 last=0 output=
while IFS= read -r line; do
    line=${line//\/tmp\/lab/$INODECK_LAB}
    if [[ $line == '$ echo $?' ]]; then
        output=$last
    elif [[ $line == '$ '* ]]; then
        echo "$line"
        last=0
        output=$(bash -c "${line#\$ }" 2>&1 </dev/null) || last=$?
        echo "$output"
        output=$(squeeze <<<"$output")
    elif [ -n "$line" ]; then
        checked=$((checked + 1))
        wanted=$(squeeze <<<"$line" | sed -E 's/[][\\.*^$+?(){}|]/\\&/g; s/…/.*/g')
        grep -qE -- "^$wanted$" <<<"$output" || { echo "FAILED: the README promises: $line"; failures=$((failures + 1)); }
    fi
done < <(awk '/^```console/ { on = 1; next } /^```/ { on = 0 } on' "$readme")
echo "$checked lines of output checked, $failures not as the README says"
[ $checked -gt 0 ] && [ $failures = 0 ]
