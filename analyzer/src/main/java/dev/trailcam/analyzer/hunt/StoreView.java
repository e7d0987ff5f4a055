// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.hunt;

import dev.trailcam.analyzer.engine.BootFacts;
import dev.trailcam.analyzer.engine.Progress;
import dev.trailcam.analyzer.evidence.CaptureCatalogue;
import dev.trailcam.analyzer.evidence.CaptureEntry;
import dev.trailcam.analyzer.evidence.CaptureFacts;
import dev.trailcam.analyzer.evidence.CaptureSet;
import dev.trailcam.analyzer.evidence.CompactedStore;
import dev.trailcam.analyzer.evidence.EvidenceProblem;
import dev.trailcam.analyzer.evidence.PrivateCopies;
import dev.trailcam.analyzer.evidence.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The captures of a store: what is known of those that were judged before, and the manifests of the
 * others. A capture is known as long as its manifest and the names, sizes and times of its files
 * are the same; {@code verify} is who reads the files again.
 */
final class StoreView {

  /**
   * What is there.
   *
   * @param boots what takes part in the hunt, in the order of their ids; of a new capture only what
   *     its manifest claims
   * @param entries where captures lie, by capture id; more than one where there are copies
   * @param compacted the compactions that captures are best read from, by capture id
   * @param compactedIds ids of all captures that are compacted
   * @param selected ids of the captures that the selection admits; others take part beside them
   * @param notSelected how many captures take no part
   * @param problems of what is no readable capture
   */
  record Seen(
      List<BootFacts> boots,
      Map<String, List<CaptureEntry>> entries,
      Map<String, CompactedStore> compacted,
      Set<String> compactedIds,
      Set<String> selected,
      long notSelected,
      List<EvidenceProblem> problems) {}

  private final CaptureCatalogue catalogue;
  private final Map<String, CaptureFacts> remembered;
  private final Progress progress;
  private final List<EvidenceProblem> problems;
  private final List<CompactedStore> compactions = new ArrayList<>();

  private StoreView(
      CaptureCatalogue catalogue, Map<String, CaptureFacts> remembered, Progress progress) {
    this.catalogue = catalogue;
    this.remembered = remembered;
    this.progress = progress;
    this.problems = new ArrayList<>(catalogue.problems());
    catalogue.compactions().forEach(place -> compactions.add(CompactedStore.read(place)));
  }

  /**
   * Looks at what was found.
   *
   * @param remembered by the hash of the manifest
   */
  static Seen look(
      CaptureCatalogue catalogue,
      Selection selection,
      Map<String, CaptureFacts> remembered,
      Progress progress) {
    return new StoreView(catalogue, remembered, progress).look(selection);
  }

