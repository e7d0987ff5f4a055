#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# hunts.sh [EXECUTIONS...]: what it costs to judge stores of so many executions (1000000): rules
# against one read of their columns, against how many rules and executions there are, and against
# other ways to ask the same. hunts.sh increment [CAPTURES]: what a new capture costs in a store of
# so many (10000). hunts.sh clean: removes the stores. Prints Markdown; see README.md.
#   ROUNDS   how often each is measured (3)      LIMIT      seconds for one run (1800)
#   RULES    counts of plain rules (1 10 50 150) MEMORY     of the run with a limit (1GiB)
#   THREADS  (all processors)                    JSON_LIMIT executions up to which JSON is written (10000000)
#   WAYS     only these ways (all)               STORES     where stores are kept (/var/tmp/trailcam-bench)
set -eu
here=$(dirname "$(readlink -f "$0")")
stores=${STORES:-/var/tmp/trailcam-bench}
rounds=${ROUNDS:-3}
limit=${LIMIT:-1800}
counts=${RULES:-1 10 50 150}
memory=${MEMORY:-1GiB}
threads=${THREADS:-$(nproc)}
json_limit=${JSON_LIMIT:-10000000}
trailcam=$here/../trailcam
# shellcheck source=bench/books.sh
. "$here/books.sh"
# shellcheck source=bench/classes.sh
. "$here/classes.sh"

if [ "${1-}" = clean ]; then
	rm -rf "$stores"
	exit
