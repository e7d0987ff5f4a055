#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# exact.sh [COUNT]: executes a program COUNT times on two processors, recorded with three ring sizes.
set -eu
here=$(dirname "$(readlink -f "$0")")
count=${1:-100000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -O2 -o "$work/storm" "$here/storm.c"
cc -O2 -static -o "$work/noop" "$here/noop.c"
printf '%-8s %10s %10s %10s %10s\n' ring succeeded recorded lost difference
for ring in 64M 64K 4K; do
	# storm counts what it started; itself is one execution more.
	succeeded=$("$here/../trailcam" record -q -o "$work/$ring" --ring-size $ring -- \
		"$work/storm" $((count / 2)) 2 "$work/noop" 2>/dev/null)
	end=$(tail -n 1 "$work/$ring"/*/manifest.jsonl)
	recorded=$(echo "$end" | sed 's/.*"recorded":\([0-9]*\).*/\1/')
	lost=$(echo "$end" | sed -n 's/.*"ring_full":\([0-9]*\).*/\1/p')
	printf '%-8s %10d %10d %10d %10d\n' $ring "$succeeded" "$recorded" "${lost:-0}" \
		$((succeeded + 1 - recorded - ${lost:-0}))
done
