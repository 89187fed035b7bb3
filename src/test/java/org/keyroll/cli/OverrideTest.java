package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.Homes.Ended;

/** Persons go against the rules on declared grounds, for a time; then the rules decide again. */
@TestMethodOrder(OrderAnnotation.class)
class OverrideTest {
  @TempDir static Path folder;
  private static Office office;

  @BeforeAll
  static void publishTheFoundingList() throws Exception {
    office =
        new Office(folder)
            .ground("must-list", "list", "P1Y")
            .ground("security-review", "exclude", "P60D")
            .ground("under-correction", "keep", "P90D");
    office.register("root", "administrator", "");
    office.register("ed", "editor", "root");
    office.register("ann", "approver", "root");
    office.register("bob", "approver", "root");
    assertThat(night(Homes.FIRST, Homes.FIRST).code()).isZero();
    assertThat(tier(44)).isEqualTo("second");
    assertThat(tier(6)).isEmpty();
  }

  @AfterAll
  static void close() {
    office.close();
  }

  private static Ended night(String inbox, String asOf) {
    return office.run("nightly", "--inbox", Homes.inbox(inbox).toString(), "--as-of", asOf);
  }

  private static Ended put(int unit, String asOf, String ground, String until, String... more) {
    var all =
        new java.util.ArrayList<>(
            java.util.List.of("override", "U%07d".formatted(unit), "--ground", ground));
    all.addAll(java.util.List.of("--until", until, "--cause", "因" + unit, "--as-of", asOf));
    all.addAll(java.util.List.of(more));
    return office.as("ed", all.toArray(String[]::new));
  }

  /** The tier of a unit on the list in force; empty when it is not on it. */
  private static String tier(int unit) throws Exception {
    return office.ask(
        "SELECT COALESCE((SELECT tier FROM entry WHERE unit_id = %d AND until_revision = 4294967295),"
                .formatted(unit)
            + " '')");
  }

  private static String last(String column, int unit) throws Exception {
    return office.ask(
        "SELECT %s FROM proposal WHERE unit_id = %d ORDER BY run_id DESC, act LIMIT 1"
            .formatted(column, unit));
  }

  @Test
  @Order(1)
  void refusesWhatTheProgrammeDoesNotDeclare() {
    assertThat(put(44, Homes.FIRST, "friendship", "2026-12-01").err())
        .contains("declares no ground friendship")
        .contains("must-list, security-review, under-correction");
    assertThat(put(44, Homes.FIRST, "security-review", "2027-02-01").err())
        .contains("holds for P60D at most: give a last day from 2026-11-02 to 2027-01-01");
    assertThat(put(44, Homes.FIRST, "security-review", "2026-11-01").err())
        .contains("give a last day from");
    assertThat(put(6, Homes.FIRST, "must-list", "2026-12-01").err())
        .contains("Say in which tier the unit is listed: first, second, third");
    assertThat(put(44, Homes.FIRST, "security-review", "2026-12-01", "--tier", "third").err())
        .contains("takes no tier");
    assertThat(put(9999, Homes.FIRST, "security-review", "2026-12-01").err())
        .contains("no unit has the id");
    assertThat(put(44, "2026-11-01", "security-review", "2026-12-01").err())
        .contains("The list was last adjusted as of 2026-11-02");
  }

  @Test
  @Order(2)
  void anOverrideThatWaitsChangesNothing() throws Exception {
    assertThat(put(44, Homes.FIRST, "security-review", "2026-12-31").code()).isZero();
    assertThat(put(6, Homes.FIRST, "must-list", "2026-11-30", "--tier", "third").code()).isZero();
    assertThat(put(6, Homes.FIRST, "must-list", "2026-11-30", "--tier", "third").err())
        .contains("O2 of U0000006 waits for a decision; edit or withdraw it.");
    assertThat(night(Homes.FIRST, Homes.FIRST).out()).contains("published  nothing");
    assertThat(office.run("overrides").out())
        .contains("O1  U0000044  exclude on security-review  2026-11-02 to 2026-12-31  proposed")
        .contains("O2  U0000006  list third on must-list");
  }

