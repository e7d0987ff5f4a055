// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.analyzer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
    onlyIn("yaml", "org.snakeyaml..");
    onlyIn("report", "tools.jackson..", "com.fasterxml..");
  }

  @Test
  void arrows_pointInward() {
    mayNotUse("yaml", "rules", "evidence", "findings", "engine", "regression", "report", "cli");
    mayNotUse("engine", "regression");
    mayNotUse("regression", "report", "cli");
    mayNotUse("evidence", "rules", "findings", "engine", "report", "cli");
    mayNotUse("rules", "evidence", "findings", "engine", "report", "cli");
    mayNotUse("findings", "engine", "report", "cli");
    mayNotUse("comparison", "engine", "report", "cli");
    mayNotUse("revisions", "evidence", "findings", "comparison", "engine", "report", "cli");
    mayNotUse("engine", "comparison", "revisions", "report", "cli");
    mayNotUse("report", "engine", "revisions", "cli");
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
