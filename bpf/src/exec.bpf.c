// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Watches processes and what they execute:
 *
 *   on_fork   a child, or a thread that is in scope, inherits its parent's mark: the image it runs,
 *             and whether it is in scope
 *   on_exec   the new image is in place: gather what identifies it, send one record
 *   on_exit   the last thread of a process ends
 *   snapshot  an iterator, run once at the start: the processes that are alive already
 *
 * and, in calls.h, what is seen of system calls.
 */
#include "calls.h"

#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Pseudo-processor that numbers the images of the snapshot. */
#define SNAPSHOT_CPU 0xffffULL

/* Built on the stack only; named here, they are in the BTF that the recorder's test looks at. */
const struct tc_exit *wire_exit __attribute__((unused));
const struct tc_socket *wire_socket __attribute__((unused));

static __u64 snapshot_images;

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, pid_t old_pid, struct linux_binprm *bprm)
{
	__u64 create = config.scoped ? 0 : BPF_LOCAL_STORAGE_GET_F_CREATE;
	struct tc_mark *mark = bpf_task_storage_get(&marks, task, 0, create);
	__u32 cpu = bpf_get_smp_processor_id();
	struct tc_counters *counts = counters_of(cpu);
	struct tc_count *books;
	struct scratch *s;
	tc_image image;
	__u32 slot;

	if (!counts)
		return 0;
	if (config.scoped && !(mark && mark->in_scope)) {
		if (mark)
			mark->image = 0;	/* no longer what the snapshot saw */
		return 0;
	}
	books = &counts->kinds[TC_KIND_EXEC - 1];
	image = (__u64)cpu << CPU_SHIFT | (__sync_fetch_and_add(&books->seen, 1) + 1);
	if (mark)
		mark->image = image;
	slot = cpu * SCRATCHES_PER_CPU + take_scratch(cpu);
	s = slot < (cpu + 1) * SCRATCHES_PER_CPU ? scratch_at(slot) : NULL;
	if (!s) {
		count(&books->scratch_busy);
		return 0;
	}
	reset(s, task, TC_KIND_EXEC, image);
	fill_exec(s, slot, task, bprm);
	send_scratch(s, &s->event.header, sizeof(s->event), books);
	s->busy = 0;
	return 0;
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(on_fork, struct task_struct *parent, struct task_struct *child)
{
	struct tc_mark *from, *to;
	struct tc_counters *counts;

	from = bpf_task_storage_get(&marks, parent->group_leader, 0, 0);
	if (!from)
		return 0;
	/* A thread that executes something takes its leader's place, but with its own mark. */
	if (child->pid != child->tgid && !from->in_scope)
		return 0;
	to = bpf_task_storage_get(&marks, child, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (to) {
		to->image = from->image;
		to->in_scope = from->in_scope;
		return 0;
	}
	counts = counters_of(bpf_get_smp_processor_id());
	if (from->in_scope && counts)
		count(&counts->untracked_fork);
	return 0;
}

static __always_inline void fill_exit(struct tc_exit *e, struct task_struct *task)
{
	struct task_struct *leader = task->group_leader;
	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	__u64 run = BPF_CORE_READ(signal, sum_sched_runtime) + task->se.sum_exec_runtime;
	__u64 user = BPF_CORE_READ(signal, utime) + task->utime;
	__u64 system = BPF_CORE_READ(signal, stime) + task->stime;

	/* Threads that have ended are in the sums, but a leader only when it is waited for. */
	if (leader->pid != task->pid) {
		run += leader->se.sum_exec_runtime;
		user += leader->utime;
		system += leader->stime;
	}
	e->run_ns = run;
	e->user_ns = user;
	e->system_ns = system;
	/* kernel/exit.c, wait_task_zombie */
	e->status = BPF_CORE_READ(signal, flags) & SIGNAL_GROUP_EXIT ?
			    BPF_CORE_READ(signal, group_exit_code) : leader->exit_code;
	/* The process has the name of its leader, not of the thread that ended last. */
	bpf_probe_read_kernel_str(e->header.comm, sizeof(e->header.comm), leader->comm);
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	struct tc_counters *counts = counters_of(bpf_get_smp_processor_id());
	struct tc_mark *mark;
	struct tc_exit record;

	if (BPF_CORE_READ(task, signal, live.counter) != 0 || !counts)
		return 0;
	mark = bpf_task_storage_get(&marks, task->group_leader, 0, 0);
	if (config.scoped && !(mark && mark->in_scope))
		return 0;
	/* Two threads that end at once may both see that none is left. */
	if (mark && __sync_lock_test_and_set(&mark->exited, 1))
		return 0;
	if (!mark && task->pid != task->tgid)
		return 0;
	count(&counts->kinds[TC_KIND_EXIT - 1].seen);
	__builtin_memset(&record, 0, sizeof(record));
	fill_header(&record.header, task, TC_KIND_EXIT, mark ? mark->image : 0);
	fill_exit(&record, task);
	send(&record.header, sizeof(record), &counts->kinds[TC_KIND_EXIT - 1]);
	return 0;
}

/* Whether the process that reads the iterator, the recorder, descends from this one. */
static __always_inline bool above_reader(struct task_struct *task)
{
	struct task_struct *reader = bpf_get_current_task_btf();

	for (int i = 0; i < MAX_ANCESTORS; i++) {
		if (reader->tgid == task->tgid)
			return true;
		if (reader->tgid == 0)
			return false;
		reader = reader->real_parent;
	}
	return false;
}

/* Run by one reader at a time, so its scratch area needs no lock. */
SEC("iter.s/task")
int snapshot(struct bpf_iter__task *context)
{
	struct tc_counters *counts = counters_of(bpf_get_smp_processor_id());
	struct task_struct *task = context->task;
	__u32 slot = config.snapshot_slot;
	struct scratch *s = scratch_at(slot);
	struct tc_count *books;
	struct tc_mark *mark;
	struct file *exe;

	if (!task || !s || !counts || task->pid != task->tgid)
		return 0;
	if (config.scoped && !above_reader(task))
		return 0;	/* none of what is recorded descends from it */
	exe = BPF_CORE_READ(task, mm, exe_file);
	if (!exe)
		return 0;	/* a kernel thread */
	mark = bpf_task_storage_get(&marks, task, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!mark || mark->image)
		return 0;	/* it has executed something since the other programs run */
	mark->image = SNAPSHOT_CPU << CPU_SHIFT | ++snapshot_images;
	books = &counts->kinds[TC_KIND_PROCESS - 1];
	count(&books->seen);
	reset(s, task, TC_KIND_PROCESS, mark->image);
	s->event.header.cpu = SNAPSHOT_CPU;
	fill_identity(&s->event, task);
	fill_exe(s, slot, exe);
	s->event.cwd_len = append_cwd(s, slot, &s->event.header, task);
	fill_cgroup(s, slot, task);
	copy_argv(s, task);
	send_scratch(s, &s->event.header, sizeof(s->event), books);
	return 0;
}
