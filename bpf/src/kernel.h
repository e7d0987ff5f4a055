/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * The fields of kernel structures that the program reads, and nothing else. Offsets are the running
 * kernel's: libbpf relocates every access when it loads the object (CO-RE).
 */
#ifndef TRAILCAM_KERNEL_H
#define TRAILCAM_KERNEL_H

#include <linux/bpf.h>
#include <linux/types.h>
#include <stdbool.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

typedef int pid_t;
typedef struct { __u32 val; } kuid_t;
typedef struct { __u32 val; } kgid_t;

struct qstr {
	const unsigned char *name;
};

struct super_block {
	__u32 s_dev;
	unsigned long s_magic;
};

struct inode {
	__u16 i_mode;
	__u32 i_nlink;
	unsigned long i_ino;
	struct super_block *i_sb;
	__s64 i_size;
	__s64 i_mtime_sec;
	__u32 i_mtime_nsec;
	__s64 i_ctime_sec;
	__u32 i_ctime_nsec;
};

struct timespec64 {
	__s64 tv_sec;
	long tv_nsec;
};

/* Before Linux 6.11, 6.7 and 6.6 the times were structures of changing names. */
struct inode___v6_10 {
	struct timespec64 __i_mtime;
	struct timespec64 __i_ctime;
};

struct inode___v6_6 {
	struct timespec64 i_mtime;
	struct timespec64 __i_ctime;
};

struct inode___v6_5 {
	struct timespec64 i_mtime;
	struct timespec64 i_ctime;
};

struct dentry {
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
};

struct vfsmount {
	struct dentry *mnt_root;
	int mnt_flags;
};

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct file {
	struct path f_path;
	struct inode *f_inode;
	void *private_data;
};

struct fdtable {
	unsigned int max_fds;
	struct file **fd;
};

struct files_struct {
	struct fdtable *fdt;
};

struct sock_common {
	unsigned short skc_family;
};

struct sock {
	struct sock_common __sk_common;
	__u16 sk_type;
	__u16 sk_protocol;
};

struct socket {
	struct sock *sk;
};

struct fs_struct {
	struct path pwd;
};

struct mm_struct {
	unsigned long arg_start;
	unsigned long arg_end;
	unsigned long env_start;
	unsigned long env_end;
	struct file *exe_file;
};

struct ns_common {
	unsigned int inum;
};

struct user_namespace {
	struct ns_common ns;
};

struct mnt_namespace {
	struct ns_common ns;
};

struct pid_namespace {
	struct ns_common ns;
};

struct net {
	struct ns_common ns;
};

struct nsproxy {
	struct mnt_namespace *mnt_ns;
	struct net *net_ns;
};

struct upid {
	int nr;
	struct pid_namespace *ns;
};

struct pid {
	unsigned int level;
	struct upid numbers[1];
};

typedef struct { __u64 val; } kernel_cap_t;

struct cred {
	kuid_t uid;
	kgid_t gid;
	kuid_t euid;
	kernel_cap_t cap_effective;
	struct user_namespace *user_ns;
};

struct tty_struct {
	char name[64];
};

typedef struct { int counter; } atomic_t;

struct signal_struct {
	struct tty_struct *tty;
	atomic_t live;
	unsigned int flags;
	int group_exit_code;
	__u64 utime;
	__u64 stime;
	unsigned long long sum_sched_runtime;
};

struct sched_entity {
	__u64 sum_exec_runtime;
};

struct kernfs_node {
	struct kernfs_node *__parent;
	const char *name;
};

/* Before Linux 6.15 the field had its plain name. */
struct kernfs_node___v6_14 {
	struct kernfs_node___v6_14 *parent;
};

struct cgroup {
	struct kernfs_node *kn;
};

struct css_set {
	struct cgroup *dfl_cgrp;
};

struct task_struct {
	pid_t pid;
	pid_t tgid;
	__u64 start_boottime;
	struct task_struct *real_parent;
	struct task_struct *group_leader;
	struct pid *thread_pid;
	char comm[16];
	const struct cred *cred;
	struct mm_struct *mm;
	struct fs_struct *fs;
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
	struct css_set *cgroups;
	struct files_struct *files;
	int exit_code;
	__u64 utime;
	__u64 stime;
	struct sched_entity se;
	/* These two exist with CONFIG_AUDIT only. */
	kuid_t loginuid;
	unsigned int sessionid;
};

struct linux_binprm {
	struct file *file;
	int argc;
	const char *filename;
	const char *interp;
};

/* The registers of a system call, on the architectures that one object serves. */
struct pt_regs___x86 {
	unsigned long di;
	unsigned long si;
	unsigned long dx;
	unsigned long r10;
	unsigned long ax;
};

struct pt_regs___arm64 {
	__u64 regs[31];
	__u64 orig_x0;
};

struct bpf_iter_meta;

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
};

#pragma clang attribute pop

/* include/linux/mount.h: a mount that only the kernel itself has, such as the one of memfds. */
#define MNT_INTERNAL 0x4000

/* include/linux/sched/signal.h: the process's status is that of its group, not of its leader. */
#define SIGNAL_GROUP_EXIT 4

/* include/uapi/linux/magic.h */
#define OVERLAYFS_SUPER_MAGIC 0x794c7630

/* include/linux/fs.h: since Linux 6.13 the nanoseconds of ctime carry a flag. */
#define I_CTIME_QUERIED (1U << 31)

#endif
