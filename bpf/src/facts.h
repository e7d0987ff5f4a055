/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/* Gathers what a record of an execution, or of a process that was alive, says of a task. */
#ifndef TRAILCAM_FACTS_H
#define TRAILCAM_FACTS_H

#include "records.h"
#include "walk.h"

static __always_inline void append_string(struct scratch *s, const char *from, __u32 *len,
					  enum tc_fault field)
{
	long n = bpf_probe_read_kernel_str(&s->tail[s->pos & TAIL_MASK], MAX_PATH, from);

	*len = 0;
	if (n <= 0) {
		fault(&s->event.header, field);
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
		fault(&s->event.header, TC_FAULT_ANCESTORS);
}

static __always_inline void fill_identity(struct tc_event *e, struct task_struct *task)
{
	const struct cred *cred = BPF_CORE_READ(task, cred);
	struct nsproxy *namespaces = BPF_CORE_READ(task, nsproxy);
	struct tty_struct *tty = BPF_CORE_READ(task, signal, tty);
	struct pid *pid = BPF_CORE_READ(task, thread_pid);
	__u32 level = BPF_CORE_READ(pid, level);
	struct upid innermost = {};

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
	if (tty)
		bpf_probe_read_kernel_str(e->tty, sizeof(e->tty), &tty->name);
}

#define NANOSECONDS 1000000000LL

static __always_inline __s64 nanoseconds(struct timespec64 t)
{
	return t.tv_sec * NANOSECONDS + t.tv_nsec;
}

static __always_inline void fill_times(struct tc_event *e, struct inode *inode)
{
	struct inode___v6_10 *v6_10 = (void *)inode;
	struct inode___v6_6 *v6_6 = (void *)inode;
	struct inode___v6_5 *v6_5 = (void *)inode;

	if (bpf_core_field_exists(inode->i_ctime_sec)) {
		e->mtime_ns = BPF_CORE_READ(inode, i_mtime_sec) * NANOSECONDS +
			      BPF_CORE_READ(inode, i_mtime_nsec);
		e->ctime_ns = BPF_CORE_READ(inode, i_ctime_sec) * NANOSECONDS +
			      (BPF_CORE_READ(inode, i_ctime_nsec) & ~I_CTIME_QUERIED);
	} else if (bpf_core_field_exists(v6_10->__i_mtime)) {
		e->mtime_ns = nanoseconds(BPF_CORE_READ(v6_10, __i_mtime));
		e->ctime_ns = nanoseconds(BPF_CORE_READ(v6_10, __i_ctime));
	} else if (bpf_core_field_exists(v6_6->__i_ctime)) {
		e->mtime_ns = nanoseconds(BPF_CORE_READ(v6_6, i_mtime));
		e->ctime_ns = nanoseconds(BPF_CORE_READ(v6_6, __i_ctime));
	} else {
		e->mtime_ns = nanoseconds(BPF_CORE_READ(v6_5, i_mtime));
		e->ctime_ns = nanoseconds(BPF_CORE_READ(v6_5, i_ctime));
	}
}

/*
 * Overlayfs keeps the dentry of the upper layer right behind the inode that others see (struct
 * ovl_inode in fs/overlayfs/ovl_entry.h); its own type is in the BTF of a module that may not be
 * loaded yet.
 */
static __always_inline void fill_layer(struct tc_event *e, struct inode *inode)
{
	void *upper = NULL;

	if (e->fs_magic != OVERLAYFS_SUPER_MAGIC)
		return;
	e->header.flags |= TC_FLAG_OVERLAY;
	bpf_probe_read_kernel(&upper, sizeof(upper),
			      (void *)inode + bpf_core_type_size(struct inode));
	if (upper)
		e->header.flags |= TC_FLAG_UPPER;
}

static __always_inline void fill_exe(struct scratch *s, __u32 slot, struct file *file)
{
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	struct vfsmount *mnt = BPF_CORE_READ(file, f_path.mnt);
	struct tc_event *e = &s->event;
	__u32 begin = s->pos;

	e->inode = BPF_CORE_READ(inode, i_ino);
	e->dev = BPF_CORE_READ(inode, i_sb, s_dev);
	e->fs_magic = BPF_CORE_READ(inode, i_sb, s_magic);
	e->mode = BPF_CORE_READ(inode, i_mode);
	e->nlink = BPF_CORE_READ(inode, i_nlink);
	e->file_size = BPF_CORE_READ(inode, i_size);
	fill_times(e, inode);
	fill_layer(e, inode);
	if (e->nlink == 0 && BPF_CORE_READ(mnt, mnt_flags) & MNT_INTERNAL)
		e->header.flags |= TC_FLAG_MEMFD;
	if (append_path(slot, (__u64)BPF_CORE_READ(file, f_path.dentry), (__u64)mnt))
		fault(&e->header, TC_FAULT_EXE);
	e->exe_len = s->pos - begin;
}

/* Appends the working directory; returns how long it is. */
static __always_inline __u32 append_cwd(struct scratch *s, __u32 slot, struct tc_header *h,
					struct task_struct *task)
{
	struct fs_struct *fs = BPF_CORE_READ(task, fs);
	__u32 begin = s->pos;

