// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.handover;

import java.nio.file.Path;

/**
 * A file that goes into a bag.
 *
 * @param source where it is
 * @param payload its name in the bag, made of letters, digits and few other characters: a name from
 *     outside may lead anywhere, or be read in two ways by two programs
 * @param original where it was, as the user would name it
 * @param sha256 what its hash has to be, or null where nothing says it
 */
record BagFile(Path source, String payload, String original, String sha256) {}
