// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.novelty;

import dev.trailcam.capture.CiContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One execution, with the programs it came from. All text may be hostile.
 *
 * @param execId see {@link dev.trailcam.capture.ExecId}
 * @param captureId the capture that holds it
 * @param tsNs nanoseconds since 1970-01-01T00:00:00Z
 * @param host node name of the machine
 * @param ci CI run, parts of it null
 * @param act what was executed
 * @param origin the programs it came from, parent first
 */
public record Example(
    String execId,
    String captureId,
    long tsNs,
    String host,
    CiContext ci,
    Act act,
    List<Step> origin) {
  /** What brings somebody else's programs into a build. */
  private static final Set<String> PACKAGE_MANAGERS =
      Set.of(
          "apk",
          "apt",
          "apt-get",
          "aptitude",
          "brew",
          "bundle",
          "bundler",
          "cargo",
          "composer",
          "conda",
          "dnf",
          "dpkg",
          "gem",
          "go",
          "gradle",
          "mamba",
          "mvn",
          "npm",
          "npx",
          "pacman",
          "pip",
          "pip3",
          "pipx",
          "pnpm",
          "poetry",
          "rpm",
          "uv",
          "uvx",
          "yarn",
          "yum",
          "zypper");

  /**
   * One of the programs it came from.
   *
   * @param exe its file, or null
   * @param argv its arguments; null where its start was not recorded
   */
  public record Step(String exe, List<String> argv) {
    private boolean isPackageManager() {
      // npm and pip are scripts: the file that runs is an interpreter, and they are its argument.
      return names(exe)
          || (argv != null && argv.stream().limit(2).anyMatch(Step::names))
          || (argv != null && argv.size() > 2 && argv.get(1).equals("-m") && names(argv.get(2)));
    }

    private static boolean names(String path) {
      return path != null && PACKAGE_MANAGERS.contains(path.substring(path.lastIndexOf('/') + 1));
    }
  }

  /** Makes the list immutable. */
  public Example {
    origin = List.copyOf(origin);
  }

  /** The package manager nearest above it, as far as its name tells. */
  public Optional<Step> packageManager() {
    return origin.stream().filter(Step::isPackageManager).findFirst();
  }

  /** The outermost program whose start was recorded but one: what the recorded command began. */
  public Optional<Step> step() {
    List<Step> recorded = origin.stream().filter(step -> step.argv() != null).toList();
    return recorded.isEmpty()
        ? Optional.empty()
        : Optional.of(recorded.get(Math.max(0, recorded.size() - 2)));
  }
}
