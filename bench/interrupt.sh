#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# interrupt.sh STORE [TIMES]: how long a replay of a store still runs after SIGINT, sent so many
# times (default 20) at points spread evenly over the time that an undisturbed run takes, and what
# it leaves in its temporary directory. Every line but the first should say 130 and 0.
set -eu
here=$(dirname "$(readlink -f "$0")")
store=$1
times=${2:-20}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir "$work/tmp"
export JAVA_TOOL_OPTIONS="-Djava.io.tmpdir=$work/tmp"
ms() { echo $(($(date +%s%N) / 1000000)); }
begin=$(ms)
"$here/../trailcam" replay -q "$store" >"$work/out" 2>"$work/err" || true
whole=$(($(ms) - begin))
echo "undisturbed: $whole ms"
i=0
while [ "$i" -lt "$times" ]; do
	i=$((i + 1))
	at=$((whole * i / (times + 1)))
	# A shell lets what it starts in the background ignore SIGINT; env sets that right.
	env --default-signal=INT "$here/../trailcam" replay -q "$store" >"$work/out" 2>"$work/err" &
	run=$!
	sleep "$((at / 1000)).$(printf '%03d' $((at % 1000)))"
	begin=$(ms)
	kill -INT "$run" 2>/dev/null || true
	status=0
	wait "$run" || status=$?
	echo "after $at ms: $(($(ms) - begin)) ms, exit status $status, left: $(find "$work/tmp" -mindepth 1 | wc -l)"
done
