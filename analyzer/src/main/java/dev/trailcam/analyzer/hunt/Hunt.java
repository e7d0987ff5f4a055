// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.hunt;

import dev.trailcam.analyzer.engine.BootFacts;
import dev.trailcam.analyzer.engine.Engine;
import dev.trailcam.analyzer.engine.HuntQuestion;
import dev.trailcam.analyzer.engine.HuntScope;
import dev.trailcam.analyzer.engine.HuntState;
import dev.trailcam.analyzer.engine.Judged;
import dev.trailcam.analyzer.engine.JudgedRule;
import dev.trailcam.analyzer.engine.Progress;
import dev.trailcam.analyzer.evidence.ArchiveContents;
import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.evidence.CaptureCatalogue;
import dev.trailcam.analyzer.evidence.CaptureEntry;
import dev.trailcam.analyzer.evidence.CaptureFacts;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.CompactedStore;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.KnownEvidence;
import dev.trailcam.analyzer.evidence.PrivateCopies;
import dev.trailcam.analyzer.evidence.Selection;
import dev.trailcam.analyzer.findings.HuntResult;
import dev.trailcam.analyzer.findings.HuntResult.FailedPair;
import dev.trailcam.analyzer.findings.ReplayResult;
import dev.trailcam.analyzer.findings.ReplayResult.RuleRun;
import dev.trailcam.analyzer.rules.RuleProblem;
import dev.trailcam.analyzer.rules.RuleSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One run of a hunt: finds what no rule of today has looked at, lets them look in batches, and says
 * what is new since the run before. Whoever reports the result {@linkplain HuntState#finish
 * finishes} the run afterwards: a report that nobody got is made again.
 */
public final class Hunt {
  private final String tool;
  private final Engine engine;
  private final Progress progress;
  private final HuntState state;

  /**
   * A run that has not begun.
   *
   * @param tool name and version of this program, for the result
   */
  public Hunt(String tool, Engine engine, Progress progress, HuntState state) {
    this.tool = tool;
    this.engine = engine;
    this.progress = progress;
    this.state = state;
  }

  /**
   * Judges what is to be judged.
   *
   * @param stores captures, archives, and directories that hold either at any depth
   * @param selection which captures take part; with one, all of its boot do
   * @param question about at least one rule
   */
  public HuntResult run(List<String> stores, Selection selection, HuntQuestion question) {
    RuleSet ruleSet = question.ruleSet();
    List<JudgedRule> rules = RuleLogics.of(ruleSet);
    int run = state.run();
    Map<String, CaptureFacts> remembered = state.captures();
    Map<String, ArchiveContents> archives = state.archives();
    CaptureCatalogue catalogue =
        CaptureCatalogue.list(
            stores, known(remembered, archives), path -> progress.at("listing " + path, 0, 0));
    state.keep(
        catalogue.archives().stream()
            .filter(archive -> !archive.equals(archives.get(archive.path())))
            .toList());
    StoreView.Seen seen = StoreView.look(catalogue, selection, remembered, progress);
    Set<String> vanished = new TreeSet<>();
    remembered.values().forEach(capture -> vanished.add(capture.captureId()));
    vanished.removeAll(seen.entries().keySet());
    vanished.removeAll(seen.compactedIds());
    state.select(HuntScope.of(selection, seen.selected()));
    state.begin(rules, ruleSet.problems().isEmpty());
    SortedMap<String, BootFacts> boots = new TreeMap<>();
    seen.boots().forEach(boot -> boots.put(boot.bootId(), boot));
    Map<String, List<JudgedRule>> missing = state.missing(boots.values(), rules);
    // When something is missing is read out of the evidence, also where no rule has to look.
    boots.values().stream()
        .filter(boot -> !missing.containsKey(boot.bootId()) && missesOther(boot, remembered))
        .forEach(boot -> missing.put(boot.bootId(), List.of()));
    List<RuleProblem> problems = new ArrayList<>(ruleSet.problems());
    List<Batch> batches = Batch.of(boots.values(), missing);
    long done = 0;
    for (Batch batch : batches) {
      progress.at("batch of " + batch.boots().size() + " boots", done++, batches.size());
      judge(run, batch, ruleSet, seen, boots, problems);
    }
    state.refresh(
        seen.boots().stream()
            .filter(boot -> !missing.containsKey(boot.bootId()))
            .filter(boot -> differs(boot, remembered))
            .toList());
    if (ruleSet.problems().isEmpty()) {
      state.retire(run, rules.stream().map(rule -> rule.rule().id()).toList());
    }
    return result(run, question, rules, seen, boots.values(), vanished.size(), problems);
  }

  private static KnownEvidence known(
      Map<String, CaptureFacts> remembered, Map<String, ArchiveContents> archives) {
    return new KnownEvidence() {
      @Override
      public boolean manifest(String sha256) {
        return remembered.containsKey(sha256);
      }

      @Override
      public Optional<ArchiveContents> archive(String path, String fingerprint) {
        // Without one nobody could tell whether it is the same archive.
        return fingerprint.isEmpty()
            ? Optional.empty()
            : Optional.ofNullable(archives.get(path))
                .filter(archive -> archive.fingerprint().equals(fingerprint));
      }
    };
  }

