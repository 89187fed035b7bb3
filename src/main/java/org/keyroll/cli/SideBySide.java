package org.keyroll.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Stakes;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Review;
import org.keyroll.intake.Cells;

/** Shows two records side by side, what each field says, and what would follow. */
final class SideBySide {
  private final Session session;
  private final Scope scope;
  private final List<String> lines = new ArrayList<>();

  SideBySide(Session session, Scope scope) {
    this.session = session;
    this.scope = scope;
  }

  List<String> of(Review.Candidate candidate) throws Exception {
    lines.add(
        "candidate %d: %s, since %s"
            .formatted(candidate.id(), candidate.cause().words(), candidate.since()));
    side("a", candidate.a());
    side("b", candidate.b());
    var comparison = session.get(Review.class).compare(scope, candidate.a(), candidate.b());
    lines.add("");
    for (var line : comparison.lines()) {
      lines.add(
          "  %-20s %s%s"
              .formatted(
                  line.field(),
                  line.says(),
                  line.bits() == null
                      ? ""
                      : String.format(Locale.ROOT, "  %+.2f bits", line.bits())));
      lines.add("    a: " + (line.a() == null ? "–" : line.a()));
      lines.add("    b: " + (line.b() == null ? "–" : line.b()));
    }
    total(comparison);
    prospects(candidate);
    lines.add("");
    lines.add("keyroll review decide %d confirm|reject --cause \"…\"".formatted(candidate.id()));
    return lines;
  }

  private void side(String letter, Review.Side side) {
    lines.add("  %s  %s".formatted(letter, ReviewCommands.of(side)));
    var cell = session.get(Cells.class).of(side.record(), scope.definitions().matching().name());
    lines.add("     %s, sheet %s, row %d".formatted(cell.file(), cell.sheet(), cell.row()));
  }

  private void total(Review.Comparison comparison) {
    var similarity = scope.definitions().matching().similarity();
    if (comparison.prior() == null || comparison.total() == null || similarity == null) {
      return;
    }
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "  before anything is compared %+.2f bits, with the evidence %+.2f bits: probability"
                + " %.4f (linked from %.2f, asked from %.2f; model of %s)",
            comparison.prior(),
            comparison.total(),
            comparison.probability(),
            similarity.link(),
            similarity.ask(),
            comparison.model()));
  }

  private void prospects(Review.Candidate candidate) {
    boolean together =
        candidate.a().unit() != null && candidate.a().unit().equals(candidate.b().unit());
    for (var prospect : session.get(Stakes.class).of(scope, candidate)) {
      lines.add("");
      lines.add(
          "  %s as of %s: %s now, %s if %s"
              .formatted(
                  prospect.unit(),
                  prospect.asOf(),
                  standing(prospect.now()),
                  standing(prospect.then()),
                  together ? "rejected" : "confirmed"));
    }
  }

  private static String standing(Stakes.@Nullable Standing standing) {
    if (standing == null) {
      return "not assessed";
    }
    return "%s, %s"
        .formatted(
            standing.score() == null
                ? "no score"
                : String.format(Locale.ROOT, "score %.4f", standing.score()),
            standing.tier() == null ? "not for the list" : "for " + standing.tier());
  }
}
