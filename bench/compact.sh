#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# compact.sh STORE...: what it costs to compact a store and to verify the result, with all the
# memory and with little, how many bytes are left, and what a replay takes before and after. Prints
# Markdown; see README.md.
#   MEMORY   of the run with a limit (512MiB)    OUTPUTS  where results are kept meanwhile (/var/tmp)
set -eu
here=$(dirname "$(readlink -f "$0")")
memory=${MEMORY:-512MiB}
trailcam=$here/../trailcam
if [ $# -eq 0 ]; then
	echo 'usage: compact.sh STORE...' >&2
	exit 2
fi
work=$(mktemp -d "${OUTPUTS:-/var/tmp}/trailcam-compact.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
cc -O2 -o "$work/timed" "$here/timed.c"

# One row. Findings are no failure; what else a run says at its end is shown.
measure() { # WHAT COMMAND...
	what=$1
	shift
	status=0
	"$work/timed" "$work/cost" "$@" >"$work/out" 2>"$work/err" || status=$?
	if [ "$status" -gt 1 ]; then
		echo "$what: exit status $status" >&2
		tail -n 5 "$work/err" >&2
	fi
	awk -v what="$what" -v status="$status" '
		$1 == "peak_kib" { peak = $2 }
		$1 == "elapsed_ns" { elapsed = $2 / 1e9 }
		$1 == "cpu_us" { cpu = $2 / 1e6 }
		END { printf "| %s | %.1f | %.1f | %.0f | %d |\n", what, elapsed, cpu, peak / 1024, status }' "$work/cost"
}

bytes() { # DIRECTORY
	find "$1" -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%d\n", sum }'
}

files() { # DIRECTORY
	find "$1" -type f | wc -l
}

for store in "$@"; do
	captures=$(find "$store" -name manifest.jsonl | wc -l)
	printf '\n%s captures, %s processors, load %s:\n\n' "$captures" "$(nproc)" "$(cut -d ' ' -f 1 /proc/loadavg)"
	echo '| | seconds | CPU s | peak MiB | exit status |'
	echo '|---|---|---|---|---|'
	"$trailcam" --version >/dev/null
	measure 'replay of the store' "$trailcam" replay -q --format ndjson "$store"
	cp "$work/out" "$work/before"
	measure 'compact' "$trailcam" compact -q --period month -o "$work/all" "$store"
	measure "compact, --memory $memory" "$trailcam" compact -q --period month --memory "$memory" -o "$work/little" "$store"
	measure 'verify' "$trailcam" verify -q "$work/all"
	measure 'verify --originals' "$trailcam" verify -q --originals "$store" "$work/all"
	measure 'replay of the result' "$trailcam" replay -q --format ndjson "$work/all"
	# What was found may lie elsewhere now, but must be the same.
	for run in before out; do
		grep -o '"finding_id":"[^"]*"' "$work/$run" | sort >"$work/$run.ids" || true
	done
	cmp -s "$work/before.ids" "$work/out.ids" && found=same || found=DIFFER
	diff -r "$work/all" "$work/little" >/dev/null && written=same || written=DIFFER
	printf '\n%s bytes in %s files became %s in %s. ' "$(bytes "$store")" "$(files "$store")" \
		"$(bytes "$work/all")" "$(files "$work/all")"
	printf 'Findings (%s) before and after: %s. Bytes with and without the limit: %s.\n' \
		"$(wc -l <"$work/before.ids")" "$found" "$written"
	rm -rf "$work/all" "$work/little"
done
