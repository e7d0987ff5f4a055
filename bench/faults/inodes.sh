# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split
# Inodes run out while there is room: no new spool file or segment can be made.
fault 'out of inodes (tmpfs)'
missing=0 total=0 refused=0
for inodes in 3 4 5 6 7 8 10 12; do
	begin
	store=$work/disk/store
	mkdir -p "$work/disk"
	mount -t tmpfs -o size=64m,nr_inodes=$inodes none "$work/disk"
	status=0
	"$trailcam" record -q -o "$store" --segment-size 64K --segment-every 1s -- \
		"$work/pulse" 4000 0 "$count" "$work/noop" 2>"$work/err" || status=$?
	[ $status -eq 125 ] || untell "exit status $status with $inodes inodes: $(head -n 1 "$work/err")"
	[ -s "$work/err" ] || untell "said nothing with $inodes inodes"
	mount -o remount,nr_inodes=1000 "$work/disk"
	if [ -s "$(echo "$store"/*/manifest.jsonl)" ]; then
		judge "$(cat "$count")"
		missing=$((missing + executed - recorded - lost)) total=$((total + executed))
	else
		refused=$((refused + 1))
		if "$trailcam" verify "$store" >/dev/null 2>&1; then untell "verify: fine, with $inodes inodes"; fi
	fi
	umount "$work/disk"
done
row "$total executed, $missing neither recorded nor counted; $refused tries could not begin; $(sed -n 's/.*NOT complete: //p' "$work/err")"
