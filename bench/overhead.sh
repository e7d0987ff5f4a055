#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# overhead.sh [ROUNDS]: how much slower workloads become while somebody records what is executed:
# Trailcam, and other programs that can. Each round runs each candidate once, in an order that
# moves on by one; every time is compared with "none" of the same round.
#
# overhead.sh --programs: what each of Trailcam's kernel programs costs; see programs.sh.
#
# Environment: CANDIDATES, WORKLOADS (names, as in the table) to take fewer;
# STORM (executions), SHELL_RUNS (starts of /bin/true), FILES (C files), CALLS (system calls) to
# take other sizes; WARM (executions before the measured part, so that nobody is measured starting);
# RESULTS (a file that keeps the single measurements, one a line).
set -eu
here=$(dirname "$(readlink -f "$0")")
[ "${1-}" != --programs ] || exec "$here/programs.sh"
rounds=${1:-5}
candidates=${CANDIDATES:-none machine command command_cold perf bpftrace execsnoop auditd strace_seccomp strace}
workloads=${WORKLOADS:-storm shell build calls}
# shellcheck disable=SC2034 # read by candidates.sh
trailcam=$here/../trailcam
cpus=$(nproc)
work=$(mktemp -d)
results=${RESULTS:-$work/results}
: >"$results"
job=
mkfifo "$work/orders" "$work/answers"
# Both ends, so that opening a FIFO waits for nobody.
exec 3<>"$work/orders" 4<>"$work/answers"
# shellcheck source=bench/books.sh
. "$here/books.sh"
# shellcheck source=bench/candidates.sh
. "$here/candidates.sh"

clean() {
	trap '' INT TERM
	echo exit >&3 # the worker, if there is one
	if [ -n "$job" ]; then
		[ "$candidate" != auditd ] || quiet_audit
		# What timed started; then timed has nothing to wait for.
		kill -TERM "$(sed -n 's/^pid //p' "$run/cost")" 2>/dev/null || true
		wait "$job" || true
	fi
	rm -rf "$work"
}
trap clean EXIT
trap 'echo "stopped by a signal" >&2; exit 130' INT TERM

cc -O2 -o "$work/storm" "$here/storm.c"
cc -O2 -o "$work/calls" "$here/calls.c"
cc -O2 -o "$work/timed" "$here/timed.c"
cc -O2 -static -o "$work/noop" "$here/noop.c"

# A project of small C files; a build is what a CI machine does most.
mkdir "$work/build"
file=0
while [ $file -lt "${FILES:-60}" ]; do
	cp "$here/timed.c" "$work/build/$file.c"
	file=$((file + 1))
done
# shellcheck disable=SC2016 # make expands it
printf 'all: $(patsubst %%.c,%%.o,$(wildcard *.c))\n%%.o: %%.c\n\t$(CC) -O1 -c -o $@ $<\n' >"$work/build/Makefile"

workload() { # NAME
	case $1 in
	storm) echo "$work/storm $((${STORM:-60000} / cpus)) $cpus $work/noop" ;;
	shell) echo "/bin/sh -c 'i=0; while [ \$i -lt ${SHELL_RUNS:-5000} ]; do /bin/true; i=\$((i + 1)); done'" ;;
	build) echo "make -s -B -j$cpus -C $work/build" ;;
	calls) echo "$work/calls ${CALLS:-10000000}" ;;
	*) echo "there is no workload $1" >&2 && exit 2 ;;
	esac
}

# The worker is a shell that takes its commands from a FIFO: a candidate that wraps it starts it,
# and is given the measured command when it is ready.
order() { # COMMAND
	echo "$1 >$work/output 2>&1 </dev/null; echo \$? >$work/answers" >&3
	until answer=$(timeout 10 head -n 1 <&4); do
		pause
	done
	[ "$answer" = 0 ] || {
		echo "$candidate: '$1' ended with $answer:" >&2
		head -c 2000 "$work/output" >&2
		exit 1
	}
}

