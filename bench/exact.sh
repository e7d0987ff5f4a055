#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# exact.sh [COUNT]: executes a program COUNT times on all processors, and half as many times one
# that is not there, recorded with three ring sizes. "happened" is the launcher's own count;
# seen is the kernel program's; difference = happened - recorded - lost.
set -eu
here=$(dirname "$(readlink -f "$0")")
count=${1:-100000}
cpus=$(nproc)
each=$((count / cpus))
half=$((each / 2))
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=bench/books.sh
. "$here/books.sh"
cc -O2 -o "$work/storm" "$here/storm.c"
cc -O2 -static -o "$work/noop" "$here/noop.c"
printf '%-8s %-8s %10s %10s %10s %10s %10s\n' ring kind happened seen recorded lost difference
for ring in 64M 64K 4K; do
	# Absolute names: nobody searches a PATH, so the only executions that fail are the storm's.
	"$here/../trailcam" record -q -o "$work/$ring" --ring-size $ring -- \
		/bin/sh -c "$work/storm $each $cpus $work/noop; $work/storm $half $cpus $work/absent" \
		>"$work/counts" 2>/dev/null
	succeeded=$(head -n 1 "$work/counts")
	[ "$(tail -n 1 "$work/counts")" = 0 ] # what is not there cannot be executed
	failed=$((half * cpus))
	capture=$(capture_in "$work/$ring")
	for kind in exec exit failed; do
		case $kind in
		# The shell and two storms besides, and each storm has a process for each processor.
		exec) happened=$((succeeded + 3)) ;;
		exit) happened=$((each * cpus + failed + 3 + 2 * cpus)) ;;
		failed) happened=$failed ;;
		esac
		books_of "$capture" $kind | {
			read -r seen recorded lost
			printf '%-8s %-8s %10d %10d %10d %10d %10d\n' $ring $kind "$happened" "$seen" "$recorded" "$lost" \
				$((happened - recorded - lost))
		}
	done
	rm -rf "${work:?}/$ring"
done
