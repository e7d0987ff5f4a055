# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split
# Stores that are not what they seem are refused before anything is recorded.
fault 'hostile store is refused'
slowest=0
mkdir "$work/victim"
for kind in link-to-directory dangling-link fifo file socket world-writable group-writable; do
	begin
	case $kind in
	link-to-directory) ln -s "$work/victim" "$store" ;;
	dangling-link) ln -s "$work/victim/nothing" "$store" ;;
	fifo) mkfifo "$store" ;;
	file) echo precious >"$store" ;;
	socket) perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 1) or die' "$store" ;;
	world-writable) mkdir -m 0777 "$store" ;;
	group-writable) mkdir -m 0770 "$store" ;;
	esac
	status=0
	from=$(date +%s%N)
	timeout -s KILL 20 "$trailcam" record -q -o "$store" -- touch "$work/ran" >"$work/err" 2>&1 || status=$?
	millis=$((($(date +%s%N) - from) / 1000000))
	[ $millis -le $slowest ] || slowest=$millis
	[ $status -eq 125 ] || untell "$kind: exit status $status"
	[ "$(wc -l <"$work/err")" -eq 1 ] || untell "$kind: $(wc -l <"$work/err") lines: $(head -n 2 "$work/err")"
	[ ! -e "$work/ran" ] || untell "$kind: the command ran"
	rm -f "$work/ran"
done
[ -z "$(ls -A "$work/victim")" ] || untell 'something was written through a link'
row "exit 125, one sentence, at most $slowest ms with the start of the JVM; $(cat "$work/err")"

# Somebody who owns the store renames the capture at any moment, and puts a link to a directory of
# somebody else in its place. Nothing may be written there.
fault 'store owner swaps the capture'
moved=0 refused=0 total=0
for try in 1 2 3 4 5 6 7 8 9 10 11 12; do
	begin
	rm -rf "$work/victim"
	mkdir "$work/victim" "$store"
	echo precious >"$work/victim/manifest.jsonl"
	mkdir "$work/victim/spool"
	chown nobody "$store"
	chmod 755 "$work" "$store"
	setpriv --reuid=nobody --clear-groups perl "$here/faults/swap.pl" "$store" "$work/victim" $(((try - 1) * 250)) &
	swapper=$!
	status=0
	"$trailcam" record -q -o "$store" --segment-size 64K -- \
		"$work/pulse" 3500 0 "$count" "$work/noop" 2>"$work/err" || status=$?
	wait $swapper || untell 'the swapper never saw a capture'
	find "$work/victim" | sort >"$work/found"
	printf '%s\n' "$work/victim" "$work/victim/manifest.jsonl" "$work/victim/spool" | cmp -s - "$work/found" ||
		untell "written into the victim: $(paste -sd' ' "$work/found")"
	[ "$(cat "$work/victim/manifest.jsonl")" = precious ] || untell 'the victim is overwritten'
	[ $status -eq 125 ] || untell "exit status $status"
	if grep -q 'moved it away' "$work/err"; then
		moved=$((moved + 1))
	else
		refused=$((refused + 1))
		sentence=$(head -n 1 "$work/err")
	fi
	rm -f "$store"/vm-* 2>/dev/null || true
	mv "$store/aside" "$store/capture"
	find "$store" -type l -delete
	if [ -s "$store/capture/manifest.jsonl" ]; then
		judge "$(cat "$count")"
		[ "$reason" = recovered ] || untell "cannot be recovered: $reason"
		total=$((total + executed - recorded - lost))
	fi
done
row "0 bytes in the victim unless said above; $moved said moved, $refused refused to begin (${sentence:-}); $total executions not in the moved captures"
