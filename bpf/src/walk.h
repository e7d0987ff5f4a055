/* SPDX-License-Identifier: GPL-2.0 OR BSD-2-Clause */
/*
 * Appends to the tail of a record what takes a walk: paths, cgroups, the environment. These functions
 * are global, and take addresses as numbers, so that the verifier checks each once and not once for
 * each caller; they keep their state in the scratch area.
 */
#ifndef TRAILCAM_WALK_H
#define TRAILCAM_WALK_H

#include "scratch.h"

/*
 * Appends a path to the tail: its components, leaf first, each closed by NUL. Returns 0 when the
 * walk reached the root of the mount namespace.
 */
__noinline int append_path(__u32 slot, __u64 dentry_address, __u64 mnt_address)
{
	struct scratch *s = scratch_at(slot);
	struct dentry *dentry = (void *)dentry_address;
	struct vfsmount *mnt = (void *)mnt_address;
	__u32 begin;

	if (!s)
		return 1;
	begin = s->pos;
	for (int i = 0; i < MAX_COMPONENTS; i++) {
		struct dentry *parent = BPF_CORE_READ(dentry, d_parent);
		__u32 pos = s->pos;
		long n;

		if (dentry == BPF_CORE_READ(mnt, mnt_root) && dentry != parent) {
			/* A bind mount of a directory: its root has a parent, but not here. */
			parent = dentry;
		}
		if (dentry == parent) {
			struct mount *m = (void *)mnt - bpf_core_field_offset(struct mount, mnt);
			struct mount *above = BPF_CORE_READ(m, mnt_parent);

			if (BPF_CORE_READ(mnt, mnt_flags) & MNT_INTERNAL) {
				/* Anonymous files have no parent: the name is all there is. */
				n = bpf_probe_read_kernel_str(&s->tail[pos & TAIL_MASK], MAX_COMPONENT,
							      BPF_CORE_READ(dentry, d_name.name));
				if (n > 0)
					s->pos = pos + n;
				return n <= 0;
			}
			if (dentry != BPF_CORE_READ(mnt, mnt_root))
				return 1;	/* detached from its mount */
			if (m == above) {
				if (s->pos == begin) {
					/* The root itself: one empty component. */
					s->tail[pos & TAIL_MASK] = 0;
					s->pos = pos + 1;
				}
				return 0;
			}
			dentry = BPF_CORE_READ(m, mnt_mountpoint);
			mnt = (void *)above + bpf_core_field_offset(struct mount, mnt);
			continue;
		}
		if (pos - begin > MAX_WALKED_PATH - MAX_COMPONENT)
			return 1;
		n = bpf_probe_read_kernel_str(&s->tail[pos & TAIL_MASK], MAX_COMPONENT,
					      BPF_CORE_READ(dentry, d_name.name));
		if (n <= 0)
			return 1;
		s->pos = pos + n;
		dentry = parent;
	}
	return 1;
}

static __always_inline struct kernfs_node *kernfs_parent(struct kernfs_node *node)
{
	struct kernfs_node___v6_14 *old = (void *)node;

	if (bpf_core_field_exists(old->parent))
		return (void *)BPF_CORE_READ(old, parent);
	return BPF_CORE_READ(node, __parent);
}

/* Appends a cgroup's path the same way. */
__noinline int append_cgroup(__u32 slot, __u64 node_address)
{
	struct scratch *s = scratch_at(slot);
	struct kernfs_node *node = (void *)node_address;
	__u32 begin;

	if (!s || !node)
		return 1;
	begin = s->pos;
	for (int i = 0; i < MAX_COMPONENTS; i++) {
		struct kernfs_node *parent = kernfs_parent(node);
		__u32 pos = s->pos;
		long n;

		if (!parent) {
			if (pos == begin) {
				s->tail[pos & TAIL_MASK] = 0;
				s->pos = pos + 1;
			}
			return 0;
		}
		if (pos - begin > MAX_PATH - MAX_COMPONENT)
			return 1;
		n = bpf_probe_read_kernel_str(&s->tail[pos & TAIL_MASK], MAX_COMPONENT,
					      BPF_CORE_READ(node, name));
		if (n <= 0)
			return 1;
		s->pos = pos + n;
		node = parent;
	}
	return 1;
}

/* Appends the name at the start of the chunk, up to its '='. */
__noinline int append_env_name(__u32 slot)
{
	struct scratch *s = scratch_at(slot);
	__u32 pos;

	if (!s)
		return 1;
	pos = s->pos;
	for (__u32 i = 0; i < ENV_NAME - 1; i++) {
		__u8 c = s->chunk[i];

		if (c == '=' || c == 0)
			break;
		s->tail[pos & TAIL_MASK] = c;
		pos++;
	}
	s->tail[pos & TAIL_MASK] = 0;
	s->pos = pos + 1;
	return 0;
}

#define BEGINS(chunk, name) begins(chunk, name, sizeof(name) - 1)

static __always_inline bool begins(const __u8 *chunk, const char *name, __u32 len)
{
	for (__u32 i = 0; i < len; i++)
		if (chunk[i] != name[i])
			return false;
	return true;
}

/* Whether the chunk begins with the name of a variable that steers the dynamic loader. */
static __always_inline bool steers_loader(const __u8 *chunk)
{
	return BEGINS(chunk, "LD_") || BEGINS(chunk, "GLIBC_TUNABLES=") ||
	       BEGINS(chunk, "GCONV_PATH=");
}

/* Appends the names, never the values, of those variables. Only for the current process. */
__noinline int append_env_names(__u32 slot, __u64 from, __u64 to)
{
	struct scratch *s = scratch_at(slot);
	bool inside = false;
	__u32 begin;

	if (!s)
		return 1;
	begin = s->pos;
	for (int i = 0; i < MAX_ENV_STRINGS; i++) {
		long n;

		if (from >= to)
			return 0;
		if (s->pos - begin > ENV_NAMES_LIMIT - ENV_NAME)
			return 1;
		n = bpf_probe_read_user_str(s->chunk, ENV_CHUNK, (void *)from);
		if (n <= 0)
			return 1;
		if (!inside && steers_loader(s->chunk))
			append_env_name(slot);
		/* A longer string goes on behind the chunk; what follows is no name. */
		inside = n == ENV_CHUNK;
		from += inside ? n - 1 : n;
	}
	return 1;
}

#endif
