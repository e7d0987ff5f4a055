# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split
# The recorder is stopped for seconds while a storm goes on, with the ring as it is and a tiny one.
fault 'SIGSTOP, SIGCONT'
total=0 total_lost=0
for ring in 64M 64M 64K 64K; do
	begin
	"$trailcam" record -q -o "$store" --ring-size $ring --segment-size 64K -- \
		"$work/pulse" 6000 0 "$count" "$work/noop" 2>"$work/err" &
	recorder=$!
	await_spool $recorder
	for _ in 1 2; do
		kill -STOP $recorder
		sleep 1
		kill -CONT $recorder
		sleep 0.3
	done
	wait $recorder || true
	judge "$(cat "$count")"
	[ $((recorded + lost)) -eq "$executed" ] || untell "$executed is not $recorded + $lost"
	total=$((total + executed)) total_lost=$((total_lost + lost))
done
row "$total executed, $total_lost counted as lost with the small ring, sums exact unless said above"
