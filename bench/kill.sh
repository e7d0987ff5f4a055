#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# kill.sh [TIMES [SEED]]: has a storm of executions kill its recorder with SIGKILL, each time at
# another moment between 0.05 and 3 seconds after recording began; then recovers all captures.
set -eu
here=$(dirname "$(readlink -f "$0")")
times=${1:-200}
seed=${2:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -O2 -o "$work/pulse" "$here/pulse.c"
cc -O2 -static -o "$work/noop" "$here/noop.c"
mkdir "$work/store"

n=0
while [ $n -lt "$times" ]; do
	n=$((n + 1))
	millis=$(echo "$seed $n" | awk '{ srand($1 * 100003 + $2); print int(50 + rand() * 2950) }')
	# The launcher becomes the recorder, and so the parent of the command.
	"$here/../trailcam" record -q -o "$work/store/$n" --segment-size 64K --segment-every 1s -- \
		"$work/pulse" "$millis" 9 "$work/$n.count" "$work/noop" >"$work/$n.err" 2>&1 &
	recorder=$!
	wait $recorder 2>/dev/null || true
	cp "$work/store/$n"/*/manifest.jsonl "$work/$n.manifest"
	echo "$millis" >"$work/$n.millis"
done

# One run of each verb for all: what is slow about them is the start.
"$here/../trailcam" verify "$work/store" >"$work/before" 2>&1 || true
"$here/../trailcam" recover "$work/store"/*/* >"$work/recovered" 2>&1 || true
"$here/../trailcam" verify "$work/store" >"$work/after" 2>&1 || true

verdict() {
	if grep -q "^$2: intact" "$1"; then echo intact; else echo incomplete; fi
}

printf '%-4s %6s %10s %8s %9s %8s %10s %11s %s\n' \
	try millis before executed recovered missing sealed 'sealed lost' after
n=0
while [ $n -lt "$times" ]; do
	n=$((n + 1))
	capture=$(echo "$work/store/$n"/*)
	# shellcheck disable=SC2046 # three words
	set -- $(perl "$here/faults/judge.pl" end "$capture")
	executed=$(cat "$work/$n.count")
	printf '%-4d %6d %10s %8d %9d %8d %10d %11d %s\n' $n "$(cat "$work/$n.millis")" \
		"$(verdict "$work/before" "$capture")" "$executed" "$2" $((executed - $2)) \
		"$(grep -c '"type":"segment"' "$work/$n.manifest" || true)" \
		"$(perl "$here/faults/judge.pl" sealed "$work/$n.manifest" "$capture")" \
		"$(verdict "$work/after" "$capture"), $1"
done | tee "$work/table"
awk '{ t++; b += $3 == "incomplete"; e += $4; r += $5; m += $6; s += $7; l += $8; a += $9 == "incomplete,";
		c += $10 == "recovered"; w += $7 > 0; if ($6 > most) most = $6 }
	END {
		printf "%d tries: %d told incomplete before recovery, %d recovered, %d told incomplete after\n", t, b, c, a
		printf "%d executed, %d recovered, %d missing, at most %d in one try\n", e, r, m, most
		printf "%d segments sealed before the kill in %d tries, %d events of them lost\n", s, w, l
	}' "$work/table"
