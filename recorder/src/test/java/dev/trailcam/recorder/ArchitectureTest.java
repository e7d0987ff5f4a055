// SPDX-License-Identifier: Apache-2.0
package dev.trailcam.recorder;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "dev.trailcam.recorder";
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);
  private static final JavaClasses ALL = new ClassFileImporter().importPackages(ROOT);

  @Test
  void parquet_isKnownToSegmentOnly() {
    check(onlyIn("segment", "org.apache.parquet..", "org.apache.hadoop..", "com.github.luben.."));
  }

  @Test
  void picocli_isKnownToCliOnly() {
    check(onlyIn("cli", "picocli.."));
  }

  @Test
  void nativeCode_isKnownToLibbpfOnly() {
    check(onlyIn("libbpf", "jnr.."));
  }

  @Test
  void duckDb_isKnownToNobody() {
    noClasses().should().dependOnClassesThat().resideInAPackage("org.duckdb..").check(ALL);
  }

  @Test
  void packages_haveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
  }

  private static ArchRule onlyIn(String home, String... foreign) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "." + home + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(foreign);
  }

  private static void check(ArchRule rule) {
    rule.check(MAIN);
  }
}
