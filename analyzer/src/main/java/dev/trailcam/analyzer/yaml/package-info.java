// SPDX-License-Identifier: Apache-2.0
/**
 * YAML that people wrote, each value with its line, so that what is wrong with it can be said where
 * it stands; nothing outside this package knows the parser. Read {@link Yaml}.
 */
package dev.trailcam.analyzer.yaml;
