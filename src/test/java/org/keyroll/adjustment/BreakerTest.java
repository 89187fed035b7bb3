package org.keyroll.adjustment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.adjustment.Proposal.State;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.definition.Definitions;

/** What is outside the envelope is said in a sentence each; what is inside is silent. */
class BreakerTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 11, 3);

  @TempDir Path jobs;
  private final Map<Long, Entry> before = new TreeMap<>();
  private final List<Proposal> changes = new ArrayList<>();

  /** Twenty units: five in the first tier, fifteen in the third; ten each of two departments. */
  @BeforeEach
  void list() throws IOException {
    for (long unit = 1; unit <= 20; unit++) {
      before.put(
          unit, entry(unit, unit <= 5 ? "first" : "third", unit <= 10 ? "education" : "health"));
    }
  }

  private static Entry entry(long unit, String tier, String department) {
    return new Entry(
        "U" + unit, "N", null, tier, 0.5, List.of(department), AS_OF, "", "", Map.of(), null);
  }

  private void change(Act act, long unit, @Nullable Entry entry) {
    changes.add(
        new Proposal(
            2,
            unit,
            act,
            entry,
            "",
            "",
            "",
            "",
            null,
            0,
            AS_OF,
            Proposal.KEYROLL,
            0,
            null,
            State.PROPOSED,
            false,
            null));
  }

  private Definitions envelope(String envelope) throws IOException, DefinitionErrors {
    Homes.copy(Path.of("jobs/counter-espionage"), jobs.resolve("counter-espionage"));
    var programme = jobs.resolve("counter-espionage/programme.yml");
    Files.writeString(
        programme,
        Files.readString(programme).replaceFirst("envelope: .*", "envelope: {" + envelope + "}"));
    return DefinitionReader.read(jobs, null);
  }

  private List<String> outside(String envelope) throws IOException, DefinitionErrors {
    return Breaker.outside(envelope(envelope), before, changes);
  }

  @Test
  void letsOutWhatIsJustInside() throws Exception {
    for (long unit = 21; unit <= 25; unit++) {
      change(Act.ADD, unit, entry(unit, "third", "health"));
    }
    assertThat(outside("entering: 0.25, leaving: 0")).isEmpty();
  }

  @Test
  void holdsOneUnitTooMany() throws Exception {
    for (long unit = 21; unit <= 26; unit++) {
      change(Act.ADD, unit, entry(unit, "third", "health"));
    }
    change(Act.DROP, 1, null);
    assertThat(outside("entering: 0.25, leaving: 0"))
        .containsExactly(
            "6 units would enter a list of 20; programme.yml allows 25 % without a person.",
            "1 unit would leave a list of 20; programme.yml allows 0 % without a person.");
  }

  @Test
  void countsEnteringAndLeavingTogetherAsTurnover() throws Exception {
    for (long unit = 1; unit <= 3; unit++) {
      change(Act.DROP, unit, null);
      change(Act.ADD, unit + 20, entry(unit + 20, "first", "education"));
    }
    assertThat(outside("entering: 0.25, leaving: 0.25, turnover: 0.3")).isEmpty();
  }

  @Test
  void holdsATurnoverThatNeitherHalfWould() throws Exception {
    for (long unit = 1; unit <= 3; unit++) {
      change(Act.DROP, unit, null);
      change(Act.ADD, unit + 20, entry(unit + 20, "first", "education"));
    }
    assertThat(outside("entering: 0.25, leaving: 0.25, turnover: 0.29"))
        .singleElement()
        .asString()
        .startsWith("6 units would enter or leave a list of 20; programme.yml allows 29 %");
  }

  @Test
  void holdsATierThatGrowsThoughNobodyEnters() throws Exception {
    change(Act.TIER, 6, entry(6, "first", "education"));
    change(Act.TIER, 7, entry(7, "first", "education"));
    assertThat(outside("entering: 0, leaving: 0, tiers: 0.2"))
        .containsExactly(
            "The tier 一级重点单位 would go from 5 to 7 units; programme.yml allows a change by 20 %"
                + " without a person.");
  }

  @Test
  void letsAFewUnitsChangeWhateverTheirShare() throws Exception {
    change(Act.TIER, 6, entry(6, "first", "education"));
    change(Act.TIER, 7, entry(7, "first", "education"));
    assertThat(outside("entering: 0, leaving: 0, tiers: 0.2, units: 2")).isEmpty();
  }

  @Test
  void holdsADepartmentWhoseShareOfTheListMoves() throws Exception {
    for (long unit = 1; unit <= 5; unit++) {
      change(Act.DEPARTMENT, unit, entry(unit, "first", "health"));
    }
    var outside = outside("entering: 0, leaving: 0, departments: 0.2");
    assertThat(outside).hasSize(2);
    assertThat(outside.get(0))
        .matches("The share of .* would go from 50 % to (25|75) %; .* allows 20 % of the list .*");
  }

  @Test
  void holdsAFurtherSuspensionBeyondTheShareThatMayBe() throws Exception {
    for (long unit = 1; unit <= 2; unit++) {
      before.put(unit, suspended(unit));
    }
    change(Act.RESUME, 1, entry(1, "first", "education"));
    change(Act.SUSPEND, 3, suspended(3));
    assertThat(outside("entering: 0, leaving: 0, suspended: 0.05")).isEmpty();

    change(Act.SUSPEND, 4, suspended(4));
    assertThat(outside("entering: 0, leaving: 0, suspended: 0.15")).isEmpty();
    assertThat(outside("entering: 0, leaving: 0, suspended: 0.14, units: 3")).isEmpty();
    assertThat(outside("entering: 0, leaving: 0, suspended: 0.14"))
        .containsExactly(
            "3 of 20 units would be suspended for stale data, after 2; programme.yml allows 14 % of"
                + " the list without a person.");
  }

  private static Entry suspended(long unit) {
    return new Entry(
        "U" + unit,
        "N",
        null,
        "first",
        0.5,
        List.of("education"),
        AS_OF,
        "",
        "",
        Map.of(),
        Entry.Status.SUSPENDED);
  }

  @Test
  void countsAUnitOnceHoweverMuchOfItChanges() throws Exception {
    change(Act.TIER, 6, entry(6, "first", "health"));
    change(Act.DEPARTMENT, 6, entry(6, "first", "health"));
    assertThat(outside("entering: 0, leaving: 0, tiers: 0.2, departments: 0.05")).isEmpty();
  }
}
