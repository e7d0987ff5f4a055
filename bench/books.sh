# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
# What the benchmarks read: a capture's books and a process's figures. Sourced; wants jq.

# A value of the last manifest line, by a jq filter. An unfinished capture has no books: "-".
end_line() { # CAPTURE FILTER
	tail -n 1 "$1/manifest.jsonl" | jq -r "if .type == \"end\" then ($2 | tostring) else \"-\" end"
}

# What the capture says of its kind (exec, exit, failed, …): three numbers: seen, recorded, lost.
books_of() { # CAPTURE KIND
	# A fork that could not be followed is a hint at lost executions, not one.
	end_line "$1" "if \"$2\" == \"exec\"
		then [.executed, .recorded, ([.losses | to_entries[] | select(.key != \"untracked_fork\") | .value] | add // 0)]
		else .events[\"$2\"] | [.seen, .recorded, .lost] end | map(tostring) | join(\" \")"
}

# The only capture of a store; nothing if there are none or several.
capture_in() { # STORE
	set -- "$1"/*/manifest.jsonl
	[ $# -eq 1 ] && [ -f "$1" ] && dirname "$1"
}

# A line of /proc/PID/status in KiB; 0 when the process is gone.
status_kib() { # PID NAME
	sed -n "s/^$2:[[:space:]]*\([0-9]*\) kB/\1/p" "/proc/$1/status" 2>/dev/null | grep . || echo 0
}

# CPU time that the processes spent themselves, in clock ticks. The name in brackets may hold anything.
cpu_ticks() { # PID...
	for pid in "$@"; do
		sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null || true
	done | awk '{ sum += $12 + $13 } END { print sum + 0 }'
}

# Whether a thread of this name lives in the process.
has_thread() { # PID NAME
	grep -qsx "$2" "/proc/$1/task/"*/comm
}

# Nanoseconds since boot, like boot_ns in a capture; to 10 ms.
boot_ns() {
	awk '{ printf "%.0f\n", $1 * 1e9 }' /proc/uptime
}

# What a figure depends on.
machine() {
	printf '%s processors (%s), Linux %s, load at the start %s, %s BPF programs of others\n' "$(nproc)" \
		"$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)" "$(uname -r)" \
		"$(cut -d' ' -f1-3 /proc/loadavg)" \
		"$(bpftool -j prog show 2>/dev/null | jq '[.[]? | select(.type == "tracing" or .type == "tracepoint" or .type == "raw_tracepoint")] | length')"
}
