#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# peak.sh STORE [SIZE...]: what a replay of a store has resident at most (VmHWM, as it says itself at
# its end) when --memory allows so much (default: 512MB 1GB 2GB), and how long it takes.
set -eu
here=$(dirname "$(readlink -f "$0")")
store=$1
shift
[ $# -gt 0 ] || set -- 512MB 1GB 2GB
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
for size in "$@"; do
	status=0
	"$here/../trailcam" replay -v --memory "$size" --format ndjson "$store" \
		>"$work/out" 2>"$work/err" || status=$?
	echo "--memory $size: exit status $status"
	grep -e 'peak memory' -e 'slowest rules' -e ' read ' "$work/err" || tail -n 3 "$work/err"
done
