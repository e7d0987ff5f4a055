/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * Where a record of many parts is built before it is sent: a few areas for each processor, since a
 * task that builds one may be preempted by another that has to, and one more for the snapshot.
 */
#ifndef TRAILCAM_SCRATCH_H
#define TRAILCAM_SCRATCH_H

#include "kernel.h"
#include "exec_event.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#define SCRATCHES_PER_CPU 3

#define ARGV_LIMIT 32768
#define FAILED_ARGS 32		/* of an execution that failed */
#define FAILED_ARG 256
#define MAX_ANCESTORS 24
#define MAX_COMPONENTS 96	/* of a path */
#define MAX_COMPONENT 256	/* NAME_MAX and the NUL */
#define MAX_PATH 4096
#define MAX_WALKED_PATH 8192
#define MAX_ENV_STRINGS 512
#define ENV_CHUNK 512
#define ENV_NAME 64
#define ENV_NAMES_LIMIT 2048

/* Positions in the tail stay below 64 KiB; no single read is larger than the rest of it. */
#define TAIL_MASK 0xffff
#define TAIL_SIZE (2 * (TAIL_MASK + 1))

struct scratch {
	__u32 busy;
	__u32 pos;			/* end of what the tail holds */
	union {
		struct tc_event event;
		struct {
			/* The tail follows the header of either kind without a gap. */
			__u8 before[sizeof(struct tc_event) - sizeof(struct tc_failed)];
			struct tc_failed failed;
		};
	};
	union {
		__u8 tail[TAIL_SIZE];
		struct tc_ancestor ancestors[MAX_ANCESTORS];	/* what it begins with */
	};
	__u8 chunk[ENV_CHUNK];
};

_Static_assert(__builtin_offsetof(struct scratch, tail) ==
	       __builtin_offsetof(struct scratch, event) + sizeof(struct tc_event),
	       "header and tail are sent as one piece");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);		/* set by the loader: SCRATCHES_PER_CPU × processors + 1 */
	__type(key, __u32);
	__type(value, struct scratch);
} scratches SEC(".maps");

static __always_inline struct scratch *scratch_at(__u32 slot)
{
	return bpf_map_lookup_elem(&scratches, &slot);
}

#endif
