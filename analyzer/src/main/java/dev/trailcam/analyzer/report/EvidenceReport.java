// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.TerminalText.plain;
import static dev.trailcam.analyzer.report.TerminalText.plainOrUnknown;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.CompactedDirectory;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.Inspection;
import dev.trailcam.capture.ClockReading;
import dev.trailcam.capture.ManifestEntry;
import dev.trailcam.capture.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes what captures hold and whether they are intact. */
public final class EvidenceReport {
  private static final int FACT = 2;

  private EvidenceReport() {}

  /**
   * Writes one verdict per capture, and what directories of compacted ones say of themselves; the
   * caller flushes.
   */
  public static void verify(
      CaptureSet set,
      List<CompactedDirectory> compacted,
      Format format,
      Style style,
      PrintWriter out) {
    if (format != Format.TABLE) {
      Map<String, Object> document =
          Documents.listed("captures", set.captures().stream().map(Documents::capture).toList());
      document.put("unreadable", set.problems().stream().map(Documents::problem).toList());
      document.put("intact", set.whole());
      if (!compacted.isEmpty()) {
        document.put("compacted", compacted.stream().map(EvidenceReport::document).toList());
      }
      json(document, format, out);
      return;
    }
    Page page = new Page(out, style);
    for (CompactedDirectory directory : compacted) {
      page.line(
          0,
          plain(directory.shown())
              + ": "
              + directory.compaction().originals().size()
              + " compacted captures, chain head "
              + directory.compaction().headHash());
    }
    for (Capture capture : set.captures()) {
      if (capture.whole()) {
        page.line(0, plain(capture.path()) + ": " + style.good("intact") + ": " + intact(capture));
      } else {
        page.line(0, plain(capture.path()) + ": " + style.warning("not intact"));
        problems(page, capture.problems());
      }
    }
    unreadable(page, set.problems());
  }

  private static String intact(Capture capture) {
    return capture.segments().size()
        + " segments, "
        + rows(capture)
        + " rows, chain head "
        + capture.manifest().headHash();
  }

  private static long rows(Capture capture) {
    return capture.manifest().segments().stream().mapToLong(ManifestEntry.Segment::rows).sum();
  }

  /**
   * Writes what each capture holds; the caller flushes.
   *
   * @param glyphs what to draw with for people
   */
  public static void inspect(
      List<Inspection> inspections,
      List<EvidenceProblem> unreadable,
      Format format,
      Style style,
      Glyphs glyphs,
      PrintWriter out) {
    if (format != Format.TABLE) {
      Map<String, Object> document =
          Documents.listed("captures", inspections.stream().map(EvidenceReport::document).toList());
      document.put("unreadable", unreadable.stream().map(Documents::problem).toList());
      json(document, format, out);
      return;
    }
    Page page = new Page(out, style);
    for (Inspection inspection : inspections) {
      inspect(page, inspection, glyphs);
      page.blank();
    }
    unreadable(page, unreadable);
  }

  private static void inspect(Page page, Inspection inspection, Glyphs glyphs) {
    Capture capture = inspection.capture();
    ManifestEntry.Start start = capture.manifest().start();
    page.line(0, page.style().bold(plain(capture.path())));
    fact(page, "capture", plain(capture.id()));
    fact(page, "recorder", plainOrUnknown(start.recorder()));
    fact(
        page,
        "host",
        plain(start.host())
            + ", environment "
            + plainOrUnknown(start.environment())
            + ", Linux "
            + plainOrUnknown(start.kernel())
            + " "
            + plainOrUnknown(start.arch())
            + ", boot "
            + plain(start.bootId()));
    Map<String, Object> ci = Documents.ci(start.ci());
    if (ci != null) {
      List<String> parts = new ArrayList<>();
      ci.forEach(
          (name, value) -> {
            if (value != null) {
              parts.add(name + " " + plain((String) value));
            }
          });
      fact(page, "CI", String.join(", ", parts));
    }
    fact(
        page,
        "scope",
        start.command() == null || start.command().contains(null)
            ? plainOrUnknown(start.scope())
            : plainOrUnknown(start.scope()) + ": " + TerminalText.shell(start.command()));
    fact(page, "secrets", secrets(start));
    fact(page, "started", Times.utc(start.clock()));
    fact(page, "ended", ended(capture));
    for (ManifestEntry.Segment segment : capture.manifest().segments()) {
      fact(
          page,
          "segment",
          segment.file() + ", " + segment.rows() + " rows, " + segment.bytes() + " bytes");
    }
    fact(page, "execs", executions(inspection));
    events(page, inspection);
    capture.losses().forEach((cause, count) -> fact(page, "lost", count + ", " + plain(cause)));
    capture
        .lostEvents()
        .forEach((table, count) -> fact(page, "lost", count + " of " + plain(table)));
    fact(page, "programs", inspection.programs() + " distinct");
    for (Inspection.Program program : inspection.top()) {
      page.labelled(FACT + 2, Long.toString(program.executions()), plainOrUnknown(program.exe()));
    }
    ActivityReport.write(page, inspection.activity(), glyphs);
    if (capture.whole()) {
      fact(page, "state", page.style().good("intact") + ": " + intact(capture));
    } else {
      fact(page, "state", page.style().warning("not intact"));
      problems(page, capture.problems());
    }
  }

