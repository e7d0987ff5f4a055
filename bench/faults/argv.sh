# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split
# Arguments that are hard to record, judged by what the executed program itself finds.
export WITNESS="$work/witnessed"
for mode in big:50 many:20 none:50 bytes:1000 text:50 mapped:200 racing:1000; do
	fault "arguments: ${mode%:*}"
	begin
	rm -f "$WITNESS"
	"$trailcam" record -q -o "$store" --raw-secrets -- \
		"$work/argv" "${mode%:*}" "${mode#*:}" "$work/witness" 2>"$work/err" || untell "$(head -n 1 "$work/err")"
	judge $(($(wc -l <"$WITNESS") + 1))
	[ $((recorded + lost)) -eq "$executed" ] || untell "$executed is not $recorded + $lost"
	ask "$capture" "SELECT pid, argc, argv_bytes, argv_truncated, len(read_faults),
		coalesce(array_to_string([lower(hex(a)) || '00' FOR a IN coalesce(argv_raw, [encode(b) FOR b IN argv])], ''), 'null')
		FROM execs WHERE exe_name = 'witness' OR exe LIKE '%/witness'" >"$work/recorded"
	set -- $(perl "$here/faults/compare.pl" "$WITNESS" "$work/recorded")
	[ "$2 $3" = '0 0' ] || untell "$2 with wrong counts, $3 with wrong bytes"
	tries=${mode#*:}
	row "$1 compared: $2 wrong counts, $3 wrong bytes, $4 cut and said so, $5 unreadable and said so"
done
unset WITNESS
