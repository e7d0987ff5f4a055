// SPDX-License-Identifier: Apache-2.0
/**
 * What a rule's syntax tree says about how much has to be looked at: which tables and columns,
 * whether one execution's row at a time, and which texts cannot be missing.
 *
 * <p>A rule is <em>row-wise</em> if its findings over a set of executions are those over any two
 * parts of the set taken together: what it says of an execution then depends on that execution's
 * own row and on lists alone, so that equal rows can be judged once. The argument goes by the parts
 * of the tree. Call a query <em>owned</em> if each of its rows belongs to one execution, carries
 * that one's {@code exec_id} in exactly one column, of that name, and comes of the rows of that
 * execution and of lists alone; call it <em>common</em> if it reads no executions at all.
 *
 * <ul>
 *   <li>{@code execs} is owned; lists, {@code VALUES} and {@code explode(…)} are common, also where
 *       they are asked anew for each row and use its columns.
 *   <li>Owned joined with common stays owned, unless rows of the common side can stand alone (the
 *       execution is then the one that is missing, and who is missing depends on all others).
 *   <li>Owned joined with owned is owned where the join, or WHERE, asks for equal {@code exec_id}s:
 *       no row is made of two executions. Outer, semi and anti joins ask in their own condition.
 *   <li>WHERE, HAVING, QUALIFY and the select list look at one row. GROUP BY keeps a group to one
 *       execution if {@code exec_id} is among its keys, a window if it is partitioned by it;
 *       DISTINCT, UNION, EXCEPT and INTERSECT if it is a column of the result, at the same place on
 *       both sides.
 *   <li>A subquery in an expression is a function of the row if it is common, or if it looks for
 *       the row's own {@code exec_id} among owned rows: {@code exec_id IN (…)}, or EXISTS with that
 *       equality.
 *   <li>{@code exec_id} is used in none but these places, so that nothing depends on what it is:
 *       whoever judges a shape of many executions once may give it any id.
 * </ul>
 *
 * <p>All else, known or not, makes a rule one that has to see all rows. Read {@link RulePlan}, then
 * {@code QueryJudge}.
 *
 * <p>All this takes views and words for the packed ones: another view {@code execs}, another word,
 * may do anything. Who asks has to know that they are.
 */
package dev.trailcam.analyzer.plan;
