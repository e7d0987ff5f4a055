// SPDX-License-Identifier: Apache-2.0
/**
 * What some captures hold that others do not: what a CI run did that earlier runs never did. Read
 * {@link Aspect} for what is compared, {@link Normalizer} for what is taken to be the same, {@link
 * Novelty} for the result. Rows are read by the engine.
 */
package dev.trailcam.analyzer.novelty;
