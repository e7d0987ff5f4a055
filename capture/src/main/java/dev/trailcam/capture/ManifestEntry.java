// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.capture;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/**
 * One line of {@code manifest.jsonl}. The first is a {@link Start}, then one {@link Segment} per
 * sealed file, an {@link Expired} for what retention removed, and an {@link End} when the recording
 * ended in order. Example, shortened:
 *
 * <pre>
 * {"type":"start","format_version":1,"capture_id":"…","host":"runner-7",…}
 * {"type":"segment","table":"exec","file":"exec-000001.parquet","bytes":4711,"sha256":"…",…,"prev":"…"}
 * {"type":"end","reason":"command_exited","exit_status":0,…,"prev":"…"}
 * </pre>
 *
 * <p>{@code prev} is the SHA-256 of the line before, without its line feed; the first line has
 * none. Every line ends in a {@code check}: the SHA-256 of the line's bytes before it, so that a
 * change of the last line, which no line follows, shows too.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ManifestEntry.Start.class, name = "start"),
  @JsonSubTypes.Type(value = ManifestEntry.Segment.class, name = "segment"),
  @JsonSubTypes.Type(value = ManifestEntry.Expired.class, name = "expired"),
  @JsonSubTypes.Type(value = ManifestEntry.End.class, name = "end")
})
public sealed interface ManifestEntry extends ChainEntry<ManifestEntry> {
  /** {@link Start#secrets()}: marks have taken their place. */
  String MASKED = "masked";

  /** {@link Start#secrets()}: they are in the capture. */
  String RAW = "raw";

  /**
   * Who records what, where.
   *
   * @param formatVersion version of the capture format, from 1
   * @param captureId random, unique
   * @param recorder name and version of the program that records
   * @param host uname -n
   * @param bootId /proc/sys/kernel/random/boot_id
   * @param machineId /etc/machine-id, or null
   * @param environment {@link Environment#id()}, or null when nobody said
   * @param kernel uname -r
   * @param arch uname -m
   * @param ci where it ran in CI, or {@link CiContext#NONE}
   * @param scope {@code machine}, or {@code command} for one command and its descendants
   * @param command the command that was recorded; null for a whole machine
   * @param argvLimitBytes arguments beyond this many bytes are cut
   * @param ringBytes size of the kernel's ring buffer
   * @param cpus processors the machine could have, from 1
   * @param secrets {@link #MASKED} when secrets in arguments were replaced by marks before they
   *     reached the disk, {@link #RAW} when somebody asked for them; null in format 1, which is raw
   * @param watched {@link Table#filePrefix()} of the kinds of events that were watched; null in
   *     format 1, which had executions only. No row in another table means nothing
   * @param clock the clocks when recording began
   */
  record Start(
      int formatVersion,
      String captureId,
      String recorder,
      String host,
      String bootId,
      String machineId,
      String environment,
      String kernel,
      String arch,
      CiContext ci,
      String scope,
      List<String> command,
      int argvLimitBytes,
      long ringBytes,
      int cpus,
      String secrets,
      List<String> watched,
      ClockReading clock,
      String prev)
      implements ManifestEntry {
    @Override
    public Start withPrev(String hash) {
      return new Start(
          formatVersion,
          captureId,
          recorder,
          host,
          bootId,
          machineId,
          environment,
          kernel,
          arch,
          ci,
          scope,
          command,
          argvLimitBytes,
          ringBytes,
          cpus,
          secrets,
          watched,
          clock,
          hash);
    }
  }

  /**
   * A sealed file. Once this line is written the file exists and never changes.
   *
   * @param table {@link Table#filePrefix()}
   * @param file {@link CaptureLayout#segmentName}
   * @param bytes its size
   * @param sha256 its hash, 64 hexadecimal digits
   * @param rows rows in it
   * @param firstBootNs boot time of its first row, 0 when empty
   * @param lastBootNs boot time of its last row, 0 when empty
   * @param sequences per processor the sequence numbers it covers, those of lost records included
   * @param losses executions in the rows of a loss segment by {@link LossCause#id()}, so that each
   *     loss is told in one line; causes with none are absent, and so are all of them in other
   *     segments
   * @param lostEvents other events in the rows of a loss segment, by {@link Table#filePrefix()};
   *     tables with none are absent, null when there are none at all
   * @param spool the spool file it was sealed from
   * @param clock the last reading of the clocks before it was sealed
   */
  record Segment(
      String table,
      String file,
      long bytes,
      String sha256,
      long rows,
      long firstBootNs,
      long lastBootNs,
      List<SequenceRange> sequences,
      Map<String, Long> losses,
      Map<String, Long> lostEvents,
      String spool,
      ClockReading clock,
      String prev)
      implements ManifestEntry {
    @Override
    public Segment withPrev(String hash) {
      return new Segment(
          table,
          file,
          bytes,
          sha256,
          rows,
          firstBootNs,
          lastBootNs,
          sequences,
          losses,
          lostEvents,
          spool,
          clock,
          hash);
    }
  }

  /**
   * Why and how the recording ended. A capture without this line is incomplete.
   *
   * @param reason one of {@link EndReason#id()}
   * @param exitStatus status of the recorded command as a shell tells it, or null
   * @param executed executions in scope that the kernel program counted, or null when a crash took
   *     the count with it
   * @param recorded rows in all exec segments
   * @param losses executions lost, by cause, over the whole capture
   * @param events the books of the other tables, by {@link Table#filePrefix()}; null in format 1
   * @param clock the clocks when recording ended
   */
  record End(
      String reason,
      Integer exitStatus,
      Long executed,
      long recorded,
      Map<String, Long> losses,
      Map<String, EventCount> events,
      ClockReading clock,
      String prev)
      implements ManifestEntry {
    @Override
    public End withPrev(String hash) {
      return new End(reason, exitStatus, executed, recorded, losses, events, clock, hash);
    }
  }

  /**
   * Sealed files that were removed again to keep the capture within the age or size it was given.
   * Their lines, and so their hashes and counts, stay.
   *
   * @param files as in {@link Segment#file()}
   * @param reason {@code age} or {@code bytes}
   * @param clock the clocks when they were removed
   */
  record Expired(List<String> files, String reason, ClockReading clock, String prev)
      implements ManifestEntry {
    @Override
    public Expired withPrev(String hash) {
      return new Expired(files, reason, clock, hash);
    }
  }

  /**
   * The books of a table other than {@code execs}: seen = recorded + lost.
   *
   * @param seen events in scope that the kernel program counted, or null when a crash took the
   *     count with it
   * @param recorded rows in all segments of the table
   * @param lost events that are in no segment
   */
  record EventCount(Long seen, long recorded, long lost) {}

  /**
   * Sequence numbers of one processor.
   *
   * @param first inclusive
   * @param last inclusive
   * @param recorded how many of them are rows of the segment; the others were lost
   */
  record SequenceRange(int cpu, long first, long last, long recorded) {}
}
