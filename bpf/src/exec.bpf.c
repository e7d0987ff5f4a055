// SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause
/*
 * Watches executions. Three programs:
 *
 *   on_fork   a child, or a thread that is in scope, inherits its parent's mark: the image it runs,
 *             and whether it is in scope
 *   on_exec   the new image is in place: gather what identifies it, send one record
 *   snapshot  an iterator, run once at the start: the processes that are alive already
 *
 * A record is built in a scratch area (one per processor, one for the snapshot) and copied to the
 * ring in one go. Nothing is dropped in silence: a sequence number is used up and a counter raised.
 */
#include "walk.h"

#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Pseudo-processor that numbers the images of the snapshot. */
#define SNAPSHOT_CPU 0xffffULL

#define CPU_SHIFT 48

/* Set by the loader. */
const volatile struct tc_config config;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 26);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct tc_counters);
} counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct tc_mark);
} marks SEC(".maps");

static __u64 snapshot_images;

static __always_inline struct tc_counters *my_counters(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&counters, &zero);
}

static __always_inline void fault(struct scratch *s, enum tc_fault field)
{
	s->event.faults |= 1U << field;
}

static __always_inline void append_string(struct scratch *s, const char *from, __u32 *len,
					  enum tc_fault field)
{
	long n = bpf_probe_read_kernel_str(&s->tail[s->pos & TAIL_MASK], MAX_PATH, from);

	*len = 0;
	if (n <= 0) {
		fault(s, field);
		return;
	}
	*len = n - 1;		/* without the NUL */
	s->pos += n - 1;
}

static __always_inline void append_ancestors(struct scratch *s, struct task_struct *task)
{
	for (int i = 0; i < MAX_ANCESTORS; i++) {
		struct tc_ancestor *to = &s->ancestors[i];
		/* A parent may be a thread; what it runs belongs to its group's leader. */
		struct task_struct *leader = task->real_parent->group_leader;
		struct tc_mark *mark;

		if (leader->tgid == 0)
			return;
		mark = bpf_task_storage_get(&marks, leader, 0, 0);
		to->pid = leader->tgid;
		to->reserved = 0;
		to->start_ns = leader->start_boottime;
		to->image = mark ? mark->image : 0;
		bpf_probe_read_kernel_str(to->comm, TC_COMM_LEN, leader->comm);
		s->pos += sizeof(*to);
		s->event.ancestors++;
		task = leader;
	}
	if (task->real_parent->group_leader->tgid != 0)
		fault(s, TC_FAULT_ANCESTORS);
}

static __always_inline void fill_identity(struct tc_event *e, struct task_struct *task)
{
	const struct cred *cred = BPF_CORE_READ(task, cred);
	struct nsproxy *namespaces = BPF_CORE_READ(task, nsproxy);
	struct tty_struct *tty = BPF_CORE_READ(task, signal, tty);
	struct pid *pid = BPF_CORE_READ(task, thread_pid);
	__u32 level = BPF_CORE_READ(pid, level);
	struct upid innermost = {};

	e->pid = task->tgid;
	e->ppid = BPF_CORE_READ(task, real_parent, tgid);
	e->start_ns = task->start_boottime;
	e->uid = BPF_CORE_READ(cred, uid.val);
	e->euid = BPF_CORE_READ(cred, euid.val);
	e->gid = BPF_CORE_READ(cred, gid.val);
	/* One 64-bit word since Linux 6.3, two 32-bit words before: the same bytes. */
	bpf_core_read(&e->caps_effective, sizeof(e->caps_effective), &cred->cap_effective);
	e->login_uid = TC_UNSET;
	e->session_id = TC_UNSET;
	if (bpf_core_field_exists(task->loginuid)) {
		e->login_uid = BPF_CORE_READ(task, loginuid.val);
		e->session_id = BPF_CORE_READ(task, sessionid);
	}
	e->user_ns = BPF_CORE_READ(cred, user_ns, ns.inum);
	e->mnt_ns = BPF_CORE_READ(namespaces, mnt_ns, ns.inum);
	e->net_ns = BPF_CORE_READ(namespaces, net_ns, ns.inum);
	bpf_probe_read_kernel(&innermost, bpf_core_type_size(struct upid),
			      (void *)pid + bpf_core_field_offset(struct pid, numbers) +
				      level * bpf_core_type_size(struct upid));
	e->ns_pid = innermost.nr;
	e->pid_ns = BPF_CORE_READ(innermost.ns, ns.inum);
	bpf_probe_read_kernel_str(e->comm, sizeof(e->comm), task->comm);
	e->tty[0] = 0;
	if (tty)
		bpf_probe_read_kernel_str(e->tty, sizeof(e->tty), &tty->name);
}

