#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# stall.sh [SECONDS]: stops the recorder for so long (default 5) in the middle of a storm, with
# three ring sizes. "executed" is the launcher's own count; difference = executed - recorded - lost.
# "told" is what the table of losses says of executions, "in the stop" those losses whose interval
# overlaps the stop, and "from", "to" where those intervals begin and end, in seconds after the stop
# began. VmHWM is the most memory the recorder ever had, its ring counted twice.
set -eu
here=$(dirname "$(readlink -f "$0")")
seconds=${1:-5}
cpus=$(nproc)
work=$(mktemp -d)
recorder=
clean() {
	trap '' INT TERM
	touch "$work/enough"
	[ -z "$recorder" ] || kill -CONT "$recorder" 2>/dev/null || true
	[ -z "$recorder" ] || wait "$recorder" 2>/dev/null || true
	rm -rf "$work"
}
trap clean EXIT
trap 'echo "stopped by a signal" >&2; exit 130' INT TERM
# shellcheck source=bench/books.sh
. "$here/books.sh"
cc -O2 -o "$work/storm" "$here/storm.c"
cc -O2 -static -o "$work/noop" "$here/noop.c"
query() { # SQL
	java -cp "$here/../analyzer/target/dist/lib/*" "$here/Query.java" "$1"
}
# The storm comes in gusts, each of which tells what it executed.
gusts() { # NUMBER
	while [ "$1" -gt 0 ]; do
		read -r succeeded <&3
		executed=$((executed + succeeded + 1)) # and the gust's own program
		set -- $(($1 - 1))
	done
}
machine
printf '%-6s %9s %9s %9s %10s %9s %11s %7s %7s %9s %7s\n' ring executed recorded lost difference \
	told 'in the stop' from to 'VmHWM KiB' 'CPU s'
for ring in 64M 1M 64K; do
	rm -f "$work/enough" "$work/told"
	mkfifo "$work/told"
	exec 4<>"$work/told"
	# Absolute names, so that nothing but the storm is executed.
	"$here/../trailcam" record -q -o "$work/$ring" --ring-size $ring -- /bin/sh -c "
		until [ -e $work/enough ]; do $work/storm $((5000 / cpus)) $cpus $work/noop; done; echo end" \
		>"$work/told" 2>"$work/said" &
	recorder=$!
	exec 3<"$work/told" 4>&-
	executed=1 # the shell
	until has_thread $recorder collector; do
		kill -0 $recorder
		sleep 0.02
	done
	gusts 4
	kill -STOP $recorder
	from=$(boot_ns)
	sleep "$seconds"
	to=$(boot_ns)
	kill -CONT $recorder
	gusts 8
	touch "$work/enough"
	while read -r succeeded <&3 && [ "$succeeded" != end ]; do
		executed=$((executed + succeeded + 1))
	done
	exec 3<&-
	# What it needs most, it may need to seal what it has spooled.
	most=0
	ticks=0
	while high=$(status_kib $recorder VmHWM) && [ "$high" -gt 0 ]; do
		most=$high
		ticks=$(cpu_ticks $recorder)
		sleep 0.05
	done
	wait $recorder || true
	recorder=
	capture=$(capture_in "$work/$ring")
	read -r _ recorded lost <<-END
		$(books_of "$capture" exec)
	END
	told='0 0 - -'
	if [ -f "$capture/loss-000001.parquet" ]; then
		told=$(query "SELECT sum(\"count\"), coalesce(sum(\"count\") FILTER (stopped), 0),
				round((min(from_boot_ns) FILTER (stopped) - $from) / 1e9, 2),
				round((max(to_boot_ns) FILTER (stopped) - $from) / 1e9, 2)
			FROM (SELECT *, from_boot_ns < $to AND to_boot_ns > $from AS stopped
				FROM read_parquet('$capture/loss-*.parquet')
				WHERE coalesce(event, 'execs') = 'execs' AND cause <> 'untracked_fork')")
	fi
	# shellcheck disable=SC2086 # four values
	printf '%-6s %9d %9d %9d %10d %9s %11s %7s %7s %9d %7.2f\n' $ring "$executed" "$recorded" "$lost" \
		$((executed - recorded - lost)) $told "$most" "$(awk "BEGIN { print $ticks / $(getconf CLK_TCK) }")"
	rm -rf "${work:?}/$ring"
done