fi
mkdir -p "$stores"
work=$(mktemp -d "$stores/run.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cc -O2 -o "$work/timed" "$here/timed.c"
LC_ALL=C.UTF-8
export LC_ALL

# The store is made once: the same arguments give the same bytes.
grown() { # NAME EXECUTIONS PER_CAPTURE
	if [ ! -d "$stores/$1" ]; then
		rm -rf "$work/new"
		"$here/grow.sh" "$work/new" "$2" "$3"
		mv "$work/new" "$stores/$1"
	fi
}

query() { # SQL
	java -cp "$lib/*" "$here/Query.java" "$1"
}

# Time, CPU time, peak and outcome of one run go into the results. A way that ran out of time is left
# out of the following rounds. What the first run found is kept.
measure() { # WAY RULES COMMAND...
	way=$1
	asked=$2
	shift 2
	if [ -n "${WAYS-}" ] && ! echo " $WAYS " | grep -q " $way "; then
		return
	fi
	if [ -e "$work/slow-$size-$way-$asked" ]; then
		return
	fi
	echo "$size executions, round $round: $way, rules: $asked" >&2
	rm -f "$work/asked"
	: >"$work/asked"
	status=0
	"$work/timed" "$work/cost" timeout "$limit" "$@" >"$work/out" 2>"$work/err" || status=$?
	if [ $status -eq 124 ]; then
		: >"$work/slow-$size-$way-$asked"
	elif [ $status -ne 0 ]; then
		echo "$way, rules: $asked: exit status $status" >&2
		tail -n 5 "$work/err" >&2
	fi
	# Of DuckDB the time of its queries, without the start of what asks them.
	awk -v size="$size" -v asked="$asked" -v way="$way" -v status=$status '
		$1 == "peak_kib" { peak = $2 }
		$1 == "elapsed_ns" { elapsed = $2 / 1e9 }
		$1 == "cpu_us" { cpu = $2 / 1e6 }
		END { printf "%s\t%s\t%s\t%.3f\t%.3f\t%.0f\t%d\n", size, asked, way, elapsed, cpu, peak / 1024, status }' \
		"$work/cost" "$work/asked" >>"$work/results"
	if [ $status -ne 124 ] && [ ! -e "$work/hits-$size-$asked-$way" ]; then
		found <"$work/out" >"$work/hits-$size-$asked-$way"
	fi
}

# Rules that found something and how much, one a line, from findings, counts or names.
found() {
	awk '/^\{"type":"finding"/ { match($0, /"rule":\{"id":"[^"]*"/); print substr($0, RSTART + 14, RLENGTH - 15), 1 }
		/^bench_[0-9]+$/ { print $1, 1 }
		/^bench_[0-9]+ [0-9]+$/ { print }' |
		awk '{ n[$1] += $2 } END { for (id in n) if (n[id]) print id, n[id] }' | sort
}

# The stored columns that rules need: those they name, and what the columns come from that views add.
columns_of() { # DIRECTORY
	find "$1" -name '*.sql' -exec sed "s/--.*//; s/'[^']*'//g" {} + | tr -cs 'a-z_0-9' '\n' | sort -u >"$work/words"
	{
		cat "$work/words"
		printf '%s\n' boot_id pid start_boot_ns boot_ns
		grep -qx program_names "$work/words" && printf '%s\n' exe filename argv comm
		grep -qxE 'sha256|build_id|needed' "$work/words" && printf '%s\n' capture_id dev inode size ctime
		true
	} | sort -u >"$work/wanted"
	query "SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet('$first'))" |
		awk -F '\t' 'NR == FNR { wanted[$1]; next } $1 in wanted' "$work/wanted" - >"$work/columns"
}

# One read of the columns: values are counted and measured, or all are kept in a table.
floors() { # RULES DIRECTORY
	columns_of "$2"
	sums=$(awk -F '\t' '
		{ sum = "count(" $1 ")" }
		$2 ~ /\[\]$/ { sum = "sum(len(" $1 "))" }
		$2 == "VARCHAR" { sum = "sum(strlen(" $1 "))" }
		{ printf "%s%s", (NR > 1 ? ", " : ""), sum }' "$work/columns")
	printf '\tSELECT %s FROM %s\n' "$sums" "$files" >"$work/read-$1.sql"
	printf '\tCREATE TABLE t AS SELECT %s FROM %s\n' "$(cut -f 1 "$work/columns" | paste -sd,)" "$files" \
		>"$work/table-$1.sql"
}

ask() { # WAY RULES FILE
	measure "$1" "$2" java -XX:+UseSerialGC -cp "$classes:$lib/*" Ask "$threads" "$work/asked" "$3"
}

replay() { # WAY RULES OPTION...
	way=$1
	asked=$2
	shift 2
	measure "$way" "$asked" "$trailcam" replay -q --format ndjson --threads "$threads" "$@" "$store"
}

# The rules in all languages, and what asks them.
rules_of() { # COUNT
	rules=$work/rules-$1
	if [ ! -d "$rules" ]; then
		java -cp "$classes:$lib/*" Rules "$here/../sample-captures" "$rules" "$1"
	fi
	awk -F '\t' -v files="$files" '{ print $1 "\tSELECT count(*) FROM " files " WHERE " $2 }' "$rules/duckdb.sql" \
		>"$rules/ask-duckdb.sql"
	{
		echo 'CREATE TABLE e(exe TEXT, cmdline TEXT, parent_exe TEXT, parent_cmdline TEXT, cwd TEXT, uid INTEGER);'
		echo ".import --csv --skip 1 $work/events.csv e"
		sed "s/^\([a-z_0-9]*\)\t\(.*\)/SELECT '\1 ' || count(*) FROM e WHERE \2;/" "$rules/sqlite.sql"
	} >"$rules/ask-sqlite.sql"
}

# Events as others take them.
flatten() {
	flat="SELECT exe, array_to_string(argv, ' ') AS cmdline, parent_exe,
		array_to_string(parent_argv, ' ') AS parent_cmdline, cwd, uid FROM $files"
	flat=$(echo "$flat" | tr -s '\n\t' ' ')
	printf "\tCOPY (%s) TO '%s' (FORMAT json)\n\tCOPY (%s) TO '%s' (FORMAT csv, HEADER)\n" \
		"$flat" "$work/events.json" "$flat" "$work/events.csv" >"$work/flatten.sql"
	java -cp "$classes:$lib/*" Ask "$threads" "$work/asked" "$work/flatten.sql"
}

# One round of everything, so that a change of the machine's load falls on all alike.
judge() {
	replay trailcam ours
	replay "trailcam-$memory" ours --memory "$memory"
	ask read ours "$work/read-ours.sql"
	ask table ours "$work/table-ours.sql"
	for count in $counts; do
		rules=$work/rules-$count
		replay trailcam "$count" -r "$rules/rules"
		ask read "$count" "$work/read-$count.sql"
		ask table "$count" "$work/table-$count.sql"
		ask duckdb "$count" "$rules/ask-duckdb.sql"
		if [ "$size" -le "$json_limit" ]; then
			measure sqlite "$count" sqlite3 :memory: ".read $rules/ask-sqlite.sql"
			measure jq "$count" jq -r -f "$rules/all.jq" "$work/events.json"
			# shellcheck disable=SC2016 # expanded by the inner shell
			measure grep-jq "$count" sh -c 'LC_ALL=C grep -F -f "$1" "$2" | jq -r -f "$3"' sh \
				"$rules/literals" "$work/events.json" "$rules/all.jq"
		fi
	done
}

# Whoever asks the same must find the same.
compare() {
	for count in $counts; do
		for one in "$work/hits-$size-$count"-*; do
			way=${one##*"-$count-"}
			case $way in read | table | trailcam) continue ;; esac
			if [ ! -e "$one" ] || [ ! -e "$work/hits-$size-$count-trailcam" ]; then
				continue
			fi
			if cmp -s "$one" "$work/hits-$size-$count-trailcam"; then
				echo "$size executions, $count rules: $way finds what trailcam finds" \
					"($(awk '{ n += $2 } END { print n + 0 }' "$one") of $(wc -l <"$one") rules)"
			else
				echo "$size executions, $count rules: $way and trailcam DIFFER:"
				diff "$one" "$work/hits-$size-$count-trailcam" || true
			fi
		done
	done
}

table() {
	echo '| executions | rules | way | n | seconds | least to most | CPU s | MiB | of one read | of a table | CPU of one read |'
	echo '|---|---|---|---|---|---|---|---|---|---|---|'
	awk -F '\t' -v OFS='\t' '
		function sorted(list, values,   n, i, j, t) {
			n = split(list, values, " ")
			for (i = 2; i <= n; i++)
				for (j = i; j > 1 && values[j - 1] + 0 > values[j] + 0; j--) {
					t = values[j]; values[j] = values[j - 1]; values[j - 1] = t
				}
			return n
		}
		function median(values, n) { return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2 }
		{
			key = $1 OFS $2 OFS $3
			if (!(key in wall)) order[++keys] = key
			if ($7 == 124) slow[key] = 1
			else if ($7 != 0) bad[key] = $7
			wall[key] = wall[key] " " $4; cpu[key] = cpu[key] " " $5
			if ($6 > peak[key]) peak[key] = $6
		}
		END {
			for (k = 1; k <= keys; k++) {
				key = order[k]; n = sorted(wall[key], w); m[key] = median(w, n)
				least[key] = w[1]; most[key] = w[n]; number[key] = n
				sorted(cpu[key], c); mc[key] = median(c, n)
			}
			for (k = 1; k <= keys; k++) {
				key = order[k]; split(key, part, OFS)
				read = part[1] OFS part[2] OFS "read"; kept = part[1] OFS part[2] OFS "table"
				note = slow[key] ? " (stopped)" : bad[key] ? " (exit status " bad[key] ")" : ""
				printf "| %s | %s | %s | %d | %.2f%s | %.2f to %.2f | %.2f | %d | %s | %s | %s |\n", part[1], part[2], part[3],
					number[key], m[key], note, least[key], most[key], mc[key], peak[key],
					m[read] ? sprintf("%.2f", m[key] / m[read]) : "", m[kept] ? sprintf("%.2f", m[key] / m[kept]) : "",
					mc[read] ? sprintf("%.2f", mc[key] / mc[read]) : ""
			}
		}' "$work/results"
}

# A store of small captures, each round one more than the state knows.
increment() { # CAPTURES
	size=$1
	grown "small-$1" $(($1 * 30)) 30
	store=$work/increment
	cp -a "$stores/small-$1" "$store"
	find "$store" -name manifest.jsonl -exec dirname {} + | sort | awk -v n="$rounds" '
		{ all[NR] = $0 } END { for (i = 1; i <= n; i++) print all[int(i * NR / (n + 1))] }' >"$work/late"
	while read -r capture; do
		mkdir -p "$work/aside/$(basename "$(dirname "$capture")")"
		mv "$capture" "$work/aside/"
	done <"$work/late"
	round=0
	measure hunt-all ours "$trailcam" hunt -q --format ndjson "$store" --state "$work/state"
	measure hunt-none ours "$trailcam" hunt -q --format ndjson "$store" --state "$work/state"
	while read -r capture; do
		round=$((round + 1))
		mv "$work/aside/$(basename "$capture")" "$capture"
		measure hunt-one ours "$trailcam" hunt -q --format ndjson "$store" --state "$work/state"
	done <"$work/late"
}

: >"$work/results"
{
	machine
	echo
	if [ "${1-}" = increment ]; then
		increment "${2:-10000}"
	else
		[ $# -gt 0 ] || set -- 1000000
		for size in "$@"; do
			store=$stores/runs-$size
			grown "runs-$size" "$size" "${PER_CAPTURE:-sample}"
			files="read_parquet('$store/*/*/*/exec-*.parquet')"
			first=$(find "$store" -name 'exec-*.parquet' | sort | head -n 1)
			floors ours "$here/../queries/rules"
			for count in $counts; do
				rules_of "$count"
				floors "$count" "$work/rules-$count/rules"
			done
			[ "$size" -gt "$json_limit" ] || flatten
			round=0
			while [ $round -lt "$rounds" ]; do
				round=$((round + 1))
				judge
			done
			compare >>"$work/comparison"
			rm -f "$work"/events.*
		done
	fi
	table
	echo
	[ ! -f "$work/comparison" ] || cat "$work/comparison"
	for one in "$work"/read-*.sql; do
		# shellcheck disable=SC2016 # Markdown
		[ ! -e "$one" ] || printf '\n%s, of the last store:\n\n```sql\n%s\n```\n' "$(basename "$one" .sql)" \
			"$(cut -f 2 "$one" | sed "s#$store/##g")"
	done
} | tee "$work/report"
[ -z "${RESULTS-}" ] || cp "$work/results" "$RESULTS"
