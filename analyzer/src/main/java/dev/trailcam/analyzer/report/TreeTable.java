// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import static dev.trailcam.analyzer.report.Headline.count;
import static dev.trailcam.analyzer.report.TerminalText.plain;
import static dev.trailcam.analyzer.report.TerminalText.plainOrUnknown;

import dev.trailcam.analyzer.evidence.Capture;
import dev.trailcam.analyzer.findings.Finding;
import dev.trailcam.analyzer.tree.Edge;
import dev.trailcam.analyzer.tree.Ending;
import dev.trailcam.analyzer.tree.Fold;
import dev.trailcam.analyzer.tree.Origin;
import dev.trailcam.analyzer.tree.ProcessFacts;
import dev.trailcam.analyzer.tree.ProcessNode;
import dev.trailcam.analyzer.tree.ProcessTree;
import dev.trailcam.analyzer.tree.ProgramRun;
import dev.trailcam.analyzer.tree.TreeNode;
import dev.trailcam.capture.ClockReading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A tree of processes for people: what is missing, then a line for each process or fold. */
final class TreeTable {
  /** Behind the T, to milliseconds. */
  private static final int CLOCK_DIGITS = 13;

  private static final int MIN_ROOM = 24;

  private final ProcessTree tree;
  private final List<Finding> findings;
  private final Page page;
  private final Glyphs glyphs;
  private final List<TreeNode> nodes;

  /** The last node below each, by place; it ends the line that goes down. */
  private final int[] lastBelow;

  /** On which the recording of the boot began that is being written. */
  private String day = "";

  TreeTable(ProcessTree tree, List<Finding> findings, Page page, Glyphs glyphs) {
    this.tree = tree;
    this.findings = findings;
    this.page = page;
    this.glyphs = glyphs;
    this.nodes = tree.nodes();
    this.lastBelow = new int[nodes.size()];
    Arrays.fill(lastBelow, -1);
    for (int i = 0; i < nodes.size(); i++) {
      int parent = nodes.get(i).parent();
      if (parent >= 0) {
        lastBelow[parent] = i;
      }
    }
  }

