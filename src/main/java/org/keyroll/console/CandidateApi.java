package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Stakes;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Review;
import org.keyroll.identity.Verdicts;
import org.keyroll.identity.Verdicts.Kind;
import org.keyroll.identity.Verdicts.Ruling;
import org.keyroll.intake.Cells;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Pairs of records of which a person says whether they are one unit. */
@Api(tag = "candidates")
class CandidateApi {
  private final Stakes stakes;
  private final Review review;
  private final Verdicts verdicts;
  private final Cells cells;
  private final Times times;
  private final Tags tags;

  CandidateApi(
      Stakes stakes, Review review, Verdicts verdicts, Cells cells, Times times, Tags tags) {
    this.stakes = stakes;
    this.review = review;
    this.verdicts = verdicts;
    this.cells = cells;
    this.times = times;
    this.tags = tags;
  }

  /**
   * A candidate, side by side.
   *
   * @param probability that the two are one unit, by the evidence; null where rules found the pair
   * @param prospects what would follow for the list
   */
  record CandidateOne(
      Review.Candidate candidate,
      @Nullable Double probability,
      Cells.SourceCell cellA,
      Cells.SourceCell cellB,
      Review.Comparison comparison,
      List<Stakes.Prospect> prospects) {}

  /** Whether two records are one unit, and why. */
  record RulingBody(@Nullable Kind kind, @Nullable String cause) {}

  /** What was taken down; the next run acts on it. */
  record Ruled(long verdict, Kind kind) {}

  @Door(Right.READ)
  @Says("Lists the candidates, those first that would change most on the list.")
  @GetMapping("/api/v1/programmes/{programme}/candidates")
  ResponseEntity<Items<Stakes.AtStake>> candidates(
      Scope scope,
      @RequestParam(defaultValue = "0") int from,
      @RequestParam(defaultValue = Items.LIMIT) int limit,
      HttpServletRequest request) {
    int most = Items.andOneMore(limit);
    int begin = Math.max(from, 0);
    var found = stakes.open(scope).stream().skip(begin).limit(most).toList();
    return Items.of(request, found, limit, "from", last -> begin + limit);
  }

  @Door(Right.READ)
  @Says("Gives one candidate side by side, with what would follow, and its tag.")
  @GetMapping("/api/v1/programmes/{programme}/candidates/{candidate}")
  ResponseEntity<CandidateOne> candidate(Scope scope, @PathVariable long candidate)
      throws Exception {
    return tags.tagged(one(scope, find(scope, candidate)));
  }

  private CandidateOne one(Scope scope, Review.Candidate found) throws Exception {
    var name = scope.definitions().matching().name();
    return new CandidateOne(
        found,
        found.probability(),
        cells.of(found.a().record(), name),
        cells.of(found.b().record(), name),
        review.compare(scope, found.a(), found.b()),
        stakes.of(scope, found));
  }

  private Review.Candidate find(Scope scope, long candidate) {
    return review
        .candidate(scope, candidate)
        .orElseThrow(
            () ->
                new Refusal(
                    HttpStatus.NOT_FOUND,
                    String.format(
                        Locale.ROOT,
                        "There is no candidate %d, or not any more; somebody may have decided, or a"
                            + " run has.",
                        candidate)));
  }

  @Door(Right.IDENTIFY)
  @Says(value = "Says whether the two are one unit; the next run acts on it.", or = 412)
  @PostMapping("/api/v1/programmes/{programme}/candidates/{candidate}")
  Ruled decide(
      Scope scope,
      Person me,
      @PathVariable long candidate,
      @RequestHeader(name = "If-Match", required = false) @Nullable String seen,
      @RequestBody RulingBody body)
      throws Exception {
    var kind = body.kind();
    if (kind == null) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "kind is same or different.");
    }
    var cause = DeliveryApi.cause(body.cause());
    var found = find(scope, candidate);
    if (seen != null) {
      tags.match(seen, one(scope, found), "the evidence of candidate %d.".formatted(candidate));
    }
    var ruling =
        new Ruling(found.a().record(), found.b().record(), kind, times.businessDate(scope), cause);
    return new Ruled(verdicts.decide(scope, List.of(ruling), me).get(0), kind);
  }

  /** Why a verdict is taken back; with {@code block} the two are never the same from then on. */
  record UndoBody(@Nullable String cause, @Nullable Boolean block) {}

  @Door(Right.READ)
  @Says("Lists the verdicts there have been, oldest first.")
  @GetMapping("/api/v1/programmes/{programme}/verdicts")
  Items<Verdicts.Verdict> verdicts(Scope scope) {
    return new Items<>(verdicts.all(scope), null);
  }

  @Door(Right.IDENTIFY)
  @Says(value = "Takes a verdict back, from the next run on.", with = 204, or = 409)
  @PostMapping("/api/v1/programmes/{programme}/verdicts/{verdict}/undo")
  ResponseEntity<Void> undo(
      Scope scope, Person me, @PathVariable long verdict, @RequestBody UndoBody body)
      throws NotAllowed {
    var cause = DeliveryApi.cause(body.cause());
    if (verdicts.all(scope).stream().noneMatch(v -> v.id() == verdict)) {
      throw new NotFound();
    }
    boolean block = Boolean.TRUE.equals(body.block());
    if (!verdicts.undo(scope, verdict, block, times.businessDate(scope), cause, me)) {
      throw new Refusal(
          HttpStatus.CONFLICT, "Verdict %d has been taken back already.".formatted(verdict));
    }
    return ResponseEntity.noContent().build();
  }
}
