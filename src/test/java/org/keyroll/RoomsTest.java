package org.keyroll;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The walls of the house. */
class RoomsTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.keyroll");

  @Test
  void aRoomImportsOnlyFromRoomsBelowIt() {
    ApplicationModules.of("org.keyroll").verify();
  }

  @Test
  void nobodyUsesThePackagesThatSpringBatchHasLeft() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.springframework.batch.item..",
            "org.springframework.batch.repeat..",
            "org.springframework.batch.core.explore..")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleName("EnableBatchProcessing")
        .check(CLASSES);
  }

  @Test
  void rulesAskTheBusinessDateAndNeverTheClock() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.keyroll.intake..",
            "org.keyroll.identity..",
            "org.keyroll.scoring..",
            "org.keyroll.adjustment..",
            "org.keyroll.followup..",
            "org.keyroll.publication..")
        .should()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(CLASSES);
  }

  @Test
  void theEngineKnowsNoFrameworkAndNoDatabase() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "org.keyroll.scoring..",
            "org.keyroll.unit..",
            "org.keyroll.table..",
            "org.keyroll.matching..")
        .and()
        .haveNameNotMatching(
            "org.keyroll.scoring.(Assessments|Assessor|Grouping|Replays|Supposition|UnitRecords|StatisticStore|ScoreStore|OtherLists).*")
        .and()
        .haveSimpleNameNotEndingWith("package-info")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..", "java.sql..")
        .check(CLASSES);
  }
}
