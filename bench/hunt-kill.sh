#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# hunt-kill.sh [TIMES [EXECUTIONS [SEED]]]: kills a hunt with SIGKILL, each time at another moment
# of its run, has it resume until it ends, and compares what it says in the end with an undisturbed
# hunt; then once more with the kills in a row on one state, until one comes too late.
#   CAPTURE_SIZE executions in a capture (300)   STORES where the store is kept (/var/tmp/trailcam-bench)
set -eu
here=$(dirname "$(readlink -f "$0")")
times=${1:-20}
executions=${2:-60000}
seed=${3:-1}
size=${CAPTURE_SIZE:-300}
stores=${STORES:-/var/tmp/trailcam-bench}
trailcam=$here/../trailcam
# shellcheck source=bench/books.sh
. "$here/books.sh"
mkdir -p "$stores"
store=$stores/kill-$executions-$size
work=$(mktemp -d "$stores/run.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
if [ ! -d "$store" ]; then
	"$here/grow.sh" "$work/new" "$executions" "$size"
	mv "$work/new" "$store"
fi

hunt() { # NAME: to its end, with the state of that name
	status=0
	"$trailcam" hunt -q --format ndjson "$store" --state "$work/$1.state" >"$work/$1.ndjson" 2>>"$work/$1.err" ||
		status=$?
	echo $status >"$work/$1.status"
}

killed() { # NAME MILLISECONDS: whether it was still at work then
	"$trailcam" hunt -q --format ndjson "$store" --state "$work/$1.state" >"$work/$1.part" 2>>"$work/$1.err" &
	hunter=$!
	sleep "$(awk -v ms="$2" 'BEGIN { printf "%.3f", ms / 1000 }')"
	# The launcher has become the program: nobody else has this id while we have not waited for it.
	kill -9 $hunter 2>/dev/null || true
	status=0
	wait $hunter 2>/dev/null || status=$?
	[ $status -eq 137 ]
}

moment() { # NUMBER: milliseconds, somewhere in the undisturbed run
	echo "$seed $1 $whole" | awk '{ srand($1 * 100003 + $2); print int(rand() * $3) }'
}

findings() { # FILE: one a line
	jq -r 'select(.type == "finding") | .finding_id' "$1" | sort
}

verdict() { # NAME
	if cmp -s "$work/$1.ndjson" "$work/undisturbed.ndjson"; then
		echo same bytes
	elif [ "$(findings "$work/$1.ndjson")" = "$(findings "$work/undisturbed.ndjson")" ]; then
		echo same findings
	else
		echo DIFFERENT
	fi
}

machine
begun=$(boot_ns)
hunt undisturbed
whole=$((($(boot_ns) - begun) / 1000000))
if [ ! -f "$work/undisturbed.state" ]; then
	echo 'the undisturbed hunt left no state; it said:' >&2
	tail -n 5 "$work/undisturbed.err" >&2
	exit 1
fi
printf 'undisturbed: %d ms, %d findings, exit status %s\n\n' "$whole" \
	"$(findings "$work/undisturbed.ndjson" | wc -l)" "$(cat "$work/undisturbed.status")"
printf '%-4s %8s %8s %12s %s\n' try millis killed 'exit status' 'in the end'
n=0
while [ $n -lt "$times" ]; do
	n=$((n + 1))
	millis=$(moment $n)
	was=no
	if killed "$n" "$millis"; then was=yes; fi
	hunt $n
	printf '%-4d %8d %8s %12s %s\n' $n "$millis" $was "$(cat "$work/$n.status")" "$(verdict $n)"
	rm -rf "$work/$n".*
done
n=0
# Whoever is not killed has told what is new, and nothing is new to the next.
while [ $n -lt "$times" ] && killed row "$(moment $((n + 1)))"; do
	n=$((n + 1))
done
if [ $n -lt "$times" ]; then
	mv "$work/row.part" "$work/row.ndjson"
	echo $status >"$work/row.status"
else
	hunt row
fi
printf '%-4s %8s %8d %12s %s\n' row - $n "$(cat "$work/row.status")" "$(verdict row)"
