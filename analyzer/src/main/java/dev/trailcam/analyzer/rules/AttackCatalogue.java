// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tactics of MITRE ATT&CK for Enterprise, and those of its techniques that are known on Linux
 * and in containers: {@code attack.csv}.
 */
public final class AttackCatalogue {
  /** The release the ids and names are those of. */
  public static final String VERSION = "18.0";

  private static final String RESOURCE = "attack.csv";

  /**
   * A tactic or a technique.
   *
   * @param id such as TA0007 or T1059.004
   * @param name with the name of its technique in front where it is a part of one
   * @param tactics ids of the tactics a technique serves; empty for a tactic
   */
  public record Entry(String id, String name, List<String> tactics) {
    /** Makes the list immutable. */
    public Entry {
      tactics = List.copyOf(tactics);
    }
  }

  private static final AttackCatalogue PACKED = new AttackCatalogue();

  private final Map<String, Entry> entries = new TreeMap<>();

  private AttackCatalogue() {
    ListFile list =
        ListFile.read(
            new SurfaceFile(RESOURCE, RESOURCE, content()),
            problem -> {
              throw new IllegalStateException(problem.toString());
            });
    for (ListFile.Row row : list.rows()) {
      String id = row.values().get(0);
      Entry parent = entries.get(id.replaceFirst("[.].*", ""));
      String name = (parent == null ? "" : parent.name() + ": ") + row.values().get(1);
      List<String> tactics =
          Arrays.stream(row.values().get(2).split(" ", -1)).filter(t -> !t.isEmpty()).toList();
      entries.put(id, new Entry(id, name, tactics));
    }
  }

  /** What came with this program. */
  public static AttackCatalogue packed() {
    return PACKED;
  }

  /** What an id stands for; empty for one that is not known on Linux. */
  public Optional<Entry> find(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** The tactics, in the order of their ids. */
  public List<Entry> tactics() {
    return entries.values().stream().filter(entry -> entry.id().startsWith("TA")).toList();
  }

  private static String content() {
    try (InputStream in = AttackCatalogue.class.getResourceAsStream(RESOURCE)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(RESOURCE + " is missing from this build", e);
    }
  }
}