  @Test
  @Order(3)
  void approvedItActsWithTheNextAdjustmentAndSaysWhy() throws Exception {
    assertThat(office.as("ann", "approve", "O1", "O2", "--as-of", Homes.FIRST).code()).isZero();
    var night = night(Homes.FIRST, Homes.FIRST);
    assertThat(night.out()).contains("1 add, 1 drop").contains("revision 2");
    assertThat(tier(44)).isEmpty();
    assertThat(tier(6)).isEqualTo("third");
    assertThat(last("reason", 44)).isEqualTo("security-review（至2026-12-31）：因44。");
    assertThat(last("reason", 6)).startsWith("must-list（至2026-11-30）：因6。");
    assertThat(last("legal_basis", 6)).contains("国家安全部令2021年第1号");
    assertThat(night(Homes.SECOND, Homes.SECOND).code()).isZero();
    assertThat(tier(44)).isEmpty();
    assertThat(tier(6)).isEqualTo("third");
  }

  @Test
  @Order(4)
  void expiringItTurnsIntoAProposalOfTheRules() throws Exception {
    assertThat(night(Homes.SECOND, "2026-11-30").out()).contains("published  nothing");
    assertThat(night(Homes.SECOND, "2026-12-01").out()).contains("1 drop");
    assertThat(tier(6)).isEmpty();
    assertThat(office.run("overrides", "--all").out())
        .containsPattern("O2  U0000006 .* expired by ann");
  }

  @Test
  @Order(5)
  void oneInForceEndsEarlyOnlyWhenAnotherPersonAgrees() throws Exception {
    var withdrawn =
        office.as("ed", "override", "O1", "--withdraw", "--cause", "done", "--as-of", "2026-12-01");
    assertThat(withdrawn.out()).contains("O3 is put forward");
    assertThat(night(Homes.SECOND, "2026-12-01").out()).contains("published  nothing");
    assertThat(tier(44)).isEmpty();
    assertThat(office.as("ann", "approve", "O3", "--as-of", "2026-12-01").code()).isZero();
    assertThat(night(Homes.SECOND, "2026-12-01").out()).contains("1 add");
    assertThat(tier(44)).isEqualTo("second");
    assertThat(office.run("overrides").out()).contains("No override waits or is in force.");
  }

  @Test
  @Order(6)
  void whatTheRulesProposeIsRejectedOnlyOnAGroundAndByTwo() throws Exception {
    // From now on every change takes a person, and the rules want unit 44 in a lower tier.
    office.define("programme.yml", "founding: automatic", "founding: automatic\n  persons: 1");
    office.define(
        "policy.yml", "second: {enter: 0.56, leave: 0.50}", "second: {enter: 0.65, leave: 0.60}");
    assertThat(night(Homes.SECOND, "2026-12-02").code()).isEqualTo(3);
    var run = last("run_id", 44);
    var id = "U0000044@" + run;
    assertThat(last("becomes", 44)).isEqualTo("三级重点单位");
    assertThat(office.as("ann", "reject", id, "--cause", "no", "--as-of", "2026-12-02").err())
        .contains("to reject it takes --ground and --until");
    assertThat(reject(id, "must-list", "2027-06-01").out())
        .contains("Put forward as overrides, on which another approver decides: O4.");
    assertThat(office.as("bob", "approve", id, "--as-of", "2026-12-02").err())
        .contains("An override of U0000044 waits for a decision");
    assertThat(office.as("ann", "approve", "O4", "--as-of", "2026-12-02").err())
        .contains("O4 was made or edited by you");

    assertThat(
            office.as("bob", "reject", "O4", "--cause", "it holds", "--as-of", "2026-12-02").out())
        .contains("Rejected: 1.");
    assertThat(last("state", 44)).isEqualTo("proposed");
    assertThat(reject(id, "under-correction", "2027-01-15").err()).contains("You have rejected");
    assertThat(
            office
                .as(
                    "bob",
                    "reject",
                    id,
                    "--ground",
                    "under-correction",
                    "--until",
                    "2027-01-15",
                    "--cause",
                    "更正中",
                    "--as-of",
                    "2026-12-02")
                .out())
        .contains("O5");
    assertThat(office.as("ann", "approve", "O5", "--as-of", "2026-12-02").code()).isZero();
    assertThat(last("state", 44)).isEqualTo("superseded");
    var before = tier(44);
    night(Homes.SECOND, "2026-12-02");
    assertThat(tier(44)).isEqualTo(before);
    assertThat(office.run("proposals", "U0000044").out()).contains("No proposal is open.");
  }

  private static Ended reject(String id, String ground, String until) {
    return office.as(
        "ann",
        "reject",
        id,
        "--ground",
        ground,
        "--until",
        until,
        "--cause",
        "异议",
        "--as-of",
        "2026-12-02");
  }
}
