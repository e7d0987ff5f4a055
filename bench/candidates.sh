# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What overhead.sh compares; sourced by it. A candidate NAME has
#   can_NAME      whether its tools are here; says on stdout why not
#   start_NAME    starts it, returns when it records; sets $pid, and $wraps=1 when the worker is its child
#   stop_NAME     ends it, returns when it has written everything
#   result_NAME   prints events held, events lost ("-": it does not count them) and bytes written
# $run is the candidate's own directory, $work has storm, noop and timed, $trailcam is the launcher.

# shellcheck disable=SC2154 # set by overhead.sh
launch() { # COMMAND...
	# The orders are for the worker, if the candidate starts it.
	"$work/timed" "$run/cost" "$@" <&3 &
	job=$!
}

launched() {
	until pid=$(sed -n 's/^pid //p' "$run/cost" 2>/dev/null) && [ -n "$pid" ]; do
		pause
	done
}

# For what nobody tells: long enough to leave the machine alone.
pause() {
	if [ -n "${job-}" ] && ! kill -0 "$job" 2>/dev/null; then
		echo "$candidate ended before its time; it said:" >&2
		cat "$run"/said* >&2 || true
		exit 1
	fi
	sleep 0.02
}

# Executes a program until the candidate has told of one.
until_it_tells() { # FILE
	until grep -q noop "$1" 2>/dev/null; do
		"$work/noop"
		pause
	done
}

finish() { # SIGNAL
	kill -"$1" "$pid"
	wait "$job" || true
	job=
}

lines() { # FILE PATTERN
	grep -ac "$2" "$1" || true
}

can_none() { :; }
start_none() { pid=; }
stop_none() { :; }
result_none() { echo 0 - 0; }

# The whole machine, by trailcam.
can_machine() { :; }
start_machine() {
	mkfifo "$run/said"
	exec 6<>"$run/said" # so that opening it waits for nobody
	launch "$trailcam" record -o "$run/store" 2>"$run/said"
	exec 5<"$run/said" 6>&-
	while read -r line <&5; do
		case $line in *'recording every execution'*) launched && return ;; esac
		echo "$line" >>"$run/said.log"
	done
	echo 'trailcam did not begin to record; it said:' >&2
	cat "$run/said.log" >&2
	exit 1
}
stop_machine() {
	finish TERM
	exec 5<&-
}
result_machine() {
	capture=$(capture_in "$run/store")
	set -- "$(books_of "$capture" exec)" "$(books_of "$capture" exit)" "$(books_of "$capture" failed)"
	echo "$@" | awk -v bytes="$(cat "$capture"/*.parquet "$capture"/manifest.jsonl | wc -c)" \
		'{ print $2 + $5 + $8, $3 + $6 + $9, bytes }'
}

# The worker and its descendants, by trailcam, once the collector is at work.
can_command() { :; }
start_command() {
	start_command_cold
	launched
	until has_thread "$pid" collector; do
		pause
	done
}
stop_command() {
	wait "$job" || true
	job=
}
result_command() { result_machine; }

# The same, from the command's first moment: while the recorder's Java is still starting.
can_command_cold() { :; }
start_command_cold() {
	wraps=1
	launch "$trailcam" record -q -o "$run/store" -- /bin/sh 2>"$run/said"
}
stop_command_cold() { stop_command; }
result_command_cold() { result_machine; }

can_perf() {
	command -v perf >/dev/null || echo 'there is no perf'
}
start_perf() {
	mkfifo "$run/control" "$run/ack"
	exec 6<>"$run/control" 7<>"$run/ack"
	launch perf record -q -D -1 --control "fifo:$run/control,$run/ack" -a \
		-e sched:sched_process_exec -o "$run/perf.data" >"$run/said" 2>&1
	echo enable >&6
	head -n 1 <&7 >"$run/acknowledged"
	exec 6>&- 7>&-
	launched
}
stop_perf() { finish INT; }
result_perf() {
	perf script -i "$run/perf.data" --show-lost-events 2>/dev/null |
		awk -v bytes="$(wc -c <"$run/perf.data")" '
			/PERF_RECORD_LOST/ { lost += $NF; next }
			/sched_process_exec/ { held++ }
			END { print held + 0, lost + 0, bytes }'
}