  private void judge(
      int run,
      Batch batch,
      RuleSet ruleSet,
      StoreView.Seen seen,
      Map<String, BootFacts> boots,
      List<RuleProblem> problems) {
    List<CaptureEntry> wanted = new ArrayList<>();
    List<Capture> compacted = new ArrayList<>();
    for (BootFacts boot : batch.boots()) {
      for (CaptureFacts capture : boot.captures()) {
        CompactedStore compaction = seen.compacted().get(capture.captureId());
        if (compaction == null) {
          wanted.addAll(seen.entries().get(capture.captureId()));
        } else {
          progress.at("checking " + capture.path(), 0, 0);
          compacted.add(compaction.open().get(capture.captureId()));
        }
      }
    }
    Set<String> ids = new TreeSet<>();
    batch.rules().forEach(rule -> ids.add(rule.rule().id()));
    RuleSet some = new RuleSet(ruleSet.only(ids::contains).rules(), List.of(), ruleSet.surface());
    Path rows = state.rowsFile();
    Judged judged;
    try (PrivateCopies copies = new PrivateCopies()) {
      CaptureSet set =
          CaptureSet.open(wanted, copies, path -> progress.at("checking " + path, 0, 0));
      compacted.addAll(set.captures());
      compacted.sort(Comparator.comparing(Capture::path));
      judged = engine.judge(new CaptureSet(compacted, set.problems()), some, rows);
    }
    ReplayResult result = judged.result();
    Map<String, List<CaptureFacts>> now = new TreeMap<>();
    for (Capture capture : result.captures()) {
      CompactedStore compaction = seen.compacted().get(capture.id());
      CaptureFacts facts =
          compaction == null
              ? CaptureFacts.of(capture, StoreView.entry(wanted, capture.path()))
              : compaction.facts(capture);
      now.computeIfAbsent(facts.bootId(), boot -> new ArrayList<>()).add(facts);
    }
    List<BootFacts> seenNow = new ArrayList<>();
    now.forEach((boot, captures) -> seenNow.add(new BootFacts(boot, captures)));
    state.record(run, seenNow, batch.rules(), judged, rows);
    seenNow.forEach(boot -> boots.put(boot.bootId(), boot));
    // What was there when the store was listed, and now is not, or is another capture.
    seen.problems().addAll(result.unreadable());
    problems.addAll(result.ruleProblems());
  }

  private static boolean missesOther(BootFacts boot, Map<String, CaptureFacts> remembered) {
    return boot.captures().stream()
        .anyMatch(
            capture -> {
              CaptureFacts known = remembered.get(capture.manifestSha256());
              return known == null
                  || !capture.problems().equals(known.at(capture.path()).problems());
            });
  }

  private static boolean differs(BootFacts boot, Map<String, CaptureFacts> remembered) {
    return boot.captures().stream()
        .anyMatch(capture -> !capture.equals(remembered.get(capture.manifestSha256())));
  }

  private HuntResult result(
      int run,
      HuntQuestion question,
      List<JudgedRule> rules,
      StoreView.Seen seen,
      Collection<BootFacts> boots,
      long vanished,
      List<RuleProblem> problems) {
    List<EvidenceProblem> evidence = new ArrayList<>(seen.problems());
    SortedMap<String, Long> losses = new TreeMap<>();
    SortedMap<String, Long> lostEvents = new TreeMap<>();
    long captures = 0;
    long executions = 0;
    for (BootFacts boot : boots) {
      executions = capped(executions, boot.executions());
      for (CaptureFacts capture : boot.captures()) {
        captures++;
        evidence.addAll(capture.problems());
        capture.losses().forEach((cause, n) -> losses.merge(cause, n, Hunt::capped));
        capture.lostEvents().forEach((table, n) -> lostEvents.merge(table, n, Hunt::capped));
      }
    }
    Map<String, Long> open = state.open();
    List<RuleRun> runs =
        rules.stream()
            .map(rule -> new RuleRun(rule.rule(), open.getOrDefault(rule.rule().id(), 0L)))
            .toList();
    List<FailedPair> failed = state.failed(boots, rules);
    Set<String> failing = new TreeSet<>();
    failed.forEach(pair -> failing.add(pair.ruleId()));
    return new HuntResult(
        tool,
        state.engine(),
        run,
        captures,
        seen.notSelected(),
        vanished,
        executions,
        evidence,
        losses,
        lostEvents,
        runs,
        List.copyOf(new LinkedHashSet<>(problems)),
        failed,
        state.findings(
            run,
            question,
            runs.stream().filter(one -> !failing.contains(one.rule().id())).toList()),
        state.windows(boots, seen.problems(), rules));
  }

  private static long capped(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
