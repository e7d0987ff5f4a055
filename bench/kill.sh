#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# kill.sh [TIMES]: kills the recorder of a busy shell with SIGKILL, each time a little later.
set -eu
here=$(dirname "$(readlink -f "$0")")
times=${1:-10}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '%-4s %8s %10s %10s %8s %s\n' try started verify recovered missing 'verify after'
n=0
while [ $n -lt "$times" ]; do
	n=$((n + 1))
	# The launcher becomes the recorder; the shell writes a dot before each start.
	# shellcheck disable=SC2016 # the recorded shell expands it
	"$here/../trailcam" record -q -o "$work/$n" -- sh -c '
		while :; do printf . >>'"$work"'/count; /bin/true; done' 2>/dev/null &
	recorder=$!
	while [ ! -s "$work/count" ]; do sleep 0.1; done
	sleep "$(echo "$n" | awk '{ print 0.3 + $1 * 0.17 }')"
	kill -9 $recorder
	wait $recorder 2>/dev/null || true
	started=$(wc -c <"$work/count")
	pkill -f "$work/count" || true
	rm -f "$work/count"
	capture=$(echo "$work/$n"/*)
	before=0
	"$here/../trailcam" verify "$capture" >/dev/null 2>&1 || before=$?
	"$here/../trailcam" recover "$capture" 2>/dev/null || true
	recovered=$(tail -n 1 "$capture/manifest.jsonl" | sed 's/.*"recorded":\([0-9]*\).*/\1/')
	after=$("$here/../trailcam" verify "$capture" 2>&1 | sed -n 's/.*manifest.jsonl: //p' | paste -sd';')
	# The shell that starts them is one execution more.
	printf '%-4d %8d %10s %10d %8d %s\n' $n "$started" "exit $before" "$recovered" \
		$((started + 1 - recovered)) "$after"
done