  private static String secrets(ManifestEntry.Start start) {
    if (start.secrets() != null) {
      return plain(start.secrets()) + " in arguments";
    }
    return start.formatVersion() == 1 ? "raw in arguments" : "?";
  }

  private static void events(Page page, Inspection inspection) {
    if (!inspection.rows().containsKey(Table.EXITS)) {
      fact(page, "events", "executions only: capture format 1 has no others");
      return;
    }
    fact(page, "exits", rows(inspection, Table.EXITS));
    fact(page, "failed", rows(inspection, Table.FAILED_EXECS) + " failed executions");
    fact(page, "sockets", rows(inspection, Table.RAW_SOCKETS) + " rows about raw sockets");
    fact(page, "alive", rows(inspection, Table.PROCESSES) + " processes at the start");
    long lacking = inspection.lacking().values().stream().mapToLong(Long::longValue).sum();
    fact(
        page,
        "files",
        rows(inspection, Table.FILES) + " looked into, " + lacking + " of them lack facts");
    inspection
        .lacking()
        .forEach((why, count) -> page.labelled(FACT + 2, Long.toString(count), plain(why)));
  }

  private static String rows(Inspection inspection, Table table) {
    return Long.toString(inspection.rows().get(table));
  }

  private static String ended(Capture capture) {
    return capture
        .manifest()
        .end()
        .map(
            end -> {
              ClockReading clock = end.clock();
              return (clock == null ? "?" : Times.utc(clock))
                  + ", "
                  + plain(end.reason())
                  + (end.exitStatus() == null ? "" : ", exit status " + end.exitStatus());
            })
        .orElse("not known: there is no end line");
  }

  private static String executions(Inspection inspection) {
    long bytes = 0;
    for (ManifestEntry.Segment segment : inspection.capture().manifest().segments()) {
      bytes += segment.table().equals(Table.EXECS.filePrefix()) ? segment.bytes() : 0;
    }
    return inspection.executions()
        + (inspection.executions() == 0
            ? ""
            : String.format(
                Locale.ROOT, ", %.1f bytes each", (double) bytes / inspection.executions()));
  }

  private static void fact(Page page, String label, String text) {
    page.labelled(FACT, label, text);
  }

  private static void problems(Page page, List<EvidenceProblem> problems) {
    problems.forEach(problem -> page.line(FACT + 2, ReplayTable.sentence(problem)));
  }

  private static void unreadable(Page page, List<EvidenceProblem> problems) {
    for (EvidenceProblem problem : problems) {
      page.line(0, page.style().warning("not readable") + ": " + ReplayTable.sentence(problem));
    }
  }

  private static Map<String, Object> document(CompactedDirectory directory) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("path", directory.shown());
    document.put("captures", directory.compaction().originals().size());
    document.put("left_out", directory.compaction().leftOut().size());
    document.put("head_sha256", directory.compaction().headHash());
    return document;
  }

  private static Map<String, Object> document(Inspection inspection) {
    Capture capture = inspection.capture();
    ManifestEntry.Start start = capture.manifest().start();
    ManifestEntry.End end = capture.manifest().end().orElse(null);
    Map<String, Object> document = Documents.capture(capture);
    document.put("recorder", start.recorder());
    document.put("kernel", start.kernel());
    document.put("arch", start.arch());
    document.put("boot_id", start.bootId());
    document.put("ci", Documents.ci(start.ci()));
    document.put("scope", start.scope());
    document.put("command", start.command());
    document.put("started", Times.utc(start.clock()));
    document.put("ended", end == null ? null : Times.utc(end.clock()));
    document.put("end_reason", end == null ? null : end.reason());
    document.put("exit_status", end == null ? null : end.exitStatus());
    document.put("secrets", start.secrets());
    document.put("executions", inspection.executions());
    Map<String, Object> rows = new LinkedHashMap<>();
    for (Table table : Table.values()) {
      rows.put(table.sqlName(), inspection.rows().get(table));
    }
    document.put("rows", rows);
    document.put("files_lacking_facts", inspection.lacking());
    document.put("programs", inspection.programs());
    document.put(
        "top_programs",
        inspection.top().stream()
            .map(
                program -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("program", program.exe());
                  one.put("executions", program.executions());
                  return one;
                })
            .toList());
    ActivityReport.add(document, inspection.activity());
    document.put(
        "segment_files",
        capture.manifest().segments().stream()
            .map(
                segment -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  one.put("file", segment.file());
                  one.put("table", segment.table());
                  one.put("rows", segment.rows());
                  one.put("bytes", segment.bytes());
                  one.put("sha256", segment.sha256());
                  return one;
                })
            .toList());
    return document;
  }

  private static void json(Map<String, Object> document, Format format, PrintWriter out) {
    if (format == Format.JSON) {
      Json.pretty(document, out);
    } else {
      Json.compact(document, out);
    }
    out.print('\n');
  }
}
