package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every way to come by a fact, on nights of two programmes in one home; what is expected was worked
 * out by hand from the dates.
 */
@TestMethodOrder(OrderAnnotation.class)
class FactsNightTest {
  private static final Path JOBS = Path.of("src/test/resources/facts/jobs");
  private static final String AS_OF = "2026-11-02";

  @TempDir static Path folder;
  private static Shell shell;
  private static Map<String, String> facts;

  @BeforeAll
  static void twoProgrammes() throws Exception {
    shell = new Shell(folder.resolve("home"), JOBS, "harbour");
    harbours(
        "companies-1.csv", "code,name,size\nALD,Alder,80\nBIR,Birch,50\nCED,Cedar,10\n", AS_OF);
    shell.use(JOBS, "watch");
    ingest(
        "register",
        """
        code,name,sector,region,share,asked_on
        ALD,Alder,water,FI02,0.1,2026-01-01
        BIR,Birch,water,SE1,0.2,2026-06-01
        CED,Cedar,energy,FI01,0.3,2026-02-02
        DOG,Dogwood,,,0.9,2024-01-01
        """);
    ingest(
        "survey",
        """
        code,name,share,asked_on
        ALD,Alder,0.4,2025-01-10
        BIR,Birch,0.5,2024-11-02
        CED,Cedar,-999,2026-01-01
        DOG,Dogwood,0.8,
        """);
    ingest(
        "incidents",
        """
        number,code,name,occurred_on,class,damage
        1,ALD,Alder,2026-11-02,case,10
        2,ALD,Alder,2025-11-02,case,20
        3,ALD,Alder,2023-11-02,case,40
        4,ALD,Alder,2023-11-03,hazard,80
        5,ALD,Alder,2026-12-01,case,5
        """);
    shell.run("assess", "--as-of", AS_OF);
    facts = facts();
  }

  @AfterAll
  static void close() {
    shell.close();
  }

  private static void harbours(String file, String csv, String asOf) throws Exception {
    shell.use(JOBS, "harbour");
    var inbox = Files.createDirectories(folder.resolve("inbox-" + file));
    Files.writeString(inbox.resolve(file), csv);
    shell.run("nightly", "--inbox", inbox.toString(), "--as-of", asOf);
  }

  private static void ingest(String source, String csv) throws Exception {
    var file = Files.writeString(folder.resolve(source + "-1.csv"), csv);
    shell.run("ingest", source, file.toString(), "--as-of", AS_OF);
  }

  /** Code, a space, fact, to value. */
  private static Map<String, String> facts() throws Exception {
    var code = new TreeMap<String, String>();
    for (var unit : shell.export("units")) {
      code.put(unit.getField("unit_id"), unit.getField("identifier").replaceFirst(".*:", ""));
    }
    var values = new TreeMap<String, String>();
    for (var fact : shell.export("facts")) {
      values.putIfAbsent(
          code.get(fact.getField("unit_id")) + " " + fact.getField("fact"), fact.getField("value"));
    }
    return values;
  }

  private static String text(String unit, String fact) {
    return facts.getOrDefault(unit + " " + fact, "");
  }

  private static double number(String unit, String fact) {
    assertThat(text(unit, fact)).as(unit + " " + fact).isNotEmpty();
    return Double.parseDouble(text(unit, fact));
  }

  @Test
  @Order(1)
  void theFirstSourceThatHasAFreshValueGivesIt() {
    assertThat(number("ALD", "share")).isEqualTo(0.4);
    // 2024-11-02 and two years is 2026-11-02, which no longer lies after the as-of date.
    assertThat(number("BIR", "share")).isEqualTo(0.2);
    assertThat(number("CED", "share")).as("-999 is a missing code").isEqualTo(0.3);
    assertThat(text("DOG", "share")).as("undated, and stale").isEmpty();
  }

  @Test
  @Order(2)
  void aWindowHoldsFromItsFirstDayToTheDayBeforeItsLast() {
    // Of 2026-11-02, 2025-11-02 and 2023-11-03; 2023-11-02 has aged out, 2026-12-01 is to come.
    assertThat(number("ALD", "incidents")).isEqualTo(3);
    assertThat(number("ALD", "cases")).isEqualTo(2);
    assertThat(number("ALD", "damage")).isEqualTo(110);
    assertThat(number("ALD", "usual")).isCloseTo(110 / 3.0, within(1e-12));
    assertThat(number("ALD", "worst")).isEqualTo(80);
    assertThat(number("ALD", "last")).isEqualTo(10);
    assertThat(text("ALD", "first_class")).isEqualTo("hazard");
    assertThat(number("ALD", "quiet")).isZero();
  }

