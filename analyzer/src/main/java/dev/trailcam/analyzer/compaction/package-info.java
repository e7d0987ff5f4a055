// SPDX-License-Identifier: Apache-2.0
/**
 * Many small captures in a few large files, with nothing evidential lost: how they are made out of
 * captures ({@link Compactor}) and what proves that they still say the same ({@link RowCheck}).
 * {@code evidence} reads them. The format is in {@code docs/compaction.md}.
 */
package dev.trailcam.analyzer.compaction;
