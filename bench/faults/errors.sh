# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh disable=SC2154,SC2034,SC2046 # shared with faults.sh; words are meant to split
# The k-th call of a kind fails in each thread of the recorder, or all from the k-th on: strace puts
# itself between. The command starts its storm when strace is there.

# inject CALLS ERRNO WHEN
inject() {
	begin
	mkfifo "$work/go"
	status=0
	# shellcheck disable=SC2016 # the recorded shell expands them
	"$trailcam" record -q -o "$store" --segment-size 64K --segment-every 1s -- \
		sh -c 'read -r _ <"$0"; exec "$@"' "$work/go" \
		"$work/pulse" "$millis" 0 "$count" "$work/noop" >"$work/err" 2>&1 &
	recorder=$!
	await_spool $recorder
	strace -f -p $recorder -o "$work/strace" -e "trace=$1" \
		-e "inject=$1:error=$2:when=$3" 2>"$work/strace.err" &
	tracer=$!
	while ! grep -q attached "$work/strace.err"; do sleep 0.02; done
	echo >"$work/go"
	wait $recorder || status=$?
	wait $tracer || true
	rm "$work/go"
	hit=$(grep -c INJECTED "$work/strace" || true)
	[ "$hit" -eq 0 ] || hits=$((hits + 1))
	# The shell that waited is one execution more.
	judge $(($(cat "$count") + 1))
	if [ "$before" = incomplete ]; then
		failed=$((failed + 1))
		case "$1 $3" in
		# When every write fails, only the exit status is left to tell.
		'write,pwrite64,writev 1+') [ $status -eq 125 ] || untell "$1 $2 $3: exit status $status" ;;
		# Without reads the JVM cannot load the classes that would say what failed, and crashes.
		'read,pread64 '*+) [ $status -eq 125 ] || [ $status -eq 139 ] || untell "$1 $2 $3: exit status $status" ;;
		*)
			[ $status -eq 125 ] || untell "$1 $2 $3: exit status $status"
			[ -s "$work/err" ] || untell "$1 $2 $3: not a word"
			;;
		esac
		[ "$reason" != none ] || untell "$1 $2 $3: cannot be recovered"
	fi
	# A command that outlives its recorder goes on executing while its count is read.
	[ $status -eq 139 ] || missing=$((missing + executed - recorded - lost))
}

millis=${TRAILCAM_FAULT_MILLIS:-1500}
for calls in ${TRAILCAM_FAULT_CALLS:-write,pwrite64,writev fsync,fdatasync rename,renameat,renameat2 \
	unlink,unlinkat openat,open ftruncate,lseek read,pread64}; do
	for errno in EIO ENOSPC; do
		case $errno,$calls in ENOSPC,read* | ENOSPC,rename* | ENOSPC,unlink* | ENOSPC,ftr*) continue ;; esac
		fault "$errno at the k-th ${calls%%,*}"
		failed=0 missing=0 hits=0
		for when in ${TRAILCAM_FAULT_WHEN:-1 2 3 4 6 9 1+ 3+}; do
			inject "$calls" "$errno" "$when"
		done
		row "$hits tries met a call, $failed failed and said so; $missing executions neither recorded nor counted"
	done
done