static __always_inline void fill_exe(struct scratch *s, __u32 slot, struct file *file)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	struct vfsmount *mnt = BPF_CORE_READ(file, f_path.mnt);
	struct tc_event *e = &s->event;
	__u32 begin = s->pos;

	e->inode = BPF_CORE_READ(inode, i_ino);
	e->dev = BPF_CORE_READ(inode, i_sb, s_dev);
	e->mode = BPF_CORE_READ(inode, i_mode);
	e->nlink = BPF_CORE_READ(inode, i_nlink);
	if (e->nlink == 0 && BPF_CORE_READ(mnt, mnt_flags) & MNT_INTERNAL)
		e->flags |= TC_FLAG_MEMFD;
	if (append_path(slot, (__u64)BPF_CORE_READ(file, f_path.dentry), (__u64)mnt))
		fault(s, TC_FAULT_EXE);
	e->exe_len = s->pos - begin;
}

static __always_inline void fill_cwd(struct scratch *s, __u32 slot, struct task_struct *task)
{
	struct fs_struct *fs = BPF_CORE_READ(task, fs);
	__u32 begin = s->pos;

	if (append_path(slot, (__u64)BPF_CORE_READ(fs, pwd.dentry), (__u64)BPF_CORE_READ(fs, pwd.mnt)))
		fault(s, TC_FAULT_CWD);
	s->event.cwd_len = s->pos - begin;
}

static __always_inline void fill_cgroup(struct scratch *s, __u32 slot, struct task_struct *task)
{
	__u32 begin = s->pos;

	if (append_cgroup(slot, (__u64)BPF_CORE_READ(task, cgroups, dfl_cgrp, kn)))
		fault(s, TC_FAULT_CGROUP);
	s->event.cgroup_len = s->pos - begin;
}

static __always_inline void reset(struct scratch *s, enum tc_kind kind, tc_image image)
{
	__builtin_memset(&s->event, 0, sizeof(s->event));
	s->pos = 0;
	s->event.abi = TC_WIRE_ABI;
	s->event.kind = kind;
	s->event.image = image;
	s->event.cpu = image >> CPU_SHIFT;
	s->event.boot_ns = bpf_ktime_get_boot_ns();
}

/* Bytes of the arguments to read; raises the flag when that is not all of them. */
static __always_inline __u64 argv_size(struct scratch *s, __u64 from, __u64 to)
{
	__u64 bytes = to - from;

	s->event.argv_bytes = bytes;
	if (bytes > ARGV_LIMIT) {
		s->event.flags |= TC_FLAG_ARGV_CUT;
		bytes = ARGV_LIMIT;
	}
	s->event.argv_len = bytes;
	barrier_var(bytes);
	return bytes;
}

static __always_inline long send(struct scratch *s)
{
	__u64 size = sizeof(s->event) + s->pos;
	__u64 wake = bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA) >= config.wakeup_bytes ?
			     BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP;

	s->event.size = size;
	barrier_var(size);
	if (size > sizeof(s->event) + TAIL_MASK)
		size = sizeof(s->event) + TAIL_MASK;
	return bpf_ringbuf_output(&ring, &s->event, size, wake);
}