  @Test
  @Order(3)
  void anEventWeighsLessWithAge() {
    // Ages 0, 365 and 1095 days; the half life is the 365 days from 2025-11-02.
    assertThat(number("ALD", "fading")).isCloseTo(1 + 0.5 + 0.125, within(1e-12));
    assertThat(number("ALD", "faded_damage")).isCloseTo(10 + 10 + 10, within(1e-12));
    // Each of the windows has 1096 days but that of today, which counts in full.
    assertThat(number("ALD", "linear")).isCloseTo(1 + 731 / 1096.0 + 1 / 1096.0, within(1e-12));
  }

  @Test
  @Order(4)
  void noEventIsACountOfZeroAndNoMean() {
    assertThat(number("BIR", "incidents")).isZero();
    assertThat(number("BIR", "damage")).isZero();
    for (var fact : new String[] {"usual", "worst", "last", "first_class", "quiet"}) {
      assertThat(text("BIR", fact)).as(fact).isEmpty();
    }
  }

  @Test
  @Order(5)
  void aTableGivesTheFirstRowThatFits() {
    assertThat(number("ALD", "limit")).isEqualTo(50_000);
    assertThat(number("BIR", "limit")).isEqualTo(100_000);
    assertThat(text("CED", "limit")).isEmpty();
    assertThat(number("ALD", "per_limit")).isEqualTo(110 / 50_000.0);
    assertThat(text("CED", "per_limit")).isEmpty();
  }

  @Test
  @Order(6)
  void whatAnotherListSaysIsAFact() throws Exception {
    assertThat(text("ALD", "harbour_tier")).isEqualTo("vital");
    assertThat(number("ALD", "harbour_score")).isEqualTo(0.8);
    assertThat(number("BIR", "harbour")).isEqualTo(1);
    assertThat(text("BIR", "harbour_tier")).isEqualTo("large");
    assertThat(number("CED", "harbour")).isZero();
    assertThat(text("CED", "harbour_score")).isEmpty();
    assertThat(shell.run("explain", "Alder")).contains("revision 1 of harbour");
  }

  @Test
  @Order(7)
  void aUnitWhoseFactsAreInsufficientIsNeverScoredAsZero() throws Exception {
    var scores = new TreeMap<String, String>();
    for (var line : shell.export("assessments")) {
      scores.put(line.getField("name"), line.getField("score") + "|" + line.getField("tier"));
    }

    // 0.5 × 0.4 + 0.5 × 1.625 / 2
    assertThat(scores.get("Alder")).isEqualTo("0.60625|high");
    assertThat(scores.get("Birch")).isEqualTo("0.1|");
    assertThat(scores.get("Dogwood")).isEqualTo("|");
  }

  @Test
  @Order(8)
  void timeAloneChangesFacts() throws Exception {
    shell.use(JOBS, "watch");
    shell.run("assess", "--as-of", "2026-11-03");
    facts = facts();
    // 2023-11-03 has aged out now.
    assertThat(number("ALD", "incidents")).isEqualTo(2);
    assertThat(number("ALD", "quiet")).isEqualTo(1);

    shell.run("assess", "--as-of", "2027-01-10");
    facts = facts();
    assertThat(number("ALD", "incidents")).as("2026-12-01 has come").isEqualTo(3);
    assertThat(number("ALD", "share")).as("the survey of 2025-01-10 is stale").isEqualTo(0.1);
  }

  @Test
  @Order(9)
  void aNewRevisionOfTheOtherListIsSeenWithoutNewDeliveries() throws Exception {
    harbours(
        "companies-2.csv",
        "code,name,size\nALD,Alder,80\nBIR,Birch,5\nCED,Cedar,90\n",
        "2027-01-10");
    shell.use(JOBS, "watch");
    shell.run("assess", "--as-of", "2027-01-10");
    facts = facts();

    assertThat(number("BIR", "harbour")).isZero();
    assertThat(text("CED", "harbour_tier")).isEqualTo("vital");
    var tiers = new TreeMap<String, String>();
    for (var line : shell.export("assessments")) {
      tiers.put(line.getField("name"), line.getField("tier"));
    }
    assertThat(tiers.get("Cedar")).isEqualTo("high");
  }
}
