package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keyroll.Homes;

/** Who may do what through which door, and that nobody decides on what they made. */
@TestMethodOrder(OrderAnnotation.class)
class FourEyesTest {
  private static final List<String> ROLES =
      List.of("administrator", "editor", "approver", "auditor");

  /** Each door by the one role that it opens to. */
  private static final Map<String, List<String>> DOORS =
      Map.of(
          "administrator",
          List.of("people add", "people assign", "people renew", "people end"),
          "editor",
          List.of("override", "edit an override", "withdraw an override"),
          "approver",
          List.of(
              "approve one",
              "approve all",
              "approve from a file",
              "approve an override",
              "reject",
              "reject an override",
              "release"));

  @TempDir static Path folder;
  private static Office office;

  @BeforeAll
  static void proposeTheFoundingList() throws Exception {
    office =
        new Office(folder)
            .define(
                "programme.yml",
                "founding: automatic",
                "founding: held\n  persons: 2\n  provisional: P30D")
            .ground("must-list", "list", "P1Y")
            .ground("under-correction", "keep", "P90D");
    office.register("root", "administrator", "");
    for (var role : ROLES) {
      office.register("the-" + role, role, "root");
    }
    office.register("second", "approver", "root");
    office.register("both", "editor,approver", "root");
    var night =
        office.run(
            "nightly", "--inbox", Homes.inbox(Homes.FIRST).toString(), "--as-of", Homes.FIRST);
    assertThat(night.code()).as(night.err()).isEqualTo(3);
    assertThat(night.out()).contains("Proposals for 55 units wait for approval.");
    assertThat(through("override", "both").out()).contains("O1 is put forward");
  }

  @AfterAll
  static void close() {
    office.close();
  }

  private static String id(int unit) {
    return "U%07d@1".formatted(unit);
  }

  private static Homes.Ended through(String door, String person) throws Exception {
    return switch (door) {
      case "approve one" -> office.as(person, "approve", id(17), "--as-of", Homes.FIRST);
      case "approve all" -> office.as(person, "approve", "--all", "--as-of", Homes.FIRST);
      case "approve from a file" -> {
        var file = Files.writeString(folder.resolve("bulk.csv"), "id\n" + id(17) + "\n");
        yield office.as(person, "approve", "--from", file.toString(), "--as-of", Homes.FIRST);
      }
      case "release" -> office.as(person, "publish", "--release", "seen", "--as-of", Homes.FIRST);
      case "reject" ->
          office.as(
              person,
              "reject",
              id(17),
              "--ground",
              "under-correction",
              "--until",
              "2026-12-01",
              "--cause",
              "the code is wrong",
              "--as-of",
              Homes.FIRST);
      case "reject an override" ->
          office.as(person, "reject", "O1", "--cause", "no", "--as-of", Homes.FIRST);
      case "approve an override" -> office.as(person, "approve", "O1", "--as-of", Homes.FIRST);
      case "override" ->
          office.as(
              person,
              "override",
              "U0000006",
              "--ground",
              "must-list",
              "--tier",
              "third",
              "--until",
              "2026-12-01",
              "--cause",
              "ordered",
              "--as-of",
              Homes.FIRST);
      case "edit an override" ->
          office.as(person, "override", "O1", "--until", "2026-11-30", "--as-of", Homes.FIRST);
      case "withdraw an override" ->
          office.as(
              person, "override", "O1", "--withdraw", "--cause", "no", "--as-of", Homes.FIRST);
      case "people add" -> office.as(person, "people", "add", "somebody", "--role", "approver");
      case "people assign" ->
          office.as(person, "people", "assign", person, "--role", "approver,administrator");
      case "people renew" -> office.as(person, "people", "renew", "second");
      case "people end" -> office.as(person, "people", "end", "second");
      default -> throw new IllegalArgumentException(door);
    };
  }