	if (append_path(slot, (__u64)BPF_CORE_READ(fs, pwd.dentry), (__u64)BPF_CORE_READ(fs, pwd.mnt)))
		fault(h, TC_FAULT_CWD);
	return s->pos - begin;
}

static __always_inline void fill_cgroup(struct scratch *s, __u32 slot, struct task_struct *task)
{
	__u32 begin = s->pos;

	if (append_cgroup(slot, (__u64)BPF_CORE_READ(task, cgroups, dfl_cgrp, kn)))
		fault(&s->event.header, TC_FAULT_CGROUP);
	s->event.cgroup_len = s->pos - begin;
}

/* Bytes of the arguments to read; raises the flag when that is not all of them. */
static __always_inline __u64 argv_size(struct scratch *s, __u64 from, __u64 to)
{
	__u64 bytes = to - from;

	s->event.argv_bytes = bytes;
	if (bytes > ARGV_LIMIT) {
		s->event.header.flags |= TC_FLAG_ARGV_CUT;
		bytes = ARGV_LIMIT;
	}
	s->event.argv_len = bytes;
	barrier_var(bytes);
	return bytes;
}

static __always_inline void append_argv(struct scratch *s, struct mm_struct *mm)
{
	__u64 from = BPF_CORE_READ(mm, arg_start);
	__u64 bytes = argv_size(s, from, BPF_CORE_READ(mm, arg_end));

	if (bytes > ARGV_LIMIT)
		return;
	if (bpf_probe_read_user(&s->tail[s->pos & TAIL_MASK], bytes, (void *)from)) {
		fault(&s->event.header, TC_FAULT_ARGV);
		s->event.argv_len = 0;
		return;
	}
	s->pos += bytes;
}

/* The same for another task than the running one; may sleep. */
static __always_inline void copy_argv(struct scratch *s, struct task_struct *task)
{
	struct mm_struct *mm = BPF_CORE_READ(task, mm);
	__u64 from = BPF_CORE_READ(mm, arg_start);
	__u64 bytes = argv_size(s, from, BPF_CORE_READ(mm, arg_end));

	if (bytes > ARGV_LIMIT)
		return;
	if (bpf_copy_from_user_task(&s->tail[s->pos & TAIL_MASK], bytes, (void *)from, task, 0)) {
		fault(&s->event.header, TC_FAULT_ARGV);
		s->event.argv_len = 0;
		return;
	}
	s->pos += bytes;
}

static __always_inline void reset(struct scratch *s, struct task_struct *task, enum tc_kind kind,
				  tc_image image)
{
	__builtin_memset(&s->event, 0, sizeof(s->event));
	s->pos = 0;
	fill_header(&s->event.header, task, kind, image);
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
	e->cwd_len = append_cwd(s, slot, &e->header, task);
	fill_cgroup(s, slot, task);
	begin = s->pos;
	if (append_env_names(slot, BPF_CORE_READ(mm, env_start), BPF_CORE_READ(mm, env_end)))
		fault(&e->header, TC_FAULT_ENV);
	e->env_len = s->pos - begin;
	e->argc = BPF_CORE_READ(bprm, argc);
	append_argv(s, mm);
}

#endif
