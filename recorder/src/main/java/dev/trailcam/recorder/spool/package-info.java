// SPDX-License-Identifier: Apache-2.0
/**
 * Where records wait until they are sealed: append-only files of frames, each with a checksum and a
 * number, so that whatever a crash left behind is readable up to its first bad byte.
 *
 * <pre>
 * file   = header frame*
 * header = "TCSPOOL\n" u16 version  u8 byte order  u8 0  u32 number  u32 length  capture id  u32 crc32c
 * frame  = u32 crc32c  u32 length  u64 number  u8 kind  payload
 * </pre>
 *
 * <p>Numbers are little-endian. A checksum covers everything before it in the header, everything
 * behind it in a frame. Frames are numbered from 0.
 */
package dev.trailcam.recorder.spool;
