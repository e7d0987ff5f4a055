// SPDX-License-Identifier: Apache-2.0
/**
 * Files on the file systems that Hadoop knows (hdfs, s3a, file and others); the only package that
 * sees Hadoop. Its classes are loaded when somebody names an address, not before.
 */
package dev.trailcam.analyzer.remote;
