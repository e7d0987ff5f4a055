/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * Where a record is built before it is sent: one area for each processor, one more for the snapshot.
 */
#ifndef TRAILCAM_SCRATCH_H
#define TRAILCAM_SCRATCH_H

#include "kernel.h"
#include "exec_event.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#define ARGV_LIMIT 32768
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
	struct tc_event event;
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
	__uint(max_entries, 1);		/* set by the loader: processors + 1 */
	__type(key, __u32);
	__type(value, struct scratch);
} scratches SEC(".maps");

static __always_inline struct scratch *scratch_at(__u32 slot)
{
	return bpf_map_lookup_elem(&scratches, &slot);
}

#endif
