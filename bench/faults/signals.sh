# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split
# The command, which runs as root, sends its recorder every signal there is: at its own first moment,
# while the recorder still gives up its rights, and once it records. HUP and TERM come back to the
# command: that is how they end it.
signals='HUP INT QUIT ILL TRAP ABRT BUS FPE USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT TSTP TTIN
	TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS 34 35 36 49 63 64'
for moment in recording beginning; do
	fault "signals from the command, $moment"
	survived='' killed='' ended='' odd=''
	for signal in $signals; do
		begin
		status=0
		timeout -s KILL 60 "$trailcam" record -q -o "$store" -- \
			perl "$here/faults/signal.pl" "$signal" "$moment" "$store" >"$work/err" 2>&1 || status=$?
		if [ ! -s "$(echo "$store"/*/manifest.jsonl)" ]; then
			odd="$odd $signal:no-capture"
			continue
		fi
		judge 1
		case $reason.$status in
		command_exited.7) survived="$survived $signal" ;;
		command_exited.129 | command_exited.143) ended="$ended $signal" ;;
		recovered.*) killed="$killed $signal" ;;
		*) odd="$odd $signal:$reason.$status" ;;
		esac
	done
	row "survives$survived; passes on$ended; dies and verify says incomplete:$killed; other:${odd:- none}"
done
