#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# programs.sh [ROUNDS]: what recording the whole machine costs in the kernel. First system calls
# with and without it, in turn (medians of ROUNDS, default 5): with a tracepoint on one system call,
# all of them, of everybody, leave the kernel by the slower way. Then each program's own time, by
# the kernel's count (kernel.bpf_stats_enabled), which itself takes a few tens of ns a run.
# Environment: CALLS (getppid calls, default 10 million; the dearer ones are fewer), STORM.
set -eu
here=$(dirname "$(readlink -f "$0")")
rounds=${1:-5}
calls=${CALLS:-10000000}
cpus=$(nproc)
# shellcheck disable=SC2034 # read by candidates.sh
trailcam=$here/../trailcam
work=$(mktemp -d)
run=$work/run
job=
pid=
candidate=machine
exec 3</dev/null # nobody gives the recorder orders
stats=$(cat /proc/sys/kernel/bpf_stats_enabled)
clean() {
	trap '' INT TERM
	echo "$stats" >/proc/sys/kernel/bpf_stats_enabled
	[ -z "$job" ] || finish TERM 2>/dev/null || true
	rm -rf "$work"
}
trap clean EXIT
trap 'echo "stopped by a signal" >&2; exit 130' INT TERM
# shellcheck source=bench/books.sh
. "$here/books.sh"
# shellcheck source=bench/candidates.sh
. "$here/candidates.sh"
cc -O2 -o "$work/storm" "$here/storm.c"
cc -O2 -o "$work/calls" "$here/calls.c"
cc -O2 -o "$work/timed" "$here/timed.c"
cc -O2 -static -o "$work/noop" "$here/noop.c"

all_calls() { # WITH-OR-WITHOUT
	for kind in getppid socket setsockopt absent; do
		count=$calls
		case $kind in
		socket | absent) count=$((calls / 50)) ;;
		setsockopt) count=$((calls / 10)) ;;
		esac
		# On one processor: the other may belong to the recorder.
		echo "$kind $1 $(taskset -c $((cpus - 1)) "$work/calls" "$count" $kind)" >>"$work/results"
	done
}
begin() {
	rm -rf "$run"
	mkdir "$run"
	start_machine
}
# Name, runs and nanoseconds of the programs that were not there before.
programs() {
	bpftool -j prog show | jq -r --slurpfile before "$work/before" '.[]
		| select(.id as $id | $before[0] | index($id) | not)
		| [.name // "-", .id, .run_cnt // 0, .run_time_ns // 0] | @tsv'
}

machine
"$trailcam" doctor >/dev/null 2>&1 || true
round=0
while [ $round -lt "$rounds" ]; do
	round=$((round + 1))
	all_calls without
	begin
	all_calls with
	stop_machine
done
sort -k1,2 -k3n "$work/results" | awk -v rounds="$rounds" '
	{ v[$1, $2, ++n[$1, $2]] = $3 }
	function median(k, w) { return (v[k, w, int((rounds + 1) / 2)] + v[k, w, int(rounds / 2) + 1]) / 2 }
	END {
		printf "%-24s %12s %12s %9s\n", "ns a call", "without", "recording", "more"
		split("getppid socket setsockopt absent", kinds, " ")
		for (i = 1; i <= 4; i++) {
			k = kinds[i]; a = median(k, "without"); b = median(k, "with")
			printf "%-24s %12.1f %12.1f %9.1f\n", k, a, b, b - a
		}
	}'
bpftool -j prog show | jq '[.[].id]' >"$work/before"
echo 1 >/proc/sys/kernel/bpf_stats_enabled
begin
programs >"$work/1"
"$work/storm" $((${STORM:-60000} / cpus)) "$cpus" "$work/noop" >"$work/count"
all_calls watched
programs >"$work/2"
stop_machine
printf '%-24s %12s %12s\n' 'kernel program' runs 'ns a run'
awk -F '\t' 'NR == FNR { runs[$2] = $3; ns[$2] = $4; next }
	($2 in runs) && $3 > runs[$2] { printf "%-24s %12d %12.1f\n", $1, $3 - runs[$2], ($4 - ns[$2]) / ($3 - runs[$2]) }' \
	"$work/1" "$work/2"
