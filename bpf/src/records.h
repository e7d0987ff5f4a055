/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * What every program shares: the settings, the ring, the books, the marks of processes. Nothing is
 * dropped in silence: whoever cannot send a record raises a counter.
 */
#ifndef TRAILCAM_RECORDS_H
#define TRAILCAM_RECORDS_H

#include "scratch.h"

#define CPU_SHIFT 48

/* Set by the loader. */
const volatile struct tc_config config;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 26);
} ring SEC(".maps");

/* Not a per-processor map: only this kind can be mapped, and so read without a right to bpf(2). */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);		/* set by the loader: processors */
	__type(key, __u32);
	__type(value, struct tc_counters);
} counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct tc_mark);
} marks SEC(".maps");

static __always_inline struct tc_counters *counters_of(__u32 cpu)
{
	return bpf_map_lookup_elem(&counters, &cpu);
}

static __always_inline void count(__u64 *counter)
{
	__sync_fetch_and_add(counter, 1);
}

/*
 * The mark of the running process when it is to be recorded. Where everything is, a process without
 * a mark gets the one that says that its program is not known.
 */
static __always_inline bool in_scope(struct task_struct *task, tc_image *image)
{
	struct tc_mark *mark = bpf_task_storage_get(&marks, task->group_leader, 0, 0);

	*image = mark ? mark->image : 0;
	return !config.scoped || (mark && mark->in_scope);
}

static __always_inline void fill_header(struct tc_header *h, struct task_struct *task,
					enum tc_kind kind, tc_image image)
{
	const struct cred *cred = BPF_CORE_READ(task, cred);

	__builtin_memset(h, 0, sizeof(*h));
	h->abi = TC_WIRE_ABI;
	h->kind = kind;
	h->image = image;
	h->boot_ns = bpf_ktime_get_boot_ns();
	h->start_ns = BPF_CORE_READ(task, group_leader, start_boottime);
	h->cpu = bpf_get_smp_processor_id();
	h->pid = task->tgid;
	h->ppid = BPF_CORE_READ(task, real_parent, tgid);
	h->uid = BPF_CORE_READ(cred, uid.val);
	h->euid = BPF_CORE_READ(cred, euid.val);
	bpf_probe_read_kernel_str(h->comm, sizeof(h->comm), task->comm);
}

static __always_inline void fault(struct tc_header *h, enum tc_fault field)
{
	h->faults |= 1U << field;
}

/* Puts a finished record into the ring, and into the books. */
static __always_inline void send(struct tc_header *record, __u64 size, struct tc_count *books)
{
	__u64 wake = bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA) >= config.wakeup_bytes ?
			     BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP;

	record->size = size;
	if (bpf_ringbuf_output(&ring, record, size, wake))
		count(&books->ring_full);
	else
		count(&books->submitted);
}

/* The same for a record that ends in the tail of its scratch area. */
static __always_inline void send_scratch(struct scratch *s, struct tc_header *record,
					 __u64 header, struct tc_count *books)
{
	__u64 size = header + s->pos;

	barrier_var(size);
	if (size > header + TAIL_MASK)
		size = header + TAIL_MASK;
	send(record, size, books);
}

/* A free scratch area of this processor; SCRATCHES_PER_CPU when there is none. */
static __always_inline __u32 take_scratch(__u32 cpu)
{
	for (__u32 i = 0; i < SCRATCHES_PER_CPU; i++) {
		struct scratch *s = scratch_at(cpu * SCRATCHES_PER_CPU + i);

		if (s && !__sync_lock_test_and_set(&s->busy, 1))
			return i;
	}
	return SCRATCHES_PER_CPU;
}

#endif
