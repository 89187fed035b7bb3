package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keyroll.Homes;
import org.keyroll.Homes.Ended;

/** A delivery that does not keep to a gate waits for a person, and nothing else does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatesTest {
  private static final String MONTH =
      "covers: {from: {file_name: '([0-9]{4}-[0-9]{2})'}, type: period}\n";
  private static final String FOUR =
      """
      name,staff,level
      Alder Works,50,high
      Birch Works,30,low
      Cedar Works,20,low
      Dogwood Works,,low
      """;

  @TempDir static Path folder;
  private Desk desk;
  private Ended first;
  private Ended second;

  /**
   * A source with one gate, a file that passes it, one that does not, and what is said of that.
   *
   * @param before name of the file of the first night behind the id; null: none comes
   */
  record Case(
      String id,
      String keys,
      String before,
      String firstFile,
      String after,
      String secondFile,
      String says) {
    @Override
    public String toString() {
      return id;
    }
  }

  static Stream<Case> cases() {
    var two = FOUR.lines().limit(3).reduce("", (a, b) -> a + b + "\n");
    var blank = FOUR.replace("50", "").replace("30", "");
    return Stream.of(
        new Case(
            "minimum",
            "gates: {minimum_rows: 3}",
            "1",
            FOUR,
            "2",
            two,
            "2 data rows, and there are always at least 3 (gate minimum_rows)"),
        new Case(
            "shrinks",
            "gates: {shrinks_at_most: 0.4}",
            "1",
            FOUR,
            "2",
            two,
            "2 data rows, 50 % fewer than the 4 of shrinks-1; at most 40 % fewer are expected (gate shrinks_at_most)"),
        new Case(
            "grows",
            "gates: {grows_at_most: 0.5}",
            "1",
            two,
            "2",
            FOUR,
            "4 data rows, 100 % more than the 2 of grows-1; at most 50 % more are expected (gate grows_at_most)"),
        new Case(
            "filled",
            "gates: {filled: {staff: 0.75}}",
            "1",
            FOUR,
            "2",
            blank,
            "staff (staff) is filled in 25 % of the rows; at least 75 % are expected (gate filled.staff)"),
        new Case(
            "drops",
            "gates: {filled_drops_at_most: 0.4}",
            "1",
            FOUR,
            "2",
            blank,
            "staff (staff) is filled in 25 % of the rows, in drops-1 it was in 75 %; a drop of at most 40 % is expected (gate filled_drops_at_most.staff)"),
        new Case(
            "rejected",
            "gates: {rejected_at_most: 0.25}",
            "1",
            FOUR.replace("50", "x"),
            "2",
            FOUR.replace("50", "x").replace("30", "x"),
            "2 of 4 data rows (50 %) are rejected; at most 25 % are expected (gate rejected_at_most)"),
        new Case(
            "unknown",
            "gates: {unknown_at_most: 0.5}",
            "1",
            FOUR.replace("50", "x"),
            "2",
            FOUR.replace("low", "middling"),
            "3 of 4 data rows (75 %) are rejected for a word that the source does not know; at most 50 % are expected (gate unknown_at_most)"),
        new Case(
            "rows",
            "gates: {totals: [{from: {beside: [Rows]}}]}",
            "1",
            "Rows: 4\n" + FOUR,
            "2",
            "Rows: 5\n" + FOUR,
            "the declared number of rows is 5 (sheet \"csv\", cell A1), but it is 4 (gate totals)"),
        new Case(
            "sums",
            "gates: {totals: [{from: {cell: B1}, sums: staff}]}",
            "1",
            "All,100\n" + FOUR,
            "2",
            "All,101\n" + FOUR,
            "the declared sum of staff is 101 (sheet \"csv\", cell B1), but it is 100 (gate totals.staff)"),
        new Case(
            "age",
            MONTH + "gates: {age_at_most: P2M}",
            "2026-08",
            FOUR,
            "2026-09",
            FOUR.replace("50", "51"),
            "it is of 2026-09, 63 days before 2026-12-02; at most P2M are expected (gate age_at_most)"),
        new Case(
            "same",
            MONTH,
            "2026-10",
            FOUR,
            "again-2026-10",
            FOUR.replace("50", "51"),
            "it is of 2026-10, as same-2026-10 is, and holds other bytes (gate same_period)"),
        new Case(
            "earlier",
            MONTH,
            "2026-10",
            FOUR,
            "2026-09",
            FOUR.replace("50", "49"),
            "it is of 2026-09 and would overwrite what earlier-2026-10 says of 2026-10 (gate earlier_period)"));
  }

  @BeforeAll
  void runTwoNights() throws Exception {
    desk = new Desk(folder);
    desk.put("register-1.csv", "name,staff\nAlder Works,50\nBirch Works,5\n");
    for (var one : cases().toList()) {
      desk.report(one.id(), one.keys());
      desk.put(one.id() + "-" + one.before(), one.firstFile());
    }
    desk.report("free", MONTH + "gates: {same_period: take, earlier_period: take}");
    desk.put("free-2026-10", FOUR);
    first = desk.night("2026-10-05");
    desk.emptyInbox();
    desk.put("register-2.csv", "name,staff\nAlder Works,50\nBirch Works,15\n");
    for (var one : cases().toList()) {
      desk.put(one.id() + "-" + one.after(), one.secondFile());
    }
    desk.put("free-2026-09", FOUR.replace("50", "49"));
    second = desk.night("2026-12-02");
  }

  @AfterAll
  void close() {
    desk.close();
  }

  @Test
  void theFirstNightHoldsNothing() {
    assertThat(first.code()).as(first.err() + first.out()).isZero();
    assertThat(first.out()).doesNotContain("held").doesNotContain("refused");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void namesTheGateTheFigureAndTheLimit(Case one) {
    assertThat(second.out())
        .contains("%s-%s is held: %s. ".formatted(one.id(), one.after(), one.says()));
  }

  @Test
  void saysWhatStaysInForceAndWhatToDo() {
    assertThat(second.out())
        .containsPattern(
            "shrinks-1 of 2026-10-05 stays in force. Is it right\\? keyroll release \\d+ --cause"
                + " WHY. If not: keyroll refuse \\d+ --cause WHY.");
    assertThat(second.err()).contains("12 deliveries are held");
  }

  @Test
  void saysHowManyRowsWouldBeRejectedAndShowsThemInTheAnswer() throws Exception {
    assertThat(second.out())
        .containsPattern(
            "unknown-1 of 2026-10-05 stays in force. 3 of its rows would be rejected: keyroll"
                + " answer \\d+ shows them.");
    var answer = folder.resolve("unknown-answer.xlsx");
    var answered = desk.run("answer", "unknown-2", "-o", answer.toString());
    assertThat(answered.out()).contains("unknown-2: 3 rows rejected; the answer is in");
    try (var workbook = WorkbookFactory.create(answer.toFile())) {
      var comments = workbook.getSheetAt(0).getCellComments();
      assertThat(comments.keySet()).extracting(Object::toString).containsExactly("C3", "C4", "C5");
      assertThat(comments.values())
          .allSatisfy(c -> assertThat(c.getString().getString()).contains("is not one of"));
    }
    // Nothing of a delivery that is held is published.
    assertThat(desk.run("export", "rejections").out())
        .contains("unknown-1")
        .doesNotContain("unknown-2");
  }

  @Test
  void theRestOfTheNightGoesOnAndTheExitCodeCallsAPerson() {
    assertThat(second.code()).isEqualTo(3);
    assertThat(second.out()).contains("published  revision 2, 2 units");
    assertThat(second.out().replaceAll(" +", " ")).contains("free-2026-09 4 4 0 0 0/1/0");
  }

  @Test
  void takesInWhatIsReleasedNeverWhatIsRefusedAndHoldsWhatBreachesAnotherGate() throws Exception {
    var numbers = numbers();
    var released = desk.decide("release", "shrinks-2", "--cause", "two of them have closed");
    assertThat(released.code()).as(released.err()).isZero();
    assertThat(released.out()).contains("shrinks-2 of shrinks is released; the next run takes it");
    assertThat(desk.decide("refuse", "sums-2", "--cause", "the sum is a slip").code()).isZero();
    assertThat(desk.decide("release", "rejected-2", "--cause", "as agreed").code()).isZero();
    desk.report("rejected", "gates: {rejected_at_most: 0.25, minimum_rows: 9}");

    var third = desk.night("2026-12-03");
    assertThat(third.out().replaceAll(" +", " "))
        .contains("shrinks-2 2 2 0 0 0/0/2")
        .contains("! sums-2: was refused before by ")
        .contains("(the sum is a slip); the same bytes again have no effect")
        .contains("! rejected-2 is held: 4 data rows, and there are always at least 9 (gate")
        .doesNotContain("rejected_at_most");
    assertThat(third.code()).isEqualTo(3);
    assertThat(third.err()).contains("10 deliveries are held");

    // Whatever has become of them, they are called as they were.
    assertThat(numbers()).isEqualTo(numbers);
    assertThat(third.out())
        .contains("keyroll release %s --cause WHY".formatted(numbers.get("rejected-2")));
    assertThat(
            desk.decide("release", "" + numbers.get("rejected-2"), "--cause", "as agreed").code())
        .isZero();

    var deliveries = Homes.rows(desk.run("deliveries", "--format", "csv").out());
    assertThat(deliveries)
        .filteredOn(d -> d.get(2).equals("minimum-2"))
        .singleElement()
        // Held again, and received when it was received.
        .satisfies(d -> assertThat(d.subList(3, 6)).containsExactly("2026-12-02", "", "held"));
    assertThat(deliveries)
        .filteredOn(d -> d.get(2).equals("earlier-2026-10"))
        .singleElement()
        .satisfies(d -> assertThat(d.get(4)).isEqualTo("2026-10"));
    assertThat(desk.run("deliveries", "--held").out().lines().filter(l -> l.contains(" held ")))
        .hasSize(9);
    assertThat(desk.run("export", "audit").out())
        .contains("release,delivery 26,\"shrinks-2 of shrinks, SHA-256 ")
        .contains("two of them have closed; it was held: 2 data rows, 50 % fewer")
        .contains("refuse,delivery 27");
    assertThat(desk.run("export", "records").out())
        .contains("shrinks,shrinks-1,csv,3,Birch Works,")
        .doesNotContain("shrinks,shrinks-1,csv,4")
        .doesNotContain("sums-2");
  }

  /** File name to number. */
  private Map<String, String> numbers() throws Exception {
    return Homes.rows(desk.run("deliveries", "--format", "csv").out()).stream()
        .collect(Collectors.toMap(d -> d.get(2), d -> d.get(0)));
  }

  @Test
  void saysWhyThereIsNothingToDecide() throws Exception {
    var unknown = desk.decide("release", "nothing.csv", "--cause", "why not");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("There is no delivery nothing.csv");
    var taken = desk.decide("refuse", "register-1.csv", "--cause", "why not");
    assertThat(taken.code()).isEqualTo(2);
    assertThat(taken.err()).contains("register-1.csv, is resolved and waits for nobody");
    var blank = desk.decide("refuse", "minimum-2", "--cause", " ");
    assertThat(blank.code()).isEqualTo(2);
    assertThat(blank.err()).contains("say why");
  }
}
