#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# bytes.sh CAPTURE: what a capture of one kind of event and of all of them takes, each table beside
# the same rows as JSON lines.
set -eu
here=$(dirname "$(readlink -f "$0")")
capture=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
query() { # SQL
	java -cp "$here/../analyzer/target/dist/lib/*" "$here/Query.java" "$1"
}
quoted() { # TEXT
	printf "'%s'" "$(printf %s "$1" | sed "s/'/''/g")"
}
row() { # NAME ROWS BYTES...
	echo "$@" | awk '{
		printf "%-10s %10d", $1, $2
		for (i = 3; i <= NF; i++) printf " %12d %8s", $i, $2 ? sprintf("%.1f", $i / $2) : "-"
		print ""
	}'
}
size() { # FILE...
	cat "$@" | wc -c
}
printf '%-10s %10s %12s %8s %12s %8s %12s %8s %12s %8s\n' table rows bytes each JSON each \
	'zstd -3' each 'zstd -19' each
: >"$work/all"
for table in $(for file in "$capture"/*-*.parquet; do basename "$file"; done | sed 's/-[0-9]*\.parquet$//' | sort -u); do
	# All events of a capture as JSON are larger than many a /tmp: they only pass through.
	mkfifo "$work/json"
	query "COPY (FROM read_parquet($(quoted "$capture/$table-*.parquet"))) TO '$work/json' (FORMAT json)" &
	query=$!
	mkfifo "$work/three" "$work/nineteen"
	zstd -3 -q -c <"$work/three" | wc -c >"$work/3" &
	three=$!
	zstd -19 -q -c <"$work/nineteen" | wc -c >"$work/19" &
	nineteen=$!
	tee "$work/three" "$work/nineteen" <"$work/json" | wc -lc >"$work/plain"
	wait $query $three $nineteen
	rm "$work/json" "$work/three" "$work/nineteen"
	read -r rows plain <"$work/plain"
	echo "$table $rows $(size "$capture/$table"-*.parquet) $plain $(cat "$work/3") $(cat "$work/19")" >>"$work/all"
done
while read -r line; do
	# shellcheck disable=SC2086 # a row's fields
	row $line
done <"$work/all"
row manifest 0 "$(size "$capture/manifest.jsonl")"
# A file's facts and a loss are no events, and neither is who was there before.
events=$(awk '/^(exec|exit|failed|socket) / { n += $2 } END { print n + 0 }' "$work/all")
executions=$(awk '/^exec / { n += $2 } END { print n + 0 }' "$work/all")
all=$(size "$capture"/*.parquet "$capture/manifest.jsonl")
awk -v events="$events" -v executions="$executions" -v all="$all" 'BEGIN {
	printf "all its files: %d bytes, %.1f an event of all kinds (%d), %.1f an execution (%d)\n",
		all, events ? all / events : 0, events, executions ? all / executions : 0, executions
}'
