# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split
# Process ids come round many times: a small kernel.pid_max, and more processes than fit.
fault 'process ids are used again'
pid_max=$(cat /proc/sys/kernel/pid_max)
wrong=0 total=0 different=0
for _ in 1 2; do
	begin
	echo 1500 >/proc/sys/kernel/pid_max
	"$trailcam" record -q -o "$store" -- "$work/reuse" 10000 "$work/noop" >"$count" 2>"$work/err" || untell 'failed'
	echo "$pid_max" >/proc/sys/kernel/pid_max
	judge $(($(cat "$count") + 1))
	[ $((recorded + lost)) -eq "$executed" ] || untell "$executed is not $recorded + $lost"
	# What the parent is: its id, and its start as the kernel rounds it for /proc.
	set -- $(ask "$capture" "SELECT count(*) - count(DISTINCT (pid, start_boot_ns, boot_ns)),
		count(*) - count(DISTINCT (pid, start_boot_ns)), count(DISTINCT pid),
		count(*) FILTER (argc = 4 AND (argv[2] <> ppid::VARCHAR OR argv[4] <> pid::VARCHAR
			OR ancestors[1].pid <> ppid OR argv[3] <> (ancestors[1].start // 10000000)::VARCHAR))
		FROM execs")
	[ "$1 $2 $4" = '0 0 0' ] || untell "same exec_id: $1, same process_id: $2, wrong links: $4"
	wrong=$((wrong + $1 + $2 + $4)) total=$((total + executed)) different=$3
done
row "$total executed, $different process ids, $wrong equal identities or wrong links to parents"
