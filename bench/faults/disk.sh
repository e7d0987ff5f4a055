# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split

# fill OPTIONS: records onto a small file system until it is full, then makes room and recovers.
fill() {
	begin
	store=$work/disk/store
	mkdir -p "$work/disk"
	if [ "$1" = loop ]; then
		truncate -s 16M "$work/image"
		mkfs.ext4 -q -F -N 64 "$work/image"
		mount -o loop "$work/image" "$work/disk"
	else
		mount -t tmpfs -o "$1" none "$work/disk"
	fi
	status=0
	# Room to be freed later: what an operator does with a full disk.
	dd if=/dev/zero of="$work/disk/ballast" bs=1M count="$2" status=none 2>/dev/null || true
	"$trailcam" record -q -o "$store" --segment-size "$3" --segment-every 1s -- \
		"$work/pulse" "$4" 0 "$count" "$work/noop" 2>"$work/err" || status=$?
	grep -q 'NOT complete' "$work/err" || untell 'the recorder did not say that the capture is not complete'
	[ $status -eq 125 ] || untell "exit status $status"
	statuses="$statuses $status"
	sentence=$(sed -n 's/.*NOT complete: //p' "$work/err")
	rm -f "$work/disk/ballast" "$work/disk"/filler-*
	judge "$(cat "$count")"
	[ "$reason" = recovered ] || untell 'could not be recovered once there was room'
	missing=$((missing + executed - recorded - lost)) total=$((total + executed))
	umount "$work/disk"
	rm -f "$work/image"
}

fault 'out of disk (16 MiB, tmpfs)'
missing=0 total=0 statuses=''
for segment in 64K 256K 4M; do
	fill size=16m 15 $segment 6000
done
row "$total executed, $missing neither recorded nor counted; exits$statuses; $sentence"
fault 'out of disk (16 MiB, ext4)'
missing=0 total=0 statuses=''
for segment in 64K 4M; do
	fill loop 13 $segment 6000
done
row "$total executed, $missing neither recorded nor counted; exits$statuses; $sentence"
