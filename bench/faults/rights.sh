# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split
# What the recorder and each of its threads may do while it records, as the kernel says.
fault 'rights of the recorder'
threads=0
for _ in 1 2 3; do
	begin
	"$trailcam" record -q -o "$store" --segment-size 64K -- \
		"$work/pulse" 5000 0 "$count" "$work/noop" 2>"$work/err" &
	recorder=$!
	await_spool $recorder
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		for status in "/proc/$recorder/task"/*/status; do
			rights=$(awk '/^(CapInh|CapPrm|CapEff|CapBnd|CapAmb|NoNewPrivs|Uid|Seccomp):/ { print $1 $2 }' "$status" | paste -sd' ')
			threads=$((threads + 1))
			# {2, 5}: CAP_DAC_READ_SEARCH, CAP_KILL
			case $rights in
			*CapInh:0000000000000000\ CapPrm:0000000000000024\ CapEff:0000000000000024\ CapBnd:0000000000000024\ CapAmb:0000000000000000\ NoNewPrivs:1*) ;;
			*) untell "$status: $rights" ;;
			esac
		done
		sleep 0.1
	done
	wait $recorder || true
	judge "$(cat "$count")"
done
row "$threads looks at threads; $rights"