  private Seen look(Selection selection) {
    Map<String, List<CaptureEntry>> byCapture = new TreeMap<>();
    Map<String, String> boots = new TreeMap<>();
    Set<CaptureEntry> wanted = new HashSet<>(selection.of(catalogue.captures()).captures());
    Set<String> wantedBoots = new HashSet<>();
    Set<String> selected = new HashSet<>();
    for (CaptureEntry entry : catalogue.captures()) {
      CaptureFacts claimed;
      try {
        claimed = claimed(entry);
      } catch (IOException e) {
        problems.add(
            new EvidenceProblem(
                entry.path(), EvidenceProblem.Kind.MANIFEST_UNREADABLE, e.getMessage()));
        continue;
      }
      byCapture.computeIfAbsent(claimed.captureId(), id -> new ArrayList<>()).add(entry);
      boots.put(claimed.captureId(), claimed.bootId());
      if (wanted.contains(entry)) {
        wantedBoots.add(claimed.bootId());
        selected.add(claimed.captureId());
      }
    }
    for (CompactedStore compaction : compactions) {
      compaction.boots().forEach(boots::putIfAbsent);
      for (String id : compaction.admitted(selection)) {
        wantedBoots.add(boots.get(id));
        selected.add(id);
      }
    }
    Map<String, CaptureFacts> chosen = new TreeMap<>();
    long notSelected = 0;
    for (Map.Entry<String, String> capture : boots.entrySet()) {
      if (!wantedBoots.contains(capture.getValue())) {
        notSelected++;
      } else if (byCapture.containsKey(capture.getKey())) {
        facts(byCapture.get(capture.getKey())).forEach(one -> chosen.put(one.captureId(), one));
      }
    }
    Map<String, CompactedStore> compacted = new TreeMap<>();
    for (CompactedStore compaction : compactions) {
      Collection<String> its = compaction.boots().values();
      if (its.isEmpty() || its.stream().anyMatch(wantedBoots::contains)) {
        compaction
            .facts(remembered)
            .forEach(
                (id, one) -> {
                  if (wantedBoots.contains(boots.get(id)) && better(one, chosen.get(id))) {
                    chosen.put(id, one);
                    compacted.put(id, compaction);
                  }
                });
      }
      problems.addAll(compaction.problems(boots.keySet(), problems));
    }
    Map<String, List<CaptureFacts>> facts = new TreeMap<>();
    chosen
        .values()
        .forEach(one -> facts.computeIfAbsent(one.bootId(), boot -> new ArrayList<>()).add(one));
    if (facts.isEmpty() && notSelected > 0) {
      // A slip of the pen in an option must not give a clean result.
      problems.add(
          new EvidenceProblem(
              catalogue.captures().isEmpty()
                  ? catalogue.compactions().get(0).shown()
                  : catalogue.captures().get(0).path(),
              EvidenceProblem.Kind.NOTHING_SELECTED,
              "none of " + notSelected + " captures is what the options ask for"));
    }
    return new Seen(
        facts.entrySet().stream()
            .map(boot -> new BootFacts(boot.getKey(), boot.getValue()))
            .toList(),
        byCapture,
        compacted,
        boots.keySet(),
        selected,
        notSelected,
        problems);
  }

  /** Of two copies the one with fewer problems; another capture under the same id is a problem. */
  private boolean better(CaptureFacts compacted, CaptureFacts other) {
    if (other == null) {
      return true;
    }
    if (!compacted.manifestSha256().equals(other.manifestSha256())) {
      problems.add(
          new EvidenceProblem(
              compacted.path(),
              EvidenceProblem.Kind.DUPLICATE,
              "has the capture id of "
                  + other.path()
                  + " but another manifest; set aside, look at it on its own"));
      return false;
    }
    return compacted.problems().size() < other.problems().size();
  }

  private CaptureFacts claimed(CaptureEntry entry) throws IOException {
    CaptureFacts known = remembered.get(entry.manifestHash());
    return known == null ? CaptureFacts.claimed(entry) : known;
  }

  /** At most one: of copies the best, which only a look at the files can tell. */
  private List<CaptureFacts> facts(List<CaptureEntry> copies) {
    CaptureEntry first = copies.get(0);
    boolean one =
        copies.stream().allMatch(copy -> copy.manifestHash().equals(first.manifestHash()));
    CaptureFacts known = remembered.get(first.manifestHash());
    if (one && known != null && !known.mayChange()) {
      for (CaptureEntry copy : copies) {
        if (copy.listing().equals(known.listing())) {
          return List.of(known.at(copy.path()));
        }
      }
    }
    if (one && known == null) {
      try {
        return List.of(CaptureFacts.claimed(first));
      } catch (IOException e) {
        throw new IllegalStateException("it was read before", e);
      }
    }
    try (PrivateCopies space = new PrivateCopies()) {
      CaptureSet set =
          CaptureSet.open(copies, space, path -> progress.at("checking " + path, 0, 0));
      problems.addAll(set.problems());
      return set.captures().stream()
          .map(capture -> CaptureFacts.of(capture, entry(copies, capture.path())))
          .toList();
    }
  }

  /** The one of that path. */
  static CaptureEntry entry(List<CaptureEntry> entries, String path) {
    return entries.stream().filter(entry -> entry.path().equals(path)).findFirst().orElseThrow();
  }
}
