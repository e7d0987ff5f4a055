// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names inside a capture directory; the only place that knows them.
 *
 * <pre>
 * runner-7-20261122T040300Z-3f9a1c2e/
 *   manifest.jsonl
 *   exec-000001.parquet  exit-000001.parquet  loss-000001.parquet
 *   spool/000001.spool
 * </pre>
 */
public final class CaptureLayout {
  public static final String MANIFEST = "manifest.jsonl";
  public static final String SPOOL = "spool";
  public static final String SPOOL_SUFFIX = ".spool";

  /** What is being written has this suffix until its manifest line is about to be written. */
  public static final String TEMPORARY_SUFFIX = ".tmp";

  public static final String SEGMENT_SUFFIX = ".parquet";

  private static final DateTimeFormatter COMPACT_UTC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Pattern SEGMENT =
      Pattern.compile(
          Arrays.stream(Table.values())
              .map(Table::filePrefix)
              .collect(Collectors.joining("|", "(", ")-[0-9]{6,}\\.parquet")));
  private static final Pattern SPOOL_FILE = Pattern.compile("[0-9]{6,9}\\.spool");
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]+");
  private static final int HOST_CHARS = 64;

  private CaptureLayout() {}

  /** Name of a capture's directory: host, start in UTC, random part. */
  public static String directoryName(String host, Instant start, String random) {
    String safeHost = UNSAFE.matcher(host).replaceAll("_");
    // A leading dot hides the directory, a leading dash reads as an option.
    if (safeHost.isEmpty() || safeHost.startsWith(".") || safeHost.startsWith("-")) {
      safeHost = "host" + safeHost;
    }
    if (safeHost.length() > HOST_CHARS) {
      safeHost = safeHost.substring(0, HOST_CHARS);
    }
    return safeHost + "-" + COMPACT_UTC.format(start) + "-" + random;
  }

  /**
   * Name of a sealed file.
   *
   * @param number from 1
   */
  public static String segmentName(Table table, int number) {
    return String.format(Locale.ROOT, "%s-%06d%s", table.filePrefix(), number, SEGMENT_SUFFIX);
  }

  /**
   * Name of a file of the spool.
   *
   * @param number from 1
   */
  public static String spoolName(int number) {
    return String.format(Locale.ROOT, "%06d%s", number, SPOOL_SUFFIX);
  }

  /**
   * Number of a file of the spool.
   *
   * @throws IllegalArgumentException if {@link #isSpoolName} says no
   */
  public static int spoolNumber(String name) {
    if (!isSpoolName(name)) {
      throw new IllegalArgumentException("no spool file: " + name);
    }
    return Integer.parseInt(name, 0, name.length() - SPOOL_SUFFIX.length(), 10);
  }

  /** Whether this is the name of a file of the spool. */
  public static boolean isSpoolName(String name) {
    return SPOOL_FILE.matcher(name).matches();
  }

  /** Whether a manifest may list this name: a plain segment name, no path, no tricks. */
  public static boolean isSegmentName(String name) {
    return SEGMENT.matcher(name).matches();
  }
}
