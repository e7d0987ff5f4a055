// SPDX-License-Identifier: Apache-2.0
/**
 * Results in the formats of other programs. Read {@link dev.trailcam.analyzer.handover.Dossier}
 * first: it is what is handed over, whether it comes out of a replay or out of a file; every format
 * is made of it by one class.
 */
package dev.trailcam.analyzer.handover;