  void write() {
    new CompletenessText(page).write(tree.evidenceProblems(), tree.windows());
    head();
    String boot = null;
    List<Boolean> ended = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      TreeNode node = nodes.get(i);
      String here = facts(node).bootId();
      if (node.depth() == 0 && !here.equals(boot)) {
        boot = here;
        boot(boot);
      }
      ended.subList(Math.min(node.depth(), ended.size()), ended.size()).clear();
      node(i, node, ended);
    }
    if (tree.leftOut() > 0) {
      page.line(0, glyphs.more() + " " + processes(tree.leftOut(), "more process"));
    }
    legend();
  }

  private void head() {
    Map<Edge, Long> edges = tree.edges();
    page.prose(
        0,
        processes(tree.processes(), "process")
            + " with "
            + count(tree.executions(), "execution")
            + "; their parents: "
            + edges.get(Edge.OBSERVED)
            + " observed, "
            + edges.get(Edge.INFERRED)
            + " inferred, "
            + edges.get(Edge.MISSING)
            + " missing",
        0);
    if (tree.notWanted() > 0) {
      page.line(0, processes(tree.notWanted(), "process") + " not asked for");
    }
    if (tree.omitted() > 0) {
      page.prose(
          0,
          processes(tree.omitted(), "process")
              + " counted but not shown: --limit and --depth show more",
          0);
    }
    if (!findings.isEmpty()) {
      long shown =
          nodes.stream()
              .mapToLong(node -> node instanceof ProcessNode one ? one.findings().size() : 0)
              .sum();
      page.line(
          0,
          FindingLine.counts(findings)
              + (shown == findings.size() ? "" : ", of which " + shown + " are shown"));
    }
  }

  private static String processes(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "es");
  }

  private void boot(String boot) {
    Map<String, List<String>> captures = new HashMap<>();
    String host = "?";
    day = "";
    for (Capture capture : tree.captures()) {
      String one = capture.manifest().start().bootId();
      captures.computeIfAbsent(one, id -> new ArrayList<>()).add(capture.id());
      if (one.equals(boot)) {
        host = capture.manifest().start().host();
        day = earliest(day, capture.manifest().start().clock());
      }
    }
    List<String> ids = captures.getOrDefault(boot, List.of());
    page.blank();
    page.line(
        0,
        // Some CI logs act upon what begins a line.
        "on "
            + page.style().bold(plain(host))
            + page.style()
                .dim(
                    (day.isEmpty() ? "" : ", " + day + " UTC")
                        + ", boot "
                        + plain(boot)
                        + ", capture "
                        + ids.stream()
                            .limit(3)
                            .map(TerminalText::plain)
                            .collect(Collectors.joining(", "))
                        + (ids.size() > 3 ? " and " + (ids.size() - 3) + " more" : "")));
  }

  private static String earliest(String day, ClockReading clock) {
    if (clock == null) {
      return day;
    }
    String other = Times.utc(clock.realNs());
    other = other.substring(0, other.indexOf('T'));
    return day.isEmpty() || other.compareTo(day) < 0 ? other : day;
  }

  private static ProcessFacts facts(TreeNode node) {
    return node instanceof Fold fold ? fold.first() : ((ProcessNode) node).facts();
  }

  private void node(int place, TreeNode node, List<Boolean> ended) {
    boolean last = node.parent() < 0 || lastBelow[node.parent()] == place;
    StringBuilder above = new StringBuilder();
    ended.stream().skip(1).forEach(end -> above.append(glyphs.pass(end)));
    String branch = node.depth() == 0 ? "" : glyphs.branch(node.edge(), last);
    line(above + branch, node);
    String inner = above + (node.depth() == 0 ? "" : glyphs.pass(last));
    String under = inner + glyphs.pass(lastBelow[place] < 0 && node.omitted() == 0);
    if (node instanceof ProcessNode process) {
      more(under, process);
    }
    if (node.omitted() > 0) {
      page.line(
          0,
          page.style().dim(inner + glyphs.branch(Edge.OBSERVED, lastBelow[place] < 0))
              + glyphs.more()
              + " "
              + processes(node.omitted(), "more process"));
    }
    ended.add(last);
  }

  private void line(String prefix, TreeNode node) {
    ProcessFacts facts = facts(node);
    String lead;
    String text;
    String tail;
    if (node instanceof Fold fold) {
      lead = glyphs.times() + fold.processes() + " ";
      text = name(facts) + " " + glyphs.more();
      tail = time(facts.startNs()) + " to " + time(fold.lastStartNs());
    } else {
      lead = facts.pid() + " ";
      text = command(facts);
      tail = tail(node, facts);
    }
    int room = page.style().width() - prefix.length() - lead.length() - tail.length() - 2;
    String shown = glyphs.cut(text, Math.max(MIN_ROOM, room));
    page.line(
        0, page.style().dim(prefix) + lead + painted(node, shown) + "  " + page.style().dim(tail));
  }

  private String painted(TreeNode node, String text) {
    Optional<Finding> worst =
        node instanceof ProcessNode process
            ? process.findings().stream().filter(Finding::open).findFirst()
            : Optional.empty();
    if (worst.isPresent()) {
      return page.style().severity(worst.get().severity(), text);
    }
    return node.matched() ? text : page.style().dim(text);
  }

  private static String name(ProcessFacts facts) {
    String program = facts.program();
    if (program == null) {
      return "(" + plainOrUnknown(facts.comm()) + ")";
    }
    String name = plain(program.substring(program.lastIndexOf('/') + 1));
    return facts.origin() == Origin.EXECUTED ? name : "(" + name + ")";
  }

  private static String command(ProcessFacts facts) {
    return facts.runs().isEmpty() ? name(facts) : command(facts.runs().get(0));
  }

  private static String command(ProgramRun run) {
    if (run.argv() == null) {
      return plainOrUnknown(run.program()) + " (arguments could not be read)";
    }
    return TerminalText.shell(run.argv()) + (run.argvTruncated() ? " (cut)" : "");
  }

  /** The time of day; with the day, if that is not the one that is named above. */
  private String time(Long ns) {
    if (ns == null) {
      return "?";
    }
    String time = Times.utc(ns);
    int clock = time.indexOf('T');
    String daily = time.substring(clock + 1, clock + CLOCK_DIGITS);
    return time.substring(0, clock).equals(day) ? daily : time.substring(0, clock) + " " + daily;
  }

  private String tail(TreeNode node, ProcessFacts facts) {
    List<String> parts = new ArrayList<>();
    if (node.edge() == Edge.MISSING) {
      parts.add("parent " + (facts.ppid() == null ? "" : facts.ppid() + " ") + "not recorded");
    }
    switch (facts.origin()) {
      case EXECUTED -> parts.add(time(facts.runs().isEmpty() ? null : facts.runs().get(0).tsNs()));
      case ALIVE -> parts.add("alive before");
      case FORKED -> parts.add(time(facts.startNs()) + " forked");
      case MENTIONED -> parts.add("known by its children alone");
    }
    if (facts.uid() != null) {
      parts.add("uid " + facts.uid());
    }
    facts.ending().map(TreeTable::ending).filter(end -> !end.isEmpty()).ifPresent(parts::add);
    if (facts.programLost()) {
      parts.add("its last program was not recorded");
    }
    if (facts.sockets() > 0) {
      parts.add(count(facts.sockets(), "raw socket"));
    }
    if (facts.failed() > 0) {
      parts.add(count(facts.failed(), "failed execution"));
    }
    return String.join(", ", parts);
  }

  private static String ending(Ending ending) {
    return ending.signal() != null
        ? "signal " + ending.signal()
        : ending.exitCode() == null || ending.exitCode() == 0 ? "" : "exit " + ending.exitCode();
  }

  /** What it executed in its own place, and what was found about it. */
  private void more(String prefix, ProcessNode process) {
    ProcessFacts facts = process.facts();
    for (ProgramRun run : facts.runs().stream().skip(1).toList()) {
      String lead = glyphs.then();
      int room = page.style().width() - prefix.length() - lead.length();
      page.line(
          0,
          page.style().dim(prefix)
              + lead
              + painted(process, glyphs.cut(command(run), Math.max(MIN_ROOM, room))));
    }
    long rest = facts.executions() - facts.runs().size();
    if (rest > 0 && !facts.runs().isEmpty()) {
      page.line(0, page.style().dim(prefix) + glyphs.then() + count(rest, "more execution"));
    }
    for (Finding finding : process.findings()) {
      page.line(0, page.style().dim(prefix) + FindingLine.of(finding, page.style()));
    }
  }

  private void legend() {
    if (nodes.stream().anyMatch(node -> node.edge() == Edge.INFERRED)) {
      page.blank();
      page.line(
          0,
          page.style()
              .dim(
                  glyphs.branch(Edge.INFERRED, false).strip()
                      + " the parent is inferred from its process id"));
    }
  }
}
