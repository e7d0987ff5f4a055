/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * The wire between kernel and recorder: one record of the ring buffer. Everything is fixed-width,
 * little- or big-endian as the machine is, and checked twice: here by _Static_assert, in Java
 * against the BTF of the committed object. Whoever changes a field raises TC_WIRE_ABI.
 *
 *   +-------------------+ 0
 *   | struct tc_event   |
 *   +-------------------+ sizeof(struct tc_event)
 *   | tc_ancestor × n   | nearest first, n = ancestors
 *   +-------------------+
 *   | filename          | filename_len bytes, no NUL
 *   | interp            | interp_len bytes, no NUL
 *   | exe               | path components, leaf first, each closed by NUL; exe_len bytes
 *   | cwd               | the same
 *   | cgroup            | the same
 *   | env names         | each closed by NUL; env_len bytes
 *   | argv              | arguments as the program sees them, each closed by NUL unless cut
 *   +-------------------+ size
 */
#ifndef TRAILCAM_EXEC_EVENT_H
#define TRAILCAM_EXEC_EVENT_H

#include <linux/types.h>

#define TC_WIRE_ABI 1

enum tc_kind {
	TC_KIND_EXEC = 1,	/* a program was executed */
	TC_KIND_PROCESS = 2,	/* a process that was alive when recording began */
};

/* Why a field is missing or not whole; bit numbers of tc_event.faults. */
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

struct tc_event {
	__u16 abi;
	__u16 kind;		/* enum tc_kind */
	__u32 size;		/* of the whole record */
	tc_image image;		/* the image this event creates */
	__u64 boot_ns;		/* CLOCK_BOOTTIME of the event */
	__u64 start_ns;		/* CLOCK_BOOTTIME at the process's fork */
	__u64 argv_bytes;	/* true size */
	__u64 caps_effective;
	__u64 inode;
	__u32 cpu;
	__u32 flags;		/* enum tc_flag */
	__u32 faults;		/* 1 << enum tc_fault */
	__u32 pid;		/* thread group id, initial namespace */
	__u32 ppid;
	__u32 ns_pid;
	__u32 uid;
	__u32 euid;
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
	__u32 reserved;
	char comm[TC_COMM_LEN];
	char tty[TC_TTY_LEN];	/* empty: none */
};

/* Counters of one processor; executed = submitted + all lost. */
struct tc_counters {
	__u64 executed;		/* executions in scope; also the next number */
	__u64 submitted;	/* records in the ring */
	__u64 ring_full;
	__u64 scratch_busy;
	__u64 untracked_fork;
};

/* What the loader tells the programs, in .rodata. */
struct tc_config {
	__u64 wakeup_bytes;	/* wake the reader when this much is pending */
	__u32 scoped;		/* 1: only processes whose mark says in_scope; 0: everything */
	__u32 snapshot_slot;	/* the scratch area behind those of the processors */
};

/* What a process carries and its children inherit. */
struct tc_mark {
	tc_image image;
	__u32 in_scope;
	__u32 reserved;
};

_Static_assert(sizeof(struct tc_ancestor) == 40, "wire: tc_ancestor");
_Static_assert(sizeof(struct tc_event) == 248, "wire: tc_event");
_Static_assert(__builtin_offsetof(struct tc_event, cpu) == 56, "wire: tc_event.cpu");
_Static_assert(__builtin_offsetof(struct tc_event, comm) == 168, "wire: tc_event.comm");
_Static_assert(sizeof(struct tc_counters) == 40, "wire: tc_counters");
_Static_assert(sizeof(struct tc_config) == 16, "wire: tc_config");
_Static_assert(sizeof(struct tc_mark) == 16, "wire: tc_mark");

#endif
