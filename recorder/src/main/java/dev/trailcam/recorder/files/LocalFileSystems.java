// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder.files;

import java.util.Set;

/**
 * File systems that answer without asking another machine or another program. A list of those that
 * may be touched and not of those that may not: a new kind of network or user-space file system is
 * refused until somebody has looked at it.
 */
final class LocalFileSystems {
  /** {@code s_magic}: include/uapi/linux/magic.h where nothing else is said. */
  private static final Set<Long> MAGIC =
      Set.of(
          0xEF53L, // ext2, ext3, ext4
          0x58465342L, // xfs
          0x9123683EL, // btrfs
          0xF2F52010L, // f2fs
          0xCA451A4EL, // bcachefs: fs/bcachefs/bcachefs_format.h
          0x2FC12FC1L, // zfs: include/sys/zfs_vfsops_os.h of OpenZFS
          0x52654973L, // reiserfs
          0x3153464AL, // jfs: fs/jfs/jfs_superblock.h
          0x3434L, // nilfs
          0x01021994L, // tmpfs, and devtmpfs
          0x858458F6L, // ramfs, rootfs
          0x794C7630L, // overlayfs
          0x73717368L, // squashfs
          0xE0F5E1E2L, // erofs
          0x28CD3D45L, // cramfs
          0x7275L, // romfs: include/uapi/linux/romfs_fs.h
          0x9660L, // iso9660
          0x15013346L, // udf
          0x4D44L, // vfat
          0x2011BAB0L, // exfat
          0x7366746EL, // ntfs3: "ntfs", fs/ntfs3/super.c
          0x24051905L, // ubifs: fs/ubifs/ubifs-media.h
          0x72B6L); // jffs2

  private LocalFileSystems() {}

  static boolean contains(long magic) {
    return MAGIC.contains(magic);
  }
}
