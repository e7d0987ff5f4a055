// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.novelty;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** In what an execution can be new. Names are part of the output. */
public enum Aspect {
  /** The file that ran. */
  PROGRAM,
  /** The program that started another. */
  LINEAGE,
  /** A program with its arguments. */
  ARGUMENTS,
  /** Where it ran. */
  DIRECTORY,
  /** As whom. */
  USER;

  private static final String UNKNOWN = "<unknown>";
  private static final String NONE = "<none>";
  private static final String CUT = "\0<cut>";

  /** The name in outputs. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What two executions share that are the same in this respect. Arguments are separated by U+0000,
   * which none can hold.
   */
  public String shape(Act act) {
    return shape(act, Normalizer::text);
  }

  /** The same by a way to take the noise out of texts. */
  String shape(Act act, UnaryOperator<String> text) {
    return switch (this) {
      case PROGRAM -> program(act.exe(), text);
      case LINEAGE -> program(act.parentExe(), text) + '\0' + program(act.exe(), text);
      case ARGUMENTS -> program(act.exe(), text) + '\0' + arguments(act, text);
      case DIRECTORY -> act.cwd() == null ? UNKNOWN : text.apply(act.cwd());
      case USER -> "uid " + act.uid() + " euid " + act.euid();
    };
  }

  private static String program(String path, UnaryOperator<String> text) {
    return path == null ? UNKNOWN : Normalizer.program(path, text);
  }

  private static String arguments(Act act, UnaryOperator<String> text) {
    if (act.argv() == null) {
      return UNKNOWN;
    }
    // Whoever runs under another name is somebody else.
    String name = act.argv().isEmpty() ? NONE : Normalizer.program(act.argv().get(0), text);
    return name
        + act.argv().stream()
            .skip(1)
            .map(argument -> '\0' + text.apply(argument))
            .collect(Collectors.joining())
        // What was cut off may differ; at least it never passes for something whole.
        + (act.argvTruncated() ? CUT : "");
  }
}
