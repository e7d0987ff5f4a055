// SPDX-License-Identifier: Apache-2.0
/**
 * Everything native: {@code libbpf.so.1} and the C library, bound with jnr-ffi. Nothing of it
 * leaves this package; others see {@link dev.trailcam.recorder.libbpf.ExecProbe} and plain Java
 * types.
 */
package dev.trailcam.recorder.libbpf;
