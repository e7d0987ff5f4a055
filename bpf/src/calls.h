/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * What is seen when a system call returns: executions that failed, and sockets that see other
 * programs' packets. The arguments are taken from the registers the call was entered with, so that
 * one program serves every architecture and nothing need be kept between entry and return.
 */
#ifndef TRAILCAM_CALLS_H
#define TRAILCAM_CALLS_H

#include "facts.h"

/* include/linux/socket.h, include/linux/net.h, include/uapi/linux/in.h, if_packet.h, socket.h */
#define AF_INET 2
#define AF_INET6 10
#define AF_PACKET 17
#define AF_XDP 44
#define SOCK_RAW 3
#define SOCK_PACKET 10
#define SOCK_TYPE_MASK 0xf
#define SOL_SOCKET 1
#define SOL_PACKET 263
#define SO_ATTACH_FILTER 26
#define SO_ATTACH_BPF 50
#define PACKET_ADD_MEMBERSHIP 1
#define PACKET_MR_PROMISC 1
#define PACKET_MR_ALLMULTI 2

static __always_inline __s64 returned(struct pt_regs *regs)
{
	struct pt_regs___x86 *x86 = (void *)regs;
	struct pt_regs___arm64 *arm64 = (void *)regs;

	return bpf_core_field_exists(x86->ax) ? BPF_CORE_READ(x86, ax) :
						BPF_CORE_READ(arm64, regs[0]);
}

/* One of the first four arguments, from 0. */
static __always_inline __u64 argument(struct pt_regs *regs, int number)
{
	struct pt_regs___x86 *x86 = (void *)regs;
	struct pt_regs___arm64 *arm64 = (void *)regs;

	if (!bpf_core_field_exists(x86->di)) {
		switch (number) {
		case 0: return BPF_CORE_READ(arm64, orig_x0);
		case 1: return BPF_CORE_READ(arm64, regs[1]);
		case 2: return BPF_CORE_READ(arm64, regs[2]);
		default: return BPF_CORE_READ(arm64, regs[3]);
		}
	}
	switch (number) {
	case 0: return BPF_CORE_READ(x86, di);
	case 1: return BPF_CORE_READ(x86, si);
	case 2: return BPF_CORE_READ(x86, dx);
	default: return BPF_CORE_READ(x86, r10);
	}
}

/* Appends the arguments that were passed, each closed by NUL, as far as they can be read. */
__noinline int append_arguments(__u32 slot, __u64 vector)
{
	struct scratch *s = scratch_at(slot);

	if (!s)
		return 1;
	for (int i = 0; i < FAILED_ARGS; i++) {
		__u64 address = 0;
		long n;

		if (bpf_probe_read_user(&address, sizeof(address), (void *)(vector + i * 8)))
			return 1;
		if (!address)
			return 0;
		n = bpf_probe_read_user_str(&s->tail[s->pos & TAIL_MASK], FAILED_ARG, (void *)address);
		if (n <= 0)
			return 1;
		s->pos += n;
		if (n == FAILED_ARG)
			s->failed.header.flags |= TC_FLAG_ARGV_CUT;
	}
	s->failed.header.flags |= TC_FLAG_ARGV_CUT;
	return 0;
}

static __always_inline void fill_failed(struct scratch *s, __u32 slot, struct task_struct *task,
					__u64 filename, __u64 vector)
{
	struct tc_failed *f = &s->failed;
	__u32 begin;
	long n;

	n = bpf_probe_read_user_str(&s->tail[0], MAX_PATH, (void *)filename);
	if (n <= 0)
		fault(&f->header, TC_FAULT_FILENAME);
	else
		s->pos = f->filename_len = n - 1;
	f->cwd_len = append_cwd(s, slot, &f->header, task);
	begin = s->pos;
	if (append_arguments(slot, vector))
		fault(&f->header, TC_FAULT_ARGV);
	f->argv_len = s->pos - begin;
}

static __always_inline int failed_exec(struct pt_regs *regs, struct task_struct *task, int filename)
{
	__u32 cpu = bpf_get_smp_processor_id();
	struct tc_counters *counts = counters_of(cpu);
	__s64 result = returned(regs);
	struct tc_count *books;
	struct scratch *s;
	tc_image image;
	__u32 slot;

	if (result >= 0 || !in_scope(task, &image) || !counts)
		return 0;
	books = &counts->kinds[TC_KIND_FAILED - 1];
	count(&books->seen);
	slot = cpu * SCRATCHES_PER_CPU + take_scratch(cpu);
	s = slot < (cpu + 1) * SCRATCHES_PER_CPU ? scratch_at(slot) : NULL;
	if (!s) {
		count(&books->scratch_busy);
		return 0;
	}
	__builtin_memset(&s->failed, 0, sizeof(s->failed));
	s->pos = 0;
	fill_header(&s->failed.header, task, TC_KIND_FAILED, image);
	s->failed.error = -result;
	fill_failed(s, slot, task, argument(regs, filename), argument(regs, filename + 1));
	send_scratch(s, &s->failed.header, sizeof(s->failed), books);
	s->busy = 0;
	return 0;
}