measure() { # ROUND CANDIDATE WORKLOAD
	candidate=$2
	command=$(workload "$3")
	run=$work/$1-$2-$3
	mkdir "$run"
	wraps=0
	"start_$candidate"
	if [ $wraps = 0 ]; then
		/bin/sh <&3 &
		worker=$!
	fi
	if [ "$candidate" != command_cold ]; then
		order "$work/storm $((${WARM:-10000} / cpus)) $cpus $work/noop"
	else
		launched
	fi
	# shellcheck disable=SC2086 # several
	before=$(cpu_ticks $pid)
	order "$work/timed $run/elapsed $command"
	# shellcheck disable=SC2086
	after=$(cpu_ticks $pid)
	echo exit >&3
	[ $wraps = 1 ] || wait "$worker"
	"stop_$candidate"
	echo "$1 $candidate $3 $(sed -n 's/^elapsed_ns //p' "$run/elapsed")" $((after - before)) \
		"$(sed -n 's/^own_ticks //p' "$run/cost" 2>/dev/null | grep . || echo 0)" "$("result_$candidate")" \
		"$(sed -n 's/^cpu_us //p' "$run/elapsed")" >>"$results"
	rm -rf "$run"
}

present=
for candidate in $candidates; do
	why=$("can_$candidate")
	if [ -n "$why" ]; then
		echo "without $candidate: $why" >&2
	else
		present="$present $candidate"
	fi
done
"$trailcam" --version >/dev/null 2>&1
"$trailcam" doctor >/dev/null 2>&1 || true
# Whatever audited this machine before, the first round is not to differ from the later ones.
case " $present " in *' auditd '*) quiet_audit ;; esac
machine
round=0
while [ $round -lt "$rounds" ]; do
	round=$((round + 1))
	# shellcheck disable=SC2086
	set -- $present
	turn=$(((round - 1) % $#))
	while [ $turn -gt 0 ]; do
		first=$1
		shift
		set -- "$@" "$first"
		turn=$((turn - 1))
	done
	for workload in $workloads; do
		for candidate in "$@"; do
			# Two system calls traced stop by stop: hours, to learn what is known.
			[ "$candidate-$workload" != strace-calls ] || continue
			measure $round "$candidate" "$workload"
		done
	done
	echo "round $round of $rounds, load $(cut -d' ' -f1-3 /proc/loadavg)" >&2
done
echo "load at the end $(cut -d' ' -f1-3 /proc/loadavg), $rounds rounds; medians, slowdown against none in the same round"
awk -v ticks="$(getconf CLK_TCK)" -v candidates="$present" -v workloads="$workloads" '
	{
		ns[$1, $2, $3] = $4; during[$1, $2, $3] = $5 / ticks; all[$1, $2, $3] = $6 / ticks
		held[$1, $2, $3] = $7; lost[$1, $2, $3] = $8; bytes[$1, $2, $3] = $9; spent[$1, $2, $3] = $10
		if ($1 > rounds) rounds = $1
	}
	function sorted(values, n,   i, j, t) {
		for (i = 2; i <= n; i++) {
			t = values[i]
			for (j = i - 1; j > 0 && values[j] > t; j--) values[j + 1] = values[j]
			values[j + 1] = t
		}
	}
	function median(values, n) {
		sorted(values, n)
		return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
	}
	function of(table, c, w,   r, n, v) {
		for (r = 1; r <= rounds; r++) if ((r, c, w) in table) v[++n] = table[r, c, w]
		return median(v, n)
	}
	function worst(c, w,   r, most) {
		most = "-"
		for (r = 1; r <= rounds; r++)
			if ((r, c, w) in lost && lost[r, c, w] != "-" && (most == "-" || lost[r, c, w] + 0 > most)) most = lost[r, c, w] + 0
		return most
	}
	END {
		nw = split(workloads, ws, " "); nc = split(candidates, cs, " ")
		for (i = 1; i <= nw; i++) {
			w = ws[i]
			printf "\n%-15s %9s %8s %15s %8s %9s %9s %9s %9s %11s %9s\n", w, "seconds", "slowdown",
				"least to most", "its CPU", "CPU s", "CPU s all", "events", "most lost", "bytes", "per event"
			for (j = 1; j <= nc; j++) {
				c = cs[j]; n = 0; split("", ratio); split("", work)
				for (r = 1; r <= rounds; r++)
					if ((r, c, w) in ns && ns[r, "none", w] > 0 && spent[r, "none", w] > 0) {
						ratio[++n] = ns[r, c, w] / ns[r, "none", w]
						work[n] = spent[r, c, w] / spent[r, "none", w]
					}
				if (!n) continue
				m = median(ratio, n); h = of(held, c, w); b = of(bytes, c, w)
				printf "%-15s %9.3f %8.3f %15s %8.3f %9.2f %9.2f %9d %9s %11d %9s\n", c, of(ns, c, w) / 1e9, m,
					sprintf("%.3f to %.3f", ratio[1], ratio[n]), median(work, n), of(during, c, w), of(all, c, w),
					h, worst(c, w), b, h ? sprintf("%.1f", b / h) : "-"
			}
		}
	}' "$results"
