#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# memory.sh [SECONDS]: what the recorder holds in memory and on the disk while a storm goes on for
# so long (default 600), at 30 points of time. "ring" is the mapped ring's part of VmRSS, which maps
# its data twice; "rest" is VmRSS without it. "spool" waits to be sealed. Needs room on the disk:
# stops when less than 4 GiB are left. Environment: STORE, where the capture goes (default: a
# temporary directory); RECORD, further options of trailcam record, such as --segment-size=16M.
set -eu
here=$(dirname "$(readlink -f "$0")")
seconds=${1:-600}
cpus=$(nproc)
work=$(mktemp -d ${STORE:+-p "$STORE"})
recorder=
clean() {
	trap '' INT TERM
	touch "$work/enough"
	[ -z "$recorder" ] || wait "$recorder" 2>/dev/null || true
	rm -rf "$work"
}
trap clean EXIT
trap 'echo "stopped by a signal" >&2; exit 130' INT TERM
# shellcheck source=bench/books.sh
. "$here/books.sh"
cc -O2 -o "$work/storm" "$here/storm.c"
cc -O2 -static -o "$work/noop" "$here/noop.c"
gust() {
	read -r succeeded <&3
	executed=$((executed + succeeded + 1)) # and the gust's own program
}
ring_kib() { # PID
	awk '/^[0-9a-f]+-/ { ring = /bpf-map|bpf_ringbuf/ } ring && /^Rss:/ { sum += $2 } END { print sum + 0 }' \
		"/proc/$1/smaps"
}
bytes_of() { # FIND-ARGUMENT...
	find "$@" -type f -printf '%s\n' 2>/dev/null | awk '{ n += $1 } END { printf "%.0f\n", n }'
}
elapsed() {
	echo $((($(boot_ns) - begun) / 1000000000))
}
sample() {
	resident=$(status_kib $recorder VmRSS)
	ring=$(ring_kib $recorder)
	printf '%7d %10d %9d %9d %9d %9d %9d %9d %7d %9d %8.2f\n' "$(elapsed)" "$executed" "$resident" \
		"$(status_kib $recorder VmHWM)" "$(status_kib $recorder RssAnon)" "$ring" $((resident - ring)) \
		$(($(bytes_of "$capture/spool") / 1048576)) "$(grep -c '"type":"segment"' "$capture/manifest.jsonl")" \
		$(($(bytes_of "$capture" -name '*.parquet') / 1048576)) \
		"$(awk "BEGIN { print $(cpu_ticks $recorder) / $(getconf CLK_TCK) }")"
	echo "$(elapsed) $((resident - ring)) $executed" >>"$work/samples"
}
machine
mkfifo "$work/told"
exec 4<>"$work/told"
# Absolute names, so that nothing but the storm is executed.
# shellcheck disable=SC2086 # several options
"$here/../trailcam" record -q ${RECORD-} -o "$work/store" -- /bin/sh -c "
	until [ -e $work/enough ]; do $work/storm $((5000 / cpus)) $cpus $work/noop; done; echo end" \
	>"$work/told" 2>"$work/said" &
recorder=$!
exec 3<"$work/told" 4>&-
executed=1 # the shell
begun=$(boot_ns)
until has_thread $recorder collector; do
	kill -0 $recorder
	sleep 0.02
done
capture=$(capture_in "$work/store")
printf '%7s %10s %9s %9s %9s %9s %9s %9s %7s %9s %8s\n' seconds executed 'RSS KiB' 'HWM KiB' 'Anon KiB' ring rest \
	'spool MiB' sealed 'MiB there' 'CPU s'
next=0
while [ "$(elapsed)" -lt "$seconds" ]; do
	gust
	if [ "$(elapsed)" -ge $next ]; then
		sample
		next=$(($(elapsed) + (seconds + 29) / 30))
		if [ "$(df -Pk "$work" | awk 'NR == 2 { print $4 }')" -lt 4194304 ]; then
			echo 'too little room on the disk to go on'
			break
		fi
	fi
done
touch "$work/enough"
while read -r succeeded <&3 && [ "$succeeded" != end ]; do
	executed=$((executed + succeeded + 1))
done
stormed=$(elapsed)
sample
# What it needs most, it may need to seal what it has spooled.
most=0
ticks=0
while high=$(status_kib $recorder VmHWM) && [ "$high" -gt 0 ]; do
	most=$high
	ticks=$(cpu_ticks $recorder)
	sleep 0.05
done
ended=$(elapsed)
wait $recorder || echo "the recorder ended with $?"
cat "$work/said"
recorder=
awk -v stormed="$stormed" -v ended="$ended" -v most="$most" -v executed="$executed" \
	-v cpu="$ticks" -v hz="$(getconf CLK_TCK)" '
	$1 <= 60 { minute = $2 }
	{ last = $2 }
	END {
		printf "storm %d s, %.0f executions a second; recorder done %d s later\n", stormed,
			stormed ? executed / stormed : 0, ended - stormed
		printf "resident without the ring: %d KiB after the first minute, %d KiB at the end of the storm, growth %.1f %%; VmHWM %d KiB\n",
			minute, last, minute ? (last - minute) * 100 / minute : 0, most
		printf "recorder CPU %.1f s: %.1f microseconds an execution\n", cpu / hz, cpu / hz / executed * 1e6
	}' "$work/samples"
for kind in exec exit failed; do
	books_of "$capture" $kind | {
		read -r seen recorded lost
		echo "$kind: seen $seen, recorded $recorded, lost $lost"
	}
done
books_of "$capture" exec | {
	read -r _ recorded lost
	bytes=$(bytes_of "$capture" '(' -name '*.parquet' -o -name manifest.jsonl ')')
	echo "executed $executed by the launcher's count, difference $((executed - recorded - lost))"
	echo "$bytes bytes in the capture, $(awk "BEGIN { printf \"%.1f\", $bytes / $executed }") an execution"
}