SEC("tp/syscalls/sys_exit_execve")
int on_failed_execve(void *context)
{
	struct task_struct *task = bpf_get_current_task_btf();

	return failed_exec((void *)bpf_task_pt_regs(task), task, 0);
}

SEC("tp/syscalls/sys_exit_execveat")
int on_failed_execveat(void *context)
{
	struct task_struct *task = bpf_get_current_task_btf();

	return failed_exec((void *)bpf_task_pt_regs(task), task, 1);
}

static __always_inline bool sees_others(__u32 family, __u32 type)
{
	return family == AF_PACKET || family == AF_XDP ||
	       ((family == AF_INET || family == AF_INET6) &&
		(type == SOCK_RAW || type == SOCK_PACKET));
}

static __always_inline int tell_socket(struct task_struct *task, enum tc_action action,
				       __u32 family, __u32 type, __u32 protocol, __s64 result)
{
	struct tc_counters *counts = counters_of(bpf_get_smp_processor_id());
	struct tc_socket record;
	tc_image image;

	if (!in_scope(task, &image) || !counts)
		return 0;
	count(&counts->kinds[TC_KIND_SOCKET - 1].seen);
	__builtin_memset(&record, 0, sizeof(record));
	fill_header(&record.header, task, TC_KIND_SOCKET, image);
	record.action = action;
	record.family = family;
	record.type = type;
	record.protocol = protocol;
	record.error = result < 0 ? -result : 0;
	send(&record.header, sizeof(record), &counts->kinds[TC_KIND_SOCKET - 1]);
	return 0;
}

SEC("tp/syscalls/sys_exit_socket")
int on_socket(void *context)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct pt_regs *regs = (void *)bpf_task_pt_regs(task);
	__u32 family = argument(regs, 0);
	__u32 type = argument(regs, 1) & SOCK_TYPE_MASK;

	if (!sees_others(family, type))
		return 0;
	return tell_socket(task, TC_ACTION_SOCKET, family, type, argument(regs, 2), returned(regs));
}

static __always_inline struct sock *socket_of(struct task_struct *task, __u32 fd)
{
	struct fdtable *table = BPF_CORE_READ(task, files, fdt);
	struct file **files = BPF_CORE_READ(table, fd);
	struct file *file = NULL;
	struct socket *socket;

	if (fd >= BPF_CORE_READ(table, max_fds))
		return NULL;
	bpf_probe_read_kernel(&file, sizeof(file), files + fd);
	/* The call has just succeeded on it, so it is a socket. */
	socket = BPF_CORE_READ(file, private_data);
	return BPF_CORE_READ(socket, sk);
}

static __always_inline enum tc_action action_of(__u32 level, __u32 option, __u64 value)
{
	struct { __u32 interface; __u16 type; } membership = {};

	if (level == SOL_SOCKET && (option == SO_ATTACH_FILTER || option == SO_ATTACH_BPF))
		return TC_ACTION_FILTER;
	if (level != SOL_PACKET || option != PACKET_ADD_MEMBERSHIP)
		return 0;
	bpf_probe_read_user(&membership, sizeof(membership), (void *)value);
	return membership.type == PACKET_MR_PROMISC || membership.type == PACKET_MR_ALLMULTI ?
		       TC_ACTION_PROMISCUOUS : 0;
}

SEC("tp/syscalls/sys_exit_setsockopt")
int on_setsockopt(void *context)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct pt_regs *regs = (void *)bpf_task_pt_regs(task);
	enum tc_action action = action_of(argument(regs, 1), argument(regs, 2), argument(regs, 3));
	struct sock *sk;
	__u32 family;
	__u32 type;

	if (!action || returned(regs) < 0)
		return 0;
	sk = socket_of(task, argument(regs, 0));
	family = BPF_CORE_READ(sk, __sk_common.skc_family);
	type = BPF_CORE_READ(sk, sk_type);
	if (!sees_others(family, type))
		return 0;	/* a filter on a socket of one's own connections */
	return tell_socket(task, action, family, type, BPF_CORE_READ(sk, sk_protocol), 0);
}

#endif
