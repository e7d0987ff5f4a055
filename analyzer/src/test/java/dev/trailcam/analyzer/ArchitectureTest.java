// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.trailcam.analyzer.rules.Rule;
import dev.trailcam.analyzer.suppressions.Suppression;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which package may know what. */
class ArchitectureTest {
  private static final String ROOT = "dev.trailcam.analyzer.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.trailcam.analyzer");

  @Test
  void packages_haveNoCycles() {
    slices().matching("dev.trailcam.analyzer.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void oneKnowsEachForeignThing() {
    onlyIn("engine", "java.sql..", "org.duckdb..");
    onlyIn("cli", "picocli..");
    onlyIn("comparison", "com.github.difflib..");
    onlyIn("rules", "org.commonmark..");
    onlyIn("[rules|handover]", "de.siegmar..");
    onlyIn("yaml", "org.snakeyaml..");
    onlyIn("[report|gate|plan|explanation|handover]", "tools.jackson..", "com.fasterxml..");
    onlyIn("[report|shell|cli]", "org.jline..");
    onlyIn("remote", "org.apache.hadoop..");
    onlyIn("evidence", "org.apache.commons.compress..", "com.github.luben..");
  }

  /** A rule's text is executed by nobody: three hand it to the gate, and one quotes it. */
  @Test
  void rulesTexts_goToTheGateAlone() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "engine..")
        .and()
        .doNotHaveSimpleName("RuleRunner")
        .and()
        .doNotHaveSimpleName("Engine")
        .and()
        .doNotHaveSimpleName("Explainer")
        .and()
        .doNotHaveSimpleName("Schedule") // parses it, as data
        .should()
        .callMethod(Rule.class, "sql")
        .check(CLASSES);
    for (Class<?> type : List.of(Statement.class, Connection.class)) {
      for (String method :
          List.of("execute", "executeQuery", "executeUpdate", "addBatch", "prepareStatement")) {
        noClasses()
            .that()
            .doNotHaveSimpleName("Session")
            .should()
            .callMethodWhere(
                target(owner(assignableTo(type)))
                    .and(target(name(method)))
                    .and(target(rawParameterTypes(String.class))))
            .check(CLASSES);
      }
    }
  }

  /** So is a suppression's condition, which is text of a stranger too. */
  @Test
  void conditions_goToTheGateAlone() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "engine..")
        .and()
        .doNotHaveSimpleName("SuppressionRun")
        .and()
        .doNotHaveSimpleName("ConditionGate")
        .and()
        .doNotHaveSimpleName("ConditionCheck")
        .should()
        .callMethod(Suppression.class, "where")
        .check(CLASSES);
  }

  @Test
  void arrows_pointInward() {
    mayNotUse("yaml", "rules", "evidence", "findings", "engine", "regression", "report", "cli");
    mayNotUse("remote", "rules", "evidence", "findings", "engine", "regression", "report", "cli");
    mayNotUse("files", "rules", "evidence", "findings", "engine", "regression", "report", "cli");
    mayNotUse("suppressions", "evidence", "gate", "findings", "engine", "report", "cli");
    mayNotUse(
        "activity", "evidence", "gate", "rules", "findings", "engine", "hunt", "report", "cli");
    mayNotUse("engine", "regression", "hunt");
    mayNotUse("hunt", "gate", "regression", "report", "cli");
    for (String inner : List.of("evidence", "findings", "rules", "report")) {
      mayNotUse(inner, "hunt");
    }
    mayNotUse("regression", "report", "cli");
    mayNotUse("evidence", "gate", "rules", "findings", "engine", "report", "cli");
    mayNotUse("rules", "evidence", "findings", "engine", "report", "cli");
    mayNotUse("gate", "evidence", "rules", "findings", "engine", "report", "cli");
    mayNotUse("gate", "plan");
    mayNotUse("plan", "evidence", "rules", "findings", "engine", "report", "cli");
    mayNotUse("findings", "gate", "engine", "report", "cli");
    mayNotUse("comparison", "engine", "report", "cli");
    mayNotUse("compaction", "gate", "rules", "findings", "lint", "regression", "report", "cli");
    mayNotUse("engine", "compaction");
    mayNotUse("evidence", "compaction");
    mayNotUse("revisions", "evidence", "findings", "comparison", "engine", "report", "cli");
    mayNotUse("explanation", "engine", "report", "cli");
    mayNotUse("tree", "gate", "engine", "report", "cli");
    mayNotUse("timeline", "gate", "engine", "report", "cli");
    mayNotUse("novelty", "gate", "engine", "comparison", "report", "cli");
    for (String inner : List.of("evidence", "findings", "rules", "hunt", "comparison")) {
      mayNotUse(inner, "novelty");
    }
    mayNotUse("engine", "comparison", "revisions", "report", "cli");
    mayNotUse(
        "lint", "evidence", "findings", "comparison", "revisions", "regression", "report", "cli");
    mayNotUse("report", "engine", "revisions", "handover", "shell", "cli");
    mayNotUse("handover", "engine", "gate", "hunt", "regression", "comparison", "cli");
    mayNotUse("query", "evidence", "gate", "rules", "findings", "engine", "report", "cli");
    mayNotUse("shell", "evidence", "rules", "findings", "cli");
  }

  private static void onlyIn(String home, String... foreign) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + home + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(foreign)
        .check(CLASSES);
  }

  private static void mayNotUse(String from, String... others) {
    for (String other : others) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + from + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + other + "..")
          .check(CLASSES);
    }
  }
}
