# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split
# Programs in pid and mount namespaces three deep, in a chroot and on an overlay: what a program
# itself says of its files and namespaces, beside what the recorder saw.
fault 'namespaces, chroot, overlay'
compared=0
for _ in 1 2 3; do
	begin
	mkdir -p "$work/lower" "$work/upper" "$work/over" "$work/merged" "$work/jail"
	cp "$work/noop" "$work/lower/low"
	cp "$work/noop" "$work/jail/caged"
	"$trailcam" record -q -o "$store" -- unshare -pmf --mount-proc unshare -pmf --mount-proc \
		unshare -pmfn --mount-proc sh "$here/faults/nest.sh" "$work" >"$work/truth" 2>"$work/err" ||
		untell "$(head -n 1 "$work/err")"
	# unshare three times, sh, and what nest.sh executes
	judge $(($(grep -c '^executed' "$work/truth") + 4))
	[ $((recorded + lost)) -eq "$executed" ] || untell "$executed is not $recorded + $lost"
	ask "$capture" "SELECT argv[2], coalesce(exe, '?'), dev >> 20, dev & 1048575, inode, is_upper_layer, pid_ns, mnt_ns, net_ns, ns_pid
		FROM execs WHERE argv[2] LIKE 'probe-%' ORDER BY 1" >"$work/recorded"
	sed -n 's/^probe/probe/p' "$work/truth" | sort >"$work/expected"
	compared=$((compared + $(wc -l <"$work/expected")))
	diff "$work/expected" "$work/recorded" >"$work/difference" || untell "$(cat "$work/difference")"
	rm -rf "$work/lower" "$work/upper" "$work/over" "$work/merged" "$work/jail"
done
row "$compared programs compared: exe, device, inode, upper layer, namespaces, pid within"
