/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * The wire between kernel and recorder: one record of the ring buffer. Everything is fixed-width,
 * little- or big-endian as the machine is, and checked twice: here by _Static_assert, in Java
 * against the BTF of the committed object. Whoever changes a field raises TC_WIRE_ABI.
 *
 * Every record begins with struct tc_header; its kind says what follows.
 *
 *   TC_KIND_EXEC, TC_KIND_PROCESS        TC_KIND_FAILED                  TC_KIND_EXIT, TC_KIND_SOCKET
 *   +-------------------+ 0              +-------------------+ 0         +------------------+ 0
 *   | struct tc_event   |                | struct tc_failed  |           | struct tc_exit,  |
 *   +-------------------+                +-------------------+           | struct tc_socket |
 *   | tc_ancestor × n   |                | filename          |           +------------------+ size
 *   +-------------------+                | cwd               |
 *   | filename          |                | argv              |
 *   | interp            |                +-------------------+ size
 *   | exe               |
 *   | cwd               |    tc_ancestor: nearest first, n = ancestors
 *   | cgroup            |    filename, interp: no NUL
 *   | env names         |    exe, cwd, cgroup: path components, leaf first, each closed by NUL
 *   | argv              |    env names: each closed by NUL
 *   +-------------------+    argv: arguments as the program sees them, each closed by NUL unless cut
 */
#ifndef TRAILCAM_EXEC_EVENT_H
#define TRAILCAM_EXEC_EVENT_H

#include <linux/types.h>

#define TC_WIRE_ABI 2

enum tc_kind {
	TC_KIND_EXEC = 1,	/* a program was executed */
	TC_KIND_PROCESS = 2,	/* a process that was alive when recording began */
	TC_KIND_EXIT = 3,	/* a process ended */
	TC_KIND_FAILED = 4,	/* an execution failed */
	TC_KIND_SOCKET = 5,	/* a socket that sees other programs' packets */
	TC_KINDS = 5,
};

/* Why a field is missing or not whole; bit numbers of tc_header.faults. */
enum tc_fault {
	TC_FAULT_FILENAME = 0,
	TC_FAULT_INTERP = 1,
	TC_FAULT_EXE = 2,
	TC_FAULT_CWD = 3,
	TC_FAULT_CGROUP = 4,
	TC_FAULT_ENV = 5,
	TC_FAULT_ARGV = 6,
	TC_FAULT_ANCESTORS = 7,
};

enum tc_flag {
	TC_FLAG_ARGV_CUT = 1,	/* argv_len < argv_bytes because of the limit */
	TC_FLAG_MEMFD = 2,	/* exe lives on a mount only the kernel has, and has no link */
	TC_FLAG_OVERLAY = 4,	/* exe lives on an overlay */
	TC_FLAG_UPPER = 8,	/* and in its upper layer */
	TC_FLAG_MASKED = 16,	/* set by the recorder: argv holds marks instead of secrets */
};

#define TC_COMM_LEN 16
#define TC_TTY_LEN 64
#define TC_UNSET 0xffffffffU	/* login_uid, session_id: nobody logged in */

/*
 * Names one program image: the executions of one recording are numbered per processor from 0, so
 * cpu << 48 | number + 1 is unique, and never 0, which means not known. A process inherits its
 * parent's image until it executes something.
 */
typedef __u64 tc_image;

struct tc_ancestor {
	__u32 pid;
	__u32 reserved;
	__u64 start_ns;		/* CLOCK_BOOTTIME at fork */
	tc_image image;
	char comm[TC_COMM_LEN];
};

/* What every record begins with: who, when. */
struct tc_header {
	__u16 abi;
	__u16 kind;		/* enum tc_kind */
	__u32 size;		/* of the whole record */
	tc_image image;		/* the image this event creates, or that the process was running */
	__u64 boot_ns;		/* CLOCK_BOOTTIME of the event */
	__u64 start_ns;		/* CLOCK_BOOTTIME at the process's fork */
	__u32 cpu;
	__u32 pid;		/* thread group id, initial namespace */
	__u32 ppid;
	__u32 uid;
	__u32 euid;
	__u32 flags;		/* enum tc_flag */
	__u32 faults;		/* 1 << enum tc_fault */
	__u32 masked;		/* set by the recorder: arguments that hold a mark */
	char comm[TC_COMM_LEN];
};