static __always_inline void append_argv(struct scratch *s, struct mm_struct *mm)
{
	__u64 from = BPF_CORE_READ(mm, arg_start);
	__u64 bytes = argv_size(s, from, BPF_CORE_READ(mm, arg_end));

	if (bytes > ARGV_LIMIT)
		return;
	if (bpf_probe_read_user(&s->tail[s->pos & TAIL_MASK], bytes, (void *)from)) {
		fault(s, TC_FAULT_ARGV);
		s->event.argv_len = 0;
		return;
	}
	s->pos += bytes;
}

static __always_inline void fill_exec(struct scratch *s, __u32 slot, struct task_struct *task,
				      struct linux_binprm *bprm)
{
	struct mm_struct *mm = BPF_CORE_READ(task, mm);
	struct tc_event *e = &s->event;
	__u32 begin;

	fill_identity(e, task);
	append_ancestors(s, task);
	append_string(s, BPF_CORE_READ(bprm, filename), &e->filename_len, TC_FAULT_FILENAME);
	append_string(s, BPF_CORE_READ(bprm, interp), &e->interp_len, TC_FAULT_INTERP);
	fill_exe(s, slot, BPF_CORE_READ(bprm, file));
	fill_cwd(s, slot, task);
	fill_cgroup(s, slot, task);
	begin = s->pos;
	if (append_env_names(slot, BPF_CORE_READ(mm, env_start), BPF_CORE_READ(mm, env_end)))
		fault(s, TC_FAULT_ENV);
	e->env_len = s->pos - begin;
	e->argc = BPF_CORE_READ(bprm, argc);
	append_argv(s, mm);
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, pid_t old_pid, struct linux_binprm *bprm)
{
	__u64 create = config.scoped ? 0 : BPF_LOCAL_STORAGE_GET_F_CREATE;
	struct tc_mark *mark = bpf_task_storage_get(&marks, task, 0, create);
	__u32 cpu = bpf_get_smp_processor_id();
	struct tc_counters *counts = my_counters();
	struct scratch *s = scratch_at(cpu);
	tc_image image;

	if (!counts || !s)
		return 0;
	if (config.scoped && !(mark && mark->in_scope)) {
		if (mark)
			mark->image = 0;	/* no longer what the snapshot saw */
		return 0;
	}
	image = (__u64)cpu << CPU_SHIFT | (__sync_fetch_and_add(&counts->executed, 1) + 1);
	if (mark)
		mark->image = image;
	if (__sync_lock_test_and_set(&s->busy, 1)) {
		__sync_fetch_and_add(&counts->scratch_busy, 1);
		return 0;
	}
	reset(s, TC_KIND_EXEC, image);
	fill_exec(s, cpu, task, bprm);
	if (send(s))
		__sync_fetch_and_add(&counts->ring_full, 1);
	else
		__sync_fetch_and_add(&counts->submitted, 1);
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
		*to = *from;
		return 0;
	}
	counts = my_counters();
	if (from->in_scope && counts)
		__sync_fetch_and_add(&counts->untracked_fork, 1);
	return 0;
}

static __always_inline void copy_argv(struct scratch *s, struct task_struct *task)
{
	struct mm_struct *mm = BPF_CORE_READ(task, mm);
	__u64 from = BPF_CORE_READ(mm, arg_start);
	__u64 bytes = argv_size(s, from, BPF_CORE_READ(mm, arg_end));

	if (bytes > ARGV_LIMIT)
		return;
	if (bpf_copy_from_user_task(&s->tail[s->pos & TAIL_MASK], bytes, (void *)from, task, 0)) {
		fault(s, TC_FAULT_ARGV);
		s->event.argv_len = 0;
		return;
	}
	s->pos += bytes;
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
	struct task_struct *task = context->task;
	__u32 slot = config.snapshot_slot;
	struct scratch *s = scratch_at(slot);
	struct tc_mark *mark;
	struct file *exe;

	if (!task || !s || task->pid != task->tgid)
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
	reset(s, TC_KIND_PROCESS, mark->image);
	fill_identity(&s->event, task);
	fill_exe(s, slot, exe);
	fill_cwd(s, slot, task);
	fill_cgroup(s, slot, task);
	copy_argv(s, task);
	send(s);
	return 0;
}
