# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split
# The file system becomes read-only under the recorder, as ext4 does after an error of its disk: by
# remounting, which fails while files are open for writing, or by force.
fault 'file system becomes read-only'
missing=0 total=0
for moment in 0.2 1.2 2.2; do
	begin
	store=$work/disk/store
	mkdir -p "$work/disk"
	truncate -s 64M "$work/image"
	mkfs.ext4 -q -F "$work/image"
	mount -o loop "$work/image" "$work/disk"
	status=0
	"$trailcam" record -q -o "$store" --segment-size 64K --segment-every 1s -- \
		"$work/pulse" 6000 0 "$count" "$work/noop" 2>"$work/err" &
	recorder=$!
	await_spool $recorder
	sleep $moment
	# What the kernel does when a file system has errors=remount-ro; "mount -o remount,ro" is busy.
	device=$(findmnt -n -o SOURCE "$work/disk")
	mount -o remount,abort "$work/disk" || mount -o remount,ro -f "$work/disk" || true
	wait $recorder || status=$?
	grep -q 'NOT complete' "$work/err" || untell "the recorder did not say so: $(head -n 1 "$work/err")"
	[ $status -eq 125 ] || untell "exit status $status"
	umount "$work/disk"
	e2fsck -fy "$work/image" >>"$work/log" 2>&1 || true
	mount -o loop "$work/image" "$work/disk"
	judge "$(cat "$count")"
	missing=$((missing + executed - recorded - lost)) total=$((total + executed))
	umount "$work/disk"
	rm -f "$work/image"
done
row "$total executed, $missing neither recorded nor counted ($device); $(sed -n 's/.*NOT complete: //p' "$work/err")"