/* TC_KIND_EXEC, TC_KIND_PROCESS */
struct tc_event {
	struct tc_header header;
	__u64 argv_bytes;	/* true size */
	__u64 caps_effective;
	__u64 inode;
	__u64 file_size;
	__s64 mtime_ns;		/* since 1970 */
	__s64 ctime_ns;
	__u64 fs_magic;
	__u32 ns_pid;
	__u32 gid;
	__u32 login_uid;
	__u32 session_id;
	__u32 argc;		/* true count; 0 when unknown (TC_KIND_PROCESS) */
	__u32 dev;		/* major << 20 | minor, as in the kernel */
	__u32 mode;
	__u32 nlink;
	__u32 mnt_ns;
	__u32 pid_ns;
	__u32 net_ns;
	__u32 user_ns;
	__u32 ancestors;
	__u32 filename_len;
	__u32 interp_len;
	__u32 exe_len;
	__u32 cwd_len;
	__u32 cgroup_len;
	__u32 env_len;
	__u32 argv_len;
	char tty[TC_TTY_LEN];	/* empty: none */
};

/* TC_KIND_FAILED: execve or execveat returned an error; nothing was executed. */
struct tc_failed {
	struct tc_header header;
	__u32 error;		/* errno */
	__u32 filename_len;
	__u32 cwd_len;
	__u32 argv_len;
};

/* TC_KIND_EXIT: the last thread of a process ends. */
struct tc_exit {
	struct tc_header header;
	__u64 run_ns;		/* processor time of all threads, as the scheduler accounted it */
	__u64 user_ns;		/* the same as the ticks saw it: good for the proportion */
	__u64 system_ns;
	__u32 status;		/* as wait(2) gives it */
	__u32 reserved;
};

enum tc_action {
	TC_ACTION_SOCKET = 1,		/* socket(2) */
	TC_ACTION_FILTER = 2,		/* SO_ATTACH_FILTER, SO_ATTACH_BPF */
	TC_ACTION_PROMISCUOUS = 3,	/* PACKET_ADD_MEMBERSHIP */
};

/* TC_KIND_SOCKET */
struct tc_socket {
	struct tc_header header;
	__u32 action;		/* enum tc_action */
	__u32 family;
	__u32 type;		/* without SOCK_NONBLOCK and SOCK_CLOEXEC */
	__u32 protocol;
	__u32 error;		/* errno, 0 when the call succeeded */
	__u32 reserved;
};

/* Counters of one kind on one processor; seen = submitted + all lost. */
struct tc_count {
	__u64 seen;		/* events in scope; of TC_KIND_EXEC also the next number */
	__u64 submitted;	/* records in the ring */
	__u64 ring_full;
	__u64 scratch_busy;
};

/* One for each processor, in a map that the recorder reads as memory. */
struct tc_counters {
	struct tc_count kinds[TC_KINDS];	/* by enum tc_kind - 1 */
	__u64 untracked_fork;
	__u64 reserved[3];	/* a processor's counters fill whole cache lines */
};

/* What the loader tells the programs, in .rodata. */
struct tc_config {
	__u64 wakeup_bytes;	/* wake the reader when this much is pending */
	__u32 scoped;		/* 1: only processes whose mark says in_scope; 0: everything */
	__u32 snapshot_slot;	/* the scratch area behind those of the processors */
};

/*
 * What a process carries and its children inherit. A thread has a copy, since it takes the place of
 * its process when it executes something.
 */
struct tc_mark {
	tc_image image;
	__u32 in_scope;
	__u32 exited;		/* the end of the process was told */
};

_Static_assert(sizeof(struct tc_ancestor) == 40, "wire: tc_ancestor");
_Static_assert(sizeof(struct tc_header) == 80, "wire: tc_header");
_Static_assert(sizeof(struct tc_event) == 280, "wire: tc_event");
_Static_assert(sizeof(struct tc_failed) == 96, "wire: tc_failed");
_Static_assert(sizeof(struct tc_exit) == 112, "wire: tc_exit");
_Static_assert(sizeof(struct tc_socket) == 104, "wire: tc_socket");
_Static_assert(sizeof(struct tc_counters) == 192, "wire: tc_counters");
_Static_assert(sizeof(struct tc_config) == 16, "wire: tc_config");
_Static_assert(sizeof(struct tc_mark) == 16, "wire: tc_mark");

#endif
