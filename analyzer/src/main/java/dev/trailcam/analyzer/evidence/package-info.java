// SPDX-License-Identifier: Apache-2.0
/**
 * Captures as they lie on a disk that strangers filled: found, hashed and compared with their
 * manifest before anything parses them. Knows no SQL.
 *
 * <p>Finding and checking are two steps, so that whoever needs a few captures of a large store
 * opens no others:
 *
 * <pre>{@code
 * CaptureCatalogue store = CaptureCatalogue.list(arguments, known, progress);
 * Selection.Selected selected = selection.of(store.captures());
 * try (PrivateCopies copies = new PrivateCopies()) {
 *   CaptureSet set = CaptureSet.open(selected.captures(), copies, progress).with(store.problems());
 *   … // the files of the set are there until the copies are closed
 * }
 * }</pre>
 *
 * <p>{@link CaptureCatalogue#list} reads manifests and directory listings and nothing else. What it
 * is told through {@link KnownEvidence} to be known costs less: a manifest is read and hashed but
 * not parsed, an archive whose file is unchanged is not opened. {@link CaptureEntry#manifestHash}
 * with {@link CaptureEntry#listing} tells whether a capture is as it was the last time; {@link
 * CaptureEntry#manifest} parses on demand. To remember archives, keep {@link
 * CaptureCatalogue#archives}, their problems included, and hand each back for its path and
 * fingerprint.
 *
 * <p>Read {@link CaptureSet} first.
 */
package dev.trailcam.analyzer.evidence;
