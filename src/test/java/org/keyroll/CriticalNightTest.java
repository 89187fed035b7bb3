package org.keyroll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes.Ended;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Both nights of the second programme against what an independent calculation expects of them, in a
 * home that keeps the first programme too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CriticalNightTest {
  private static final String FIRST = "2026-11-09";
  private static final String SECOND = "2026-11-10";

  @TempDir static Path home;
  private JsonNode expected;
  private Ended first;
  private Ended again;
  private Ended second;
  private Ended other;
  private String rejectionsOfFirst;
  private String linksOfFirst;
  private String listOfFirst;

  private static Ended night(String programme, String night) throws Exception {
    return Homes.run(
        "nightly",
        "--programme",
        programme,
        "--home",
        home.toString(),
        "--inbox",
        Path.of("input-samples", programme, night).toString(),
        "--as-of",
        night);
  }

  private static String export(String what) throws Exception {
    return export("critical-entities", what);
  }

  private static String export(String programme, String what) throws Exception {
    var ended = Homes.run("export", what, "--programme", programme, "--home", home.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    return ended.out();
  }

  @BeforeAll
  void runBothNightsBesideAnotherProgramme() throws Exception {
    expected =
        new JsonMapper()
            .readTree(
                Files.readString(Path.of("src/test/resources/samples/critical-expected.json")));
    other = night("counter-espionage", Homes.FIRST);
    first = night("critical-entities", FIRST);
    rejectionsOfFirst = export("rejections");
    linksOfFirst = export("links");
    listOfFirst = export("list");
    again = night("critical-entities", FIRST);
    second = night("critical-entities", SECOND);
  }

  @Test
  void everyNightEndsWell() {
    assertThat(other.code()).as(other.err()).isZero();
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(again.out()).contains("0 of them new deliveries").contains("published  nothing");
  }

  @Test
  void everyRowOfEveryDeliveryIsAccountedFor() {
    for (var night : expected.get("nights")) {
      var out = night.get("as_of").asString().equals(FIRST) ? first.out() : second.out();
      for (var file : night.get("files")) {
        var name = file.get("file").asString();
        if (file.has("same_bytes_as")) {
          assertThat(out).contains(name + ": has been taken in before");
          continue;
        }
        int read = file.get("read").asInt();
        int accepted = file.get("accepted").asInt();
        int rejected = file.get("rejected").size();
        int duplicate = file.get("duplicates").size();
        assertThat(read).isEqualTo(accepted + rejected + duplicate);
        assertThat(out.replaceAll(" +", " "))
            .contains("%s %d %d %d %d".formatted(name, read, accepted, rejected, duplicate));
      }
    }
  }

  @Test
  void rejectsEachRowForItsReason() throws Exception {
    Set<String> found = new TreeSet<>();
    for (var row : Homes.rows(rejectionsOfFirst)) {
      found.add(row.get(1) + " " + row.get(3) + " " + row.get(6));
    }
    Set<String> wanted = new TreeSet<>();
    Set<String> reasons = new HashSet<>();
    for (var file : expected.get("nights").get(0).get("files")) {
      for (var rejection : file.get("rejected")) {
        var reason = rejection.get("reason").asString();
        reasons.add(reason);
        wanted.add(file.get("file").asString() + " " + rejection.get("row").asInt() + " " + reason);
      }
    }
    assertThat(found).isEqualTo(wanted);
    assertThat(reasons).hasSizeGreaterThanOrEqualTo(15);
  }

  @Test
  void leavesRowsThatFitNoUnitOrSeveralToAPerson() throws Exception {
    Set<String> waiting = new TreeSet<>();
    for (var row : Homes.rows(linksOfFirst)) {
      if (row.get(5).isEmpty()) {
        waiting.add(row.get(0) + " " + row.get(3));
      }
    }
    Set<String> wanted = new TreeSet<>();
    for (var row : expected.get("nights").get(0).get("unlinked")) {
      wanted.add(row.get("source").asString() + " " + row.get("row").asInt());
    }
    assertThat(waiting).isEqualTo(wanted);
  }

  @Test
  void listsTheEntitiesThatThePolicyWantsInTheirCategoriesForTheirAuthorities() throws Exception {
    assertThat(listed(listOfFirst)).isEqualTo(wanted(0));
    assertThat(listed(export("list"))).isEqualTo(wanted(1));
  }

  private static Map<String, String> listed(String csv) throws Exception {
    Map<String, String> listed = new TreeMap<>();
    for (var row : Homes.rows(csv)) {
      listed.put(
          row.get(2),
          row.get(1) + " " + row.get(3) + " " + new TreeSet<>(List.of(row.get(5).split(" ", -1))));
    }
    return listed;
  }

  private Map<String, String> wanted(int night) {
    Map<String, String> wanted = new TreeMap<>();
    for (var unit : expected.get("nights").get(night).get("units").properties()) {
      var departments = new TreeSet<String>();
      unit.getValue().get("departments").forEach(d -> departments.add(d.asString()));
      wanted.put(
          unit.getKey(),
          unit.getValue().get("name").asString()
              + " "
              + unit.getValue().get("tier").asString()
              + " "
              + departments);
    }
    return wanted;
  }

  @Test
  void scoresAsAnIndependentCalculationDoes() throws Exception {
    Map<String, Double> scores = new HashMap<>();
    for (var row : Homes.rows(export("list"))) {
      scores.put(row.get(2), Double.valueOf(row.get(4)));
    }
    for (var unit : expected.get("nights").get(1).get("units").properties()) {
      assertThat(scores.get(unit.getKey()))
          .as(unit.getKey())
          .isCloseTo(unit.getValue().get("score").asDouble(), within(0.00005 + 1e-12));
    }
  }

  @Test
  void publishesTheChangesOfTheSecondNight() throws Exception {
    Map<String, String> identifiers = new HashMap<>();
    for (var unit : Homes.rows(export("units"))) {
      identifiers.put(unit.get(0), unit.get(1));
    }
    Map<String, Set<String>> found = new HashMap<>();
    for (var change : Homes.rows(export("changes"))) {
      if (change.get(0).equals("2")) {
        found
            .computeIfAbsent(change.get(2), k -> new TreeSet<>())
            .add(identifiers.get(change.get(3)));
      }
    }
    for (var act : List.of("add", "drop", "tier", "department")) {
      Set<String> wanted = new TreeSet<>();
      expected.get("changes").get(act).forEach(c -> wanted.add(c.asString()));
      assertThat(found.getOrDefault(act, Set.of())).as(act).isEqualTo(wanted).isNotEmpty();
    }
    expected
        .get("changes")
        .get("name")
        .forEach(renamed -> assertThat(found.get("details")).contains(renamed.asString()));
  }

  /** What runs from the notification is not due before its receipt is recorded. */
  @Test
  void runsTheClocksOfTheDirective() throws Exception {
    Map<String, Set<String>> due = new HashMap<>();
    for (var measure : Homes.rows(export("measures"))) {
      if (measure.get(4).equals(FIRST)) {
        due.computeIfAbsent(measure.get(0), k -> new HashSet<>()).add(measure.get(5));
      }
      if (measure.get(0).equals("early-notice")) {
        var opened = java.time.LocalDate.parse(measure.get(4));
        assertThat(measure.get(5)).isEqualTo(opened.plusDays(1).toString());
      }
    }
    assertThat(due)
        .containsEntry("notice", Set.of("2026-12-09"))
        .containsEntry("own-risk-assessment", Set.of(""))
        .containsEntry("obligations", Set.of(""))
        .containsEntry("review", Set.of("2030-11-09"));
  }

  @Test
  void suggestsWhatASenderMayHaveMeant() {
    assertThat(rejectionsOfFirst).contains("would be valid");
  }

  @Test
  void keepsTwoProgrammesOfOneHomeApart() throws Exception {
    var units = new HashSet<String>();
    for (var unit : Homes.rows(export("units"))) {
      units.add(unit.get(0));
    }
    var others = new HashSet<String>();
    for (var unit : Homes.rows(export("counter-espionage", "units"))) {
      others.add(unit.get(0));
    }
    assertThat(units).isNotEmpty().doesNotContainAnyElementsOf(others);
    assertThat(others).isNotEmpty();
    for (var row : Homes.rows(export("assessments"))) {
      assertThat(units).contains(row.get(0));
    }
    for (var row : Homes.rows(export("counter-espionage", "links"))) {
      assertThat(units).doesNotContain(row.get(5));
    }
    var later = night("counter-espionage", Homes.SECOND);
    assertThat(later.code()).as(later.err()).isZero();
    var list = Homes.rows(export("counter-espionage", "list"));
    var wanted =
        new JsonMapper()
            .readTree(Files.readString(Path.of("src/test/resources/samples/expected.json")))
            .get("nights")
            .get(1)
            .get("units");
    assertThat(list).hasSize(wanted.size());
    assertThat(listed(export("list"))).isEqualTo(wanted(1));
    assertThat(home.resolve("published/critical-entities/revision-0002/manifest.json")).exists();
    assertThat(home.resolve("published/counter-espionage/revision-0002/manifest.json")).exists();
  }

  @Test
  void contributionsAddUpToTheScoreOfEveryUnit() throws Exception {
    int units = Homes.contributionsAddUp(export("contributions"), export("assessments"));

    assertThat(units).isGreaterThan(100);
  }

  @Test
  void asksForTheProgrammeWhereThereAreSeveral() throws Exception {
    var ended = Homes.run("status", "--jobs", "jobs", "--home", home.toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains(
            "choose one with --programme or KEYROLL_PROGRAMME: counter-espionage, critical-entities");
  }
}
