// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer.activity;

/** Is told what captures hold: amounts first, then each kind in the order in which it happened. */
public interface ActivityVisitor {
  /** How many executions there are. */
  void executions(Amount amount, Density density);

  /** How many there are of another kind. */
  void events(OtherEvent.Kind kind, Amount amount);

  void visit(Executed execution);

  void visit(OtherEvent event);
}
