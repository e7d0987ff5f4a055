// SPDX-License-Identifier: Apache-2.0
/**
 * What the kernel program sends: {@code bpf/src/exec_event.h} as Java sees it.
 *
 * <p>{@link dev.trailcam.recorder.wire.ExecEvent} reads a record, {@link
 * dev.trailcam.recorder.wire.WireLayout} says where its fields are.
 */
package dev.trailcam.recorder.wire;
