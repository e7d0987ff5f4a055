// SPDX-License-Identifier: Apache-2.0
/**
 * From spool files to sealed segments.
 *
 * <p>{@link dev.trailcam.recorder.seal.Sealer} seals one spool file after the other while the
 * recorder lives, {@link dev.trailcam.recorder.seal.Recovery} what a recorder that died left.
 *
 * <pre>
 * 000007.spool ──▶ loss-000007.parquet ──▶ manifest line ──▶ exec-000007.parquet ──▶ manifest line ──▶ unlink
 * </pre>
 *
 * <p>Losses come first, so the exec segment's line says that the spool file is done with.
 */
package dev.trailcam.recorder.seal;
