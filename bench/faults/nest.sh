#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# nest.sh DIRECTORY: executes programs in odd places, and prints for each what it ought to look like.
# Prints a line "executed" for each program it executes, so that somebody can count.
set -eu
dir=$1

told() {
	echo executed
	"$@"
}

# probe NAME FILE SEEN UPPER COMMAND...: runs COMMAND with NAME as its argument, which becomes FILE.
probe() {
	name=$1 file=$2 seen=$3 upper=$4
	shift 4
	# Three words: device and inode; what is behind them is known to the kernel alone.
	# shellcheck disable=SC2046
	set -- $(stat -c '%Hd %Ld %i' "$file") "$@"
	echo executed
	major=$1 minor=$2 inode=$3
	shift 3
	"$@" "$name" &
	pid=$!
	wait $pid
	echo executed
	printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$name" "$seen" "$major" "$minor" "$inode" "$upper" \
		"$pid_ns" "$mnt_ns" "$net_ns" "$pid"
}

namespace() {
	readlink "/proc/self/ns/$1" | tr -dc '0-9'
}
pid_ns=$(namespace pid) mnt_ns=$(namespace mnt) net_ns=$(namespace net)
printf 'executed\n%.0s' 1 2 3 4 5 6

told mount -t overlay -o "lowerdir=$dir/lower,upperdir=$dir/upper,workdir=$dir/over" none "$dir/merged"
told cp "$dir/lower/low" "$dir/merged/high"
told cp "$dir/lower/low" "$dir/merged/low2"
probe probe-caged "$dir/jail/caged" "$dir/jail/caged" null chroot "$dir/jail" /caged
echo executed
probe probe-high "$dir/merged/high" "$dir/merged/high" true "$dir/merged/high"
probe probe-low "$dir/merged/low" "$dir/merged/low" false "$dir/merged/low"
probe probe-plain "$dir/noop" "$dir/noop" null "$dir/noop"
