# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split
# The wall clock is set, two seconds forth and back, while executions are recorded. What comes after
# a step must say another offset within the collector's second, and order must not care. The clock
# is given back what it lost, by the monotonic clock.
fault 'the wall clock is set'
begin
steps=6
"$trailcam" record -q -o "$store" --segment-size 64K -- \
	"$work/pulse" 17000 0 "$count" "$work/noop" 2>"$work/err" &
recorder=$!
await_spool $recorder
perl "$here/faults/step.pl" $steps >"$work/steps" || untell "$(tail -n 1 "$work/steps")"
wait $recorder || true
judge "$(cat "$count")"
[ $((recorded + lost)) -eq "$executed" ] || untell "$executed is not $recorded + $lost"
set -- $(ask "$capture" "SELECT count(*) FILTER (boot_ns <= before), count(DISTINCT clock_offset_ns // 500000000)
	FROM (SELECT boot_ns, clock_offset_ns, lag(boot_ns) OVER (PARTITION BY cpu ORDER BY seq) AS before FROM execs)" \
	"SELECT count(*) - count(DISTINCT (pid, start_boot_ns, boot_ns)) FROM execs")
[ "$1 $3" = '0 0' ] || untell "out of order: $1, same exec_id: $3"
[ "$2" -ge 2 ] || untell 'no step is visible in clock_offset_ns'
# Each execution's wall clock, beside what the clock was: wrong for a second after a step at most.
wrong=$(ask "$capture" "SELECT count(*) FILTER (abs(clock_offset_ns - truth) > 100000000),
	coalesce(max(boot_ns - since) FILTER (abs(clock_offset_ns - truth) > 100000000), 0) // 1000000
	FROM execs ASOF JOIN (SELECT column0::BIGINT AS since, column1::BIGINT AS truth
		FROM read_csv('$work/steps', header = false)) ON boot_ns >= since")
tries=$steps
row "$executed executed, $1 out of order, $3 equal ids; $(echo "$wrong" | cut -f1) with the offset of before the step, at most $(echo "$wrong" | cut -f2) ms after it"