  static Stream<Arguments> closedDoors() {
    return DOORS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            doors ->
                doors.getValue().stream()
                    .flatMap(
                        door ->
                            ROLES.stream()
                                .filter(role -> !role.equals(doors.getKey()))
                                .map(role -> Arguments.of(door, role))));
  }

  @ParameterizedTest
  @MethodSource("closedDoors")
  @Order(1)
  void aDoorStaysShutForARoleWithoutTheRight(String door, String role) throws Exception {
    var before = state();
    var ended = through(door, "the-" + role);
    assertThat(ended.code()).as(ended.out()).isEqualTo(1);
    assertThat(ended.err()).contains("the-%s is %s; to ".formatted(role, role));
    assertThat(state()).isEqualTo(before);
  }

  private static String state() throws Exception {
    return office.ask(
        "SELECT CONCAT_WS(' ', (SELECT COUNT(*) FROM decision), (SELECT COUNT(*) FROM revision),"
            + " (SELECT GROUP_CONCAT(override_id, state, ends_on) FROM unit_override),"
            + " (SELECT GROUP_CONCAT(state, needs, released ORDER BY unit_id) FROM proposal),"
            + " (SELECT GROUP_CONCAT(person, roles, HEX(hash), COALESCE(ended, '') ORDER BY person)"
            + " FROM person))");
  }

  @Test
  @Order(2)
  void noDoorOpensWithoutAKeyOrWithAWrongOneOrWithOneThatOthersCanRead() throws Exception {
    var before = state();
    var none = office.run("approve", "--all");
    assertThat(none.code()).isEqualTo(2);
    assertThat(none.err()).contains("takes the key of a registered person");

    for (var wrong :
        List.of("the-approver:22222222222222222222222222222222", "nobody:2", "root", "", ":")) {
      office.key("wrong", wrong);
      var ended = office.as("wrong", "approve", "--all", "--as-of", Homes.FIRST);
      assertThat(ended.code()).as(wrong).isEqualTo(1);
      assertThat(ended.err())
          .contains("not that of a person registered here")
          .doesNotContain("2222");
    }
    assertThat(office.ask("SELECT COUNT(*) FROM audit WHERE act = 'refuse'")).isEqualTo("5");

    var open = office.keyOf("open");
    Files.copy(office.keyOf("the-approver"), open);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));
    var readable = office.as("open", "approve", "--all", "--as-of", Homes.FIRST);
    assertThat(readable.code()).isEqualTo(2);
    assertThat(readable.err()).contains("can be read by others").contains("chmod 600");
    assertThat(state()).isEqualTo(before);
  }

  @Test
  @Order(3)
  void aBulkDecisionWithOneWrongLineDecidesNothingAndNamesTheLine() throws Exception {
    var before = state();
    var slip = Files.writeString(folder.resolve("slip.csv"), "id,name\n" + id(17) + ",a\nU17,b\n");
    var ended = office.as("the-approver", "approve", "--from", slip.toString());
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("slip.csv, row 3: \"U17\" is not the id of a proposal");

    var stranger =
        Files.writeString(folder.resolve("stranger.csv"), "id\n" + id(17) + "\n" + id(999));
    ended =
        office.as("the-approver", "approve", "--from", stranger.toString(), "--as-of", Homes.FIRST);
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("no proposal U0000999@1").contains("nothing was decided");
    assertThat(state()).isEqualTo(before);
  }

  @Test
  @Order(4)
  void whoMadeOrLastEditedAProposalNeitherApprovesNorReleasesIt() throws Exception {
    office.sql("UPDATE proposal SET makers = ',keyroll,the-editor,both,' WHERE unit_id = 17");
    var before = state();
    for (var door : List.of("approve one", "approve all", "approve from a file")) {
      var ended = through(door, "both");
      assertThat(ended.code()).as(door).isEqualTo(1);
      assertThat(ended.err()).contains(id(17) + " was made or edited by you");
    }
    // Made an approver later, the first maker still is one.
    assertThat(office.as("root", "people", "assign", "the-editor", "--role", "approver").code())
        .isZero();
    assertThat(through("approve one", "the-editor").err()).contains("was made or edited by you");
    assertThat(office.as("root", "people", "assign", "the-editor", "--role", "editor").code())
        .isZero();
    assertThat(state()).isEqualTo(before);
  }

  @Test
  @Order(4)
  void whoMadeOrLastEditedAnOverrideDoesNotDecideOnIt() throws Exception {
    assertThat(through("approve an override", "both").err()).contains("O1 was made or edited");
    assertThat(through("edit an override", "the-editor").out()).contains("O2 is put forward");
    assertThat(through("approve an override", "the-approver").err()).contains("O1 is superseded");
    for (var maker : List.of("both", "the-editor")) {
      assertThat(office.as("root", "people", "assign", maker, "--role", "editor,approver").code())
          .isZero();
      var ended = office.as(maker, "approve", "O2", "--as-of", Homes.FIRST);
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err()).contains("O2 was made or edited by you");
      ended = office.as(maker, "reject", "O2", "--cause", "no", "--as-of", Homes.FIRST);
      assertThat(ended.err()).contains("O2 was made or edited by you");
    }
    assertThat(office.as("root", "people", "assign", "the-editor", "--role", "editor").code())
        .isZero();
    var sql =
        "INSERT INTO override_decision (override_id, makers, verdict, person, as_of)"
            + " VALUES (2, '%s', 'approve', '%s', '2026-11-02')";
    assertThatThrownBy(() -> office.sql(sql.formatted(",both,the-editor,", "both")))
        .hasMessageContaining("nobody_decides_on_an_override_they_made");
    assertThatThrownBy(() -> office.sql(sql.formatted(",both,", "the-editor")))
        .hasMessageContaining("override_decided_as_it_was_made");
    var approved = office.as("the-approver", "approve", "O2", "--as-of", Homes.FIRST);
    assertThat(approved.out()).contains("Approved: 1.");
    office.sql("DELETE FROM override_decision");
    office.sql("UPDATE unit_override SET state = 'withdrawn', seen = 1");
  }

  private static final String DECISION =
      "INSERT INTO decision (run_id, unit_id, act, makers, verdict, person, as_of)"
          + " VALUES (1, 17, 'add', '%s', 'approve', '%s', '2026-11-02')";

  @Test
  @Order(5)
  void theDatabaseItselfRefusesASelfApprovalHoweverItIsWritten() throws Exception {
    assertThatThrownBy(() -> office.sql(DECISION.formatted(",keyroll,the-editor,both,", "both")))
        .hasMessageContaining("nobody_decides_on_what_they_made");
    assertThatThrownBy(() -> office.sql(DECISION.formatted(",keyroll,", "both")))
        .hasMessageContaining("decided_as_it_was_made");
    assertThatThrownBy(
            () -> office.sql(DECISION.formatted(",keyroll,the-editor,both,", "stranger")))
        .hasMessageContaining("decided_by_a_person");

    office.sql(DECISION.formatted(",keyroll,the-editor,both,", "second"));
    assertThatThrownBy(() -> office.sql("UPDATE decision SET person = 'both'"))
        .hasMessageContaining("nobody_decides_on_what_they_made");
    assertThatThrownBy(() -> office.sql("UPDATE decision SET makers = ',keyroll,'"))
        .hasMessageContaining("decided_as_it_was_made");
    // Neither can the decider become a maker, nor the maker cease to be one, under a decision.
    assertThatThrownBy(
            () -> office.sql("UPDATE proposal SET makers = ',keyroll,' WHERE unit_id = 17"))
        .hasMessageContaining("decided_as_it_was_made");
    assertThatThrownBy(
            () -> office.sql("UPDATE proposal SET makers = ',second,' WHERE unit_id = 17"))
        .hasMessageContaining("decided_as_it_was_made");
    office.sql("DELETE FROM decision");
  }

  @Test
  @Order(6)
  void theNightItselfApprovesNothingThatTakesPersons() throws Exception {
    var before = state();
    var night =
        office.run(
            "nightly", "--inbox", Homes.inbox(Homes.FIRST).toString(), "--as-of", Homes.FIRST);
    assertThat(night.code()).isEqualTo(3);
    assertThat(office.run("publish", "--as-of", Homes.FIRST).code()).isEqualTo(3);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  @Order(7)
  void twoPersonsApproveAndTwoReleaseBeforeTheFoundingRevisionIsOut() throws Exception {
    var first = through("approve all", "the-approver");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out()).contains("Approved by you, waiting for another person: 55.");
    assertThat(through("approve one", "the-approver").err())
        .contains("You have approved " + id(17) + " already; it waits for another person.");
    assertThat(office.run("publish", "--as-of", Homes.FIRST).code()).isEqualTo(3);
    assertThat(office.ask("SELECT COUNT(*) FROM revision")).isEqualTo("0");

    assertThat(through("approve all", "second").out()).contains("Approved: 55.");
    var held = office.run("publish", "--as-of", Homes.FIRST);
    assertThat(held.code()).isEqualTo(3);
    assertThat(held.err()).contains("This is the founding revision");

    assertThat(through("release", "both").err()).contains("was made or edited by you");
    assertThat(through("release", "the-approver").code()).isEqualTo(3);
    assertThat(through("release", "the-approver").err()).contains("You have released");
    assertThat(office.ask("SELECT COUNT(*) FROM revision")).isEqualTo("0");
    var out = through("release", "second");
    assertThat(out.code()).as(out.err()).isZero();
    assertThat(out.out()).contains("published  revision 1, 55 units");

    assertThat(
            office.ask(
                "SELECT GROUP_CONCAT(DISTINCT decided_by, ' ', state, ' ', decided_on) FROM"
                    + " proposal"))
        .isEqualTo("second, the-approver provisional 2026-11-02");
    assertThat(office.ask("SELECT COUNT(*) FROM decision")).isEqualTo("220");
    assertThat(through("approve one", "second").err()).contains("has been published");
  }

  @Test
  @Order(8)
  void aPersonWhoseRegistrationHasEndedCanDoNothing() throws Exception {
    assertThat(office.as("root", "people", "end", "second").code()).isZero();
    assertThat(through("approve one", "second").err()).contains("not that of a person");
    var renewed = office.as("root", "people", "renew", "second");
    office.key("second", renewed.out());
    assertThat(through("approve one", "second").err()).contains("has been published");
    assertThat(office.as("root", "people", "end", "the-administrator").code()).isZero();
    assertThat(office.as("root", "people", "end", "root").err())
        .contains("root is the last administrator");
    assertThat(office.as("root", "people", "assign", "root", "--role", "auditor").err())
        .contains("root is the last administrator");
  }

  @Test
  @Order(9)
  void whatIsProvisionalIsFinalOnItsDay() throws Exception {
    var changes = Homes.rows(office.run("export", "changes").out());
    assertThat(changes).hasSize(55);
    assertThat(changes.get(0).subList(9, 12))
        .containsExactly("provisional", "2026-12-02", "second, the-approver");
    var states = "SELECT GROUP_CONCAT(DISTINCT state) FROM proposal WHERE revision = 1";
    assertThat(office.run("adjust", "--as-of", "2026-12-01").code()).isZero();
    assertThat(office.ask(states)).isEqualTo("provisional");
    assertThat(office.run("adjust", "--as-of", "2026-12-02").code()).isZero();
    assertThat(office.ask(states)).isEqualTo("final");
  }

  private static Homes.Ended on3December(String person, String... command) {
    var all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--as-of", "2026-12-03"));
    return office.as(person, all.toArray(String[]::new));
  }

  @Test
  @Order(10)
  void aBatchIsDecidedOnAsAWholeAndGoesOutAsASupplement() throws Exception {
    var night =
        office.run(
            "nightly", "--inbox", Homes.inbox(Homes.SECOND).toString(), "--as-of", "2026-12-03");
    assertThat(night.code()).as(night.err()).isEqualTo(3);
    var ids =
        Homes.rows(office.run("export", "proposals").out()).stream()
            .map(row -> row.get(0))
            .distinct()
            .toList();
    var one = ids.get(0);
    var two = ids.get(1);
    var alone = ids.get(2);
    assertThat(on3December("the-auditor", "batch", one, "--into", "Second batch").err())
        .contains("the-auditor is auditor; to put proposals into batches");
    assertThat(on3December("the-editor", "batch", one, two, "--into", " ").err())
        .contains("A batch has a name");
    assertThat(on3December("the-editor", "batch", one, "U0000999@1", "--into", "x").err())
        .contains("There is no proposal U0000999@1.");
    assertThat(on3December("the-editor", "batch", one, two, alone, "--into", "Second batch").out())
        .contains("Put into the batch \"Second batch\": 3.");
    assertThat(on3December("the-editor", "batch", alone, "--into", "Third batch").err())
        .contains(alone + " is in the batch \"Second batch\"; take it out of that first.");
    assertThat(on3December("the-editor", "batch", alone, "--out").out()).contains("Taken out: 1.");

    assertThat(on3December("the-approver", "approve", one, alone).err())
        .contains("The batch \"Second batch\" of 2 units is decided on as a whole");
    assertThat(on3December("the-approver", "approve", "--batch", "Secnd batch").err())
        .contains("there is no batch \"Secnd batch\"");
    assertThat(on3December("the-approver", "approve", "--batch", "Second batch").out())
        .contains("waiting for another person: 2.");
    assertThat(on3December("the-editor", "batch", alone, "--into", "Second batch").err())
        .contains("\"Second batch\" has been decided on");
    for (var approver : List.of("the-approver", "second")) {
      assertThat(on3December(approver, "approve", alone).code()).isZero();
    }
    var supplement = office.run("publish", "--as-of", "2026-12-03");
    assertThat(supplement.code()).as(supplement.err()).isZero();
    assertThat(supplement.out())
        .contains("published  revision 2, ")
        .contains(" units, a supplement to revision 1: ");
    assertThat(published("2")).containsExactly(alone.replaceFirst("@.*", "") + " ");

    // Were one of them approved before the other, it would wait for it.
    office.sql(
        "UPDATE proposal SET state = 'approved' WHERE CONCAT('U', LPAD(unit_id, 7, '0'), '@', run_id)"
            + " = '%s'".formatted(one));
    assertThat(office.run("publish", "--as-of", "2026-12-03").code()).isEqualTo(3);
    office.sql(
        "UPDATE proposal SET state = 'proposed' WHERE CONCAT('U', LPAD(unit_id, 7, '0'), '@', run_id)"
            + " = '%s'".formatted(one));
    assertThat(on3December("second", "approve", "--batch", "Second batch").out())
        .contains("Approved: 2.");
    assertThat(office.run("publish", "--as-of", "2026-12-03").code()).isZero();
    assertThat(published("3"))
        .containsExactly(
            one.replaceFirst("@.*", "") + " Second batch",
            two.replaceFirst("@.*", "") + " Second batch");
    assertThat(office.run("batch").out())
        .contains(
            "\"Second batch\"  by the-editor as of 2026-12-03: 0 wait, 0 go out with the next"
                + " revision, 2 published");
    assertThat(
            office.ask("SELECT GROUP_CONCAT(act ORDER BY seq) FROM audit WHERE act LIKE '%batch'"))
        .isEqualTo("batch,unbatch");
  }

  /** Unit and batch of what a revision has changed. */
  private static List<String> published(String revision) throws Exception {
    return Homes.rows(office.run("export", "changes").out()).stream()
        .filter(row -> row.get(0).equals(revision))
        .map(row -> row.get(3) + " " + row.get(13))
        .distinct()
        .toList();
  }
}
