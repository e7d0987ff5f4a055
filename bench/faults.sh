#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# faults.sh [FAULT...]: provokes what a recorder must survive, each fault for real, and prints what
# came of it. Without arguments all of faults/*.sh, one after the other.
#
#   sealed events lost   rows of segments that were acknowledged and are gone or changed afterwards
#   said so              whether every try told the truth: what is not all there is not called whole
set -eu
here=$(dirname "$(readlink -f "$0")")
trailcam=$here/../trailcam
work=$(mktemp -d)
cleanup() {
	status=$?
	[ $status -eq 0 ] || echo "faults.sh: stopped by an error in '$fault'" >&2
	umount -q "$work/disk" 2>/dev/null || true
	rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

build() {
	cc -O2 -o "$work/pulse" "$here/pulse.c"
	cc -O2 -static -o "$work/noop" "$here/noop.c"
	for source in "$here"/faults/*.c; do
		program=$work/$(basename "$source" .c)
		case $source in
		*/canary.c) cc -O2 -shared -fPIC -o "$work/canary.so" "$source" ;;
		*/witness.c) cc -O2 -static -o "$program" "$source" ;;
		*) cc -O2 -pthread -o "$program" "$source" ;;
		esac
	done
	javac -d "$work" "$here/faults/Ask.java"
}

# ask CAPTURE SQL: rows of a query over the capture's Parquet files, a tab between columns.
ask() {
	java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable \
		-cp "$work:$here/../analyzer/target/dist/lib/*" Ask "$@"
}

# begin: a new store for the next try; results of the last fault are forgotten by fault().
begin() {
	tries=$((tries + 1))
	store=$work/$fault-$tries
	count=$work/count
	echo 0 >"$count"
}

fault() {
	fault=$1
	tries=0
	sealed_lost=0
	untold=0
}

# judge EXECUTED: compares a capture with what its command knows, recovers it when it has no end.
# Sets recorded, lost, reason, before and after (intact or incomplete).
judge() {
	capture=$(echo "$store"/*)
	cp "$capture/manifest.jsonl" "$work/manifest"
	before=$(verdict)
	case $(last_line) in
	none*) "$trailcam" recover "$capture" >>"$work/log" 2>&1 || true ;;
	esac
	after=$(verdict)
	# shellcheck disable=SC2046 # three words
	set -- "$1" $(last_line)
	# shellcheck disable=SC2034 # each fault looks at what it needs
	executed=$1 reason=$2 recorded=$3 lost=$4
	gone=$(perl "$here/faults/judge.pl" sealed "$work/manifest" "$capture")
	sealed_lost=$((sealed_lost + gone))
	# Less than all may only be there when somebody says so; and more would be a lie too.
	if [ $((recorded + lost)) -ne "$executed" ] || [ "$lost" -ne 0 ]; then
		if [ "$before" = intact ] || [ "$after" = intact ]; then
			untell "executed $executed, recorded $recorded, lost $lost, yet $before and $after"
		fi
	fi
}

untell() {
	untold=$((untold + 1))
	echo "$fault: try $tries: $1" >&2
}

verdict() {
	if "$trailcam" verify "$capture" >"$work/verify" 2>&1; then echo intact; else echo incomplete; fi
}

last_line() {
	perl "$here/faults/judge.pl" end "$capture"
}

# row NOTE: the result of a fault.
row() {
	said=yes
	[ "$untold" -eq 0 ] || said="NO ($untold of $tries)"
	printf '%-34s | %5d | %8d | %-14s | %s\n' "$fault" "$tries" "$sealed_lost" "$said" "$1"
}

# await FILE: until it is there, at most a minute.
await() {
	waited=0
	while ! [ -e "$1" ]; do
		waited=$((waited + 1))
		[ $waited -lt 1200 ] || return 1
		sleep 0.05
	done
}

# await_spool PID: until this recorder writes its first spool file.
await_spool() {
	waited=0
	while ! grep -qz '^collect$' "/proc/$1/cmdline" 2>/dev/null ||
		! ls "$store"/*/spool/*.spool >/dev/null 2>&1; do
		waited=$((waited + 1))
		[ $waited -lt 1200 ] || return 1
		sleep 0.05
	done
}

build
printf '%-34s | %5s | %8s | %-14s | %s\n' fault tries 'sealed events lost' 'said so' note
[ $# -gt 0 ] || set -- stop disk inodes readonly errors clock pids argv namespaces stores \
	signals canaries rights secrets
for name; do
	# shellcheck source=/dev/null # one file for each fault
	. "$here/faults/$name.sh"
done
