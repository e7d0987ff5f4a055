// SPDX-License-Identifier: Apache-2.0
/**
 * What people wrote down as legitimate use: which findings of a rule are expected, who answers for
 * it, why, and until when. Read {@link SuppressionSet}.
 */
package dev.trailcam.analyzer.suppressions;
