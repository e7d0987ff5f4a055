// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.report;

import dev.trailcam.analyzer.activity.ActivityVisitor;
import dev.trailcam.analyzer.activity.Amount;
import dev.trailcam.analyzer.activity.Density;
import dev.trailcam.analyzer.activity.Executed;
import dev.trailcam.analyzer.activity.OtherEvent;
import dev.trailcam.analyzer.tree.ProcessTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What ran, for a page. */
public final class HtmlActivity implements ActivityVisitor {
  private final HtmlTexts texts = new HtmlTexts();
  private final Map<String, Amount> amounts = new LinkedHashMap<>();
  private final List<String> executedBy = new ArrayList<>();
  private final List<String> doneBy = new ArrayList<>();
  private final HtmlColumns executions =
      new HtmlColumns(
          "ts", "id", "pid", "program", "command", "whole", "cwd", "uid", "euid", "host");
  private final HtmlColumns events =
      new HtmlColumns("kind", "ts", "pid", "comm", "text", "number", "signal");
  private Density density = Density.NONE;

  @Override
  public void executions(Amount amount, Density density) {
    amounts.put("executions", amount);
    this.density = density;
  }

  @Override
  public void events(OtherEvent.Kind kind, Amount amount) {
    String name =
        switch (kind) {
          case EXIT -> "ends of processes";
          case FAILED -> "failed executions";
          case SOCKET -> "raw sockets";
        };
    amounts.put(name, amount);
  }

  @Override
  public void visit(Executed execution) {
    executedBy.add(execution.processId());
    String command = execution.argv() == null ? null : TerminalText.shell(execution.argv());
    boolean whole = execution.argvWhole() && command != null && command.length() <= texts.limit();
    executions.add(
        HtmlDocument.micros(execution.tsNs()),
        execution.execId(),
        execution.pid(),
        texts.numberOf(execution.program()),
        texts.number(command),
        whole ? 1 : 0,
        texts.numberOf(execution.cwd()),
        execution.uid(),
        execution.euid(),
        texts.numberOf(execution.host()));
  }

  @Override
  public void visit(OtherEvent event) {
    doneBy.add(event.processId());
    events.add(
        event.kind().id(),
        HtmlDocument.micros(event.tsNs()),
        event.pid(),
        texts.numberOf(event.comm()),
        texts.numberOf(event.text()),
        event.number(),
        event.signal());
  }

  /** The processes of the executions that were told, which a page should have. */
  public List<String> processIds() {
    return executedBy.stream().distinct().toList();
  }

  /** Processes whose texts are among those of this. */
  HtmlProcesses processes(ProcessTree tree) {
    return new HtmlProcesses(tree, texts);
  }

  /** Everything, for {@link Json}. The names are what the page's script reads. */
  Map<String, Object> document(HtmlProcesses processes) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("amounts", amounts());
    document.put("density", densityDocument());
    document.put("processes", processes.document());
    document.put(
        "executions", with(executedBy.stream().map(processes::place).toList(), executions));
    document.put("events", with(doneBy.stream().map(processes::place).toList(), events));
    document.put("texts", texts.all());
    return document;
  }

  private Map<String, Object> amounts() {
    Map<String, Object> document = new LinkedHashMap<>();
    amounts.forEach(
        (name, amount) -> {
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("total", amount.total());
          one.put("told", amount.told());
          document.put(name, one);
        });
    return document;
  }

  private Map<String, Object> densityDocument() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("from_us", HtmlDocument.micros(density.fromNs()));
    document.put("width_us", density.widthUs());
    document.put(
        "parts",
        density.parts().stream().map(part -> List.of(part.number(), part.executions())).toList());
    return document;
  }

  private static Map<String, Object> with(List<Integer> places, HtmlColumns columns) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("process", places);
    document.putAll(columns.document());
    return document;
  }
}