can_bpftrace() {
	command -v bpftrace >/dev/null && [ -f /usr/sbin/execsnoop.bt ] ||
		echo 'there is no bpftrace with /usr/sbin/execsnoop.bt'
}
start_bpftrace() {
	launch bpftrace -o "$run/events" /usr/sbin/execsnoop.bt >"$run/said" 2>&1
	until_it_tells "$run/events"
	launched
}
stop_bpftrace() { finish INT; }
result_bpftrace() {
	echo "$(lines "$run/events" '^[0-9]')" \
		"$(cat "$run/said" "$run/events" | sed -n 's/^Lost \([0-9]*\) events.*/\1/p' | awk '{ n += $1 } END { print n + 0 }')" \
		"$(wc -c <"$run/events")"
}

# Of libbpf-tools, not the one of BCC, which has the same name in some distributions.
can_execsnoop() {
	[ -x /usr/sbin/execsnoop ] || echo 'there is no /usr/sbin/execsnoop (libbpf-tools)'
}
start_execsnoop() {
	launch /usr/sbin/execsnoop >"$run/events" 2>"$run/said"
	until_it_tells "$run/events"
	launched
}
stop_execsnoop() { finish INT; }
result_execsnoop() {
	echo "$(($(lines "$run/events" .) - 1))" \
		"$(sed -n 's/^[Ll]ost \([0-9]*\) events.*/\1/p' "$run/said" | awk '{ n += $1 } END { print n + 0 }')" \
		"$(wc -c <"$run/events")"
}

audit() { # NAME
	auditctl -s 2>/dev/null | sed -n "s/^$1 //p"
}

can_auditd() {
	if ! command -v auditd >/dev/null || ! command -v auditctl >/dev/null; then
		echo 'there is no auditd'
	elif [ -z "$(audit enabled)" ]; then
		echo 'this kernel has no audit'
	elif [ "$(audit pid)" != 0 ] || [ "$(audit enabled)" != 0 ]; then
		echo 'audit is in use on this machine'
	elif ! auditctl -l | grep -qx -e 'No rules' -e '-a never,task'; then
		echo 'this machine has audit rules of its own'
	fi
}
start_auditd() {
	mkdir -p "$run/audit/plugins.d"
	chmod 700 "$run" "$run/audit"
	cat >"$run/audit/auditd.conf" <<-END
		local_events = yes
		write_logs = yes
		log_file = $run/audit.log
		log_format = ENRICHED
		flush = INCREMENTAL_ASYNC
		freq = 50
		max_log_file = 4096
		max_log_file_action = IGNORE
		space_left = 75
		space_left_action = IGNORE
		admin_space_left = 50
		admin_space_left_action = IGNORE
		disk_full_action = IGNORE
		disk_error_action = IGNORE
		priority_boost = 4
		q_depth = 2000
		overflow_action = IGNORE
		plugin_dir = $run/audit/plugins.d
	END
	launch auditd -n -s nochange -c "$run/audit" >"$run/said" 2>&1
	launched
	until [ "$(audit pid)" = "$pid" ]; do
		pause
	done
	{
		auditctl -D
		auditctl -b 8192
		auditctl -a always,exit -F arch=b64 -S execve -S execveat
		auditctl -e 1
		auditctl --reset-lost
	} >>"$run/said" 2>&1
	pid="$pid $(pgrep -x kauditd)"
}
stop_auditd() {
	pid=${pid% *}
	audit lost >"$run/lost"
	quiet_audit
	finish TERM
}
# A kernel that has ever audited gives every new task an audit context, which makes all its system
# calls slower, until a rule says that no task is to be audited (or until it boots anew).
quiet_audit() {
	{
		auditctl -e 0
		auditctl -D
		auditctl -a never,task
	} >/dev/null 2>&1
}
result_auditd() {
	echo "$(lines "$run/audit.log" type=SYSCALL)" "$(cat "$run/lost")" "$(wc -c <"$run/audit.log")"
}

can_strace() {
	command -v strace >/dev/null || echo 'there is no strace'
}
start_strace() {
	# shellcheck disable=SC2034 # read by overhead.sh
	wraps=1
	# shellcheck disable=SC2086 # an option or none
	launch strace -f ${1-} -qq -e trace=execve,execveat -e signal=none -o "$run/events" \
		/bin/sh 2>"$run/said"
	launched
}
stop_strace() { stop_command; }
result_strace() {
	echo "$(lines "$run/events" ' = 0$')" - "$(wc -c <"$run/events")"
}

can_strace_seccomp() { can_strace; }
start_strace_seccomp() { start_strace --seccomp-bpf; }
stop_strace_seccomp() { stop_command; }
result_strace_seccomp() { result_strace; }
