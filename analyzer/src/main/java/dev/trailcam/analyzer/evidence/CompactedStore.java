// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.evidence;

import dev.trailcam.analyzer.evidence.EvidenceProblem.Kind;
import dev.trailcam.capture.CaptureLayout;
import dev.trailcam.capture.Compaction;
import dev.trailcam.capture.CompactionEntry;
import dev.trailcam.capture.CompactionLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The captures of one directory of compacted captures, for somebody who has judged some of them
 * before. Its files are hashed when that is needed, and at most once.
 */
public final class CompactedStore {
  private final CompactionPlace place;
  private final List<ListedFile> files;
  private final String listing;
  private final Compaction compaction;
  private final Map<String, Compaction.Original> originals = new TreeMap<>();
  private final List<EvidenceProblem> problems = new ArrayList<>();
  private Map<String, Capture> captures;

  private CompactedStore(CompactionPlace place, List<ListedFile> files, Compaction compaction) {
    this.place = place;
    this.listing = "compacted " + CaptureEntry.listing(files);
    this.files = files;
    this.compaction = compaction;
    // Of one that was not finished nothing is read; of one that was damaged, what comes before.
    if (compaction != null && (compaction.end().isPresent() || !compaction.problems().isEmpty())) {
      compaction.originals().forEach(one -> originals.put(one.manifest().start().captureId(), one));
    }
  }

  /** Reads what is written about a directory; what is wrong with it is one of the problems. */
  public static CompactedStore read(CompactionPlace place) {
    try {
      List<ListedFile> files = new LocalPlace(place.path(), place.shown()).list();
      return new CompactedStore(place, files, CompactionCheck.read(place.path()));
    } catch (IOException e) {
      CompactedStore store = new CompactedStore(place, List.of(), null);
      store.problems.add(
          new EvidenceProblem(
              place.shown() + "/" + CompactionLayout.JOURNAL,
              Kind.MANIFEST_UNREADABLE,
              EvidenceFile.reason(e)));
      return store;
    }
  }

  /** The captures in it that a selection admits, by id. */
  public Set<String> admitted(Selection selection) {
    Map<String, Compaction.Original> admitted = new TreeMap<>(originals);
    admitted.values().removeIf(one -> !selection.admits(one.manifest()));
    return admitted.keySet();
  }

  /** The boot of each capture in it, by the capture's id. */
  public Map<String, String> boots() {
    Map<String, String> boots = new TreeMap<>();
    originals.forEach((id, one) -> boots.put(id, one.manifest().start().bootId()));
    return boots;
  }

  /**
   * What can be said of the captures in it, by id. Its files are not looked into as long as all of
   * it is known and nobody has touched it in a way that shows without reading it.
   *
   * @param remembered what is known of captures, by the hash of the manifest
   */
  public Map<String, CaptureFacts> facts(Map<String, CaptureFacts> remembered) {
    Map<String, CaptureFacts> facts = new HashMap<>();
    boolean same = sound();
    for (Map.Entry<String, Compaction.Original> one : originals.entrySet()) {
      CaptureFacts known = remembered.get(one.getValue().manifestSha256());
      same &= known != null && known.listing().equals(listing) && !known.mayChange();
      if (same) {
        facts.put(one.getKey(), known.at(shown(one.getValue())));
      }
    }
    if (!same) {
      facts.clear();
      open().forEach((id, capture) -> facts.put(id, facts(capture)));
    }
    return facts;
  }

  /** What is wrong with the directory itself is not remembered, so it is looked at every time. */
  private boolean sound() {
    if (compaction == null || !compaction.problems().isEmpty() || compaction.end().isEmpty()) {
      return false;
    }
    Set<String> ours =
        compaction.files().stream().map(CompactionEntry.Parquet::file).collect(Collectors.toSet());
    return files.stream()
        .map(ListedFile::name)
        .noneMatch(
            name ->
                name.equals(CaptureLayout.MANIFEST)
                    || (name.endsWith(CaptureLayout.SEGMENT_SUFFIX) && !ours.contains(name)));
  }

  /** What has to be remembered of a capture in it. */
  public CaptureFacts facts(Capture capture) {
    return CaptureFacts.of(capture, originals.get(capture.id()).manifestSha256(), listing);
  }

  /** The captures in it, checked, by id. */
  public Map<String, Capture> open() {
    if (captures == null) {
      captures = new TreeMap<>();
      if (compaction != null) {
        problems.clear();
        new CompactionCheck(place.path(), place.shown(), problems::add)
            .run(capture -> captures.put(capture.id(), capture), leftOut -> {});
        captures.keySet().retainAll(originals.keySet());
      }
    }
    return captures;
  }

  /**
   * What is wrong with the directory, and what it says that was not taken and is not at hand.
   *
   * @param ids of all captures that are at hand
   * @param others what else is wrong
   */
  public List<EvidenceProblem> problems(Set<String> ids, List<EvidenceProblem> others) {
    List<EvidenceProblem> all = new ArrayList<>(problems);
    if (compaction != null && compaction.end().isPresent()) {
      all.addAll(
          CaptureSet.notAtHand(
              compaction.leftOut().stream()
                  .map(one -> new CompactionCheck.LeftOut(place.shown(), one))
                  .toList(),
              ids,
              others));
    }
    return all;
  }

  private String shown(Compaction.Original original) {
    return place.shown() + "/" + original.name();
  }
}
