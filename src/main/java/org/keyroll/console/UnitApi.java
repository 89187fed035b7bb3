package org.keyroll.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Entries;
import org.keyroll.adjustment.Entry;
import org.keyroll.adjustment.Proposals;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Units;
import org.keyroll.people.Right;
import org.keyroll.unit.UnitId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Units: whether one is listed, why, and what became of it. */
@Api(tag = "units")
class UnitApi {
  private final Units units;
  private final Entries entries;
  private final Revisions revisions;
  private final Proposals proposals;
  private final Reasons reasons;

  UnitApi(Units units, Entries entries, Revisions revisions, Proposals proposals, Reasons reasons) {
    this.units = units;
    this.entries = entries;
    this.revisions = revisions;
    this.proposals = proposals;
    this.reasons = reasons;
  }

  /**
   * A unit.
   *
   * @param revision in force
   * @param entry as it is listed; null where it is not
   */
  record UnitOne(
      Units.Unit unit,
      long revision,
      @Nullable Entry entry,
      List<Units.Event> events,
      List<Units.Link> records) {}

  /** A change that was published, with its revision. */
  record PublishedChange(long revision, RevisionApi.ChangeLine change) {}

  @Door(Right.READ)
  @Says("Finds units by id, identifier or name, twenty at most.")
  @GetMapping("/api/v1/programmes/{programme}/units")
  Items<Units.Unit> units(Scope scope, @RequestParam String q) {
    if (q.isBlank()) {
      throw new Refusal(HttpStatus.BAD_REQUEST, "q is an id, an identifier or a name.");
    }
    return new Items<>(units.find(scope, q.strip()), null);
  }

  @Door(Right.READ)
  @Says("Gives one unit: whether it is listed, and what happened to it.")
  @GetMapping("/api/v1/programmes/{programme}/units/{unit}")
  UnitOne unit(Scope scope, @PathVariable String unit) {
    var found = find(scope, unit);
    long current = revisions.current(scope);
    return new UnitOne(
        found,
        current,
        entries.of(scope, current, found.id()).orElse(null),
        units.events(found.id()),
        units.links(scope, found.id()));
  }

  @Door(Right.READ)
  @Says("Explains where a unit stands, down to the cells, and what would change it.")
  @GetMapping("/api/v1/programmes/{programme}/units/{unit}/explanation")
  Reasons.Why explanation(Scope scope, @PathVariable String unit) {
    var found = find(scope, unit);
    var entry = entries.of(scope, revisions.current(scope), found.id());
    return reasons
        .of(scope, found.id(), entry.map(Entry::tier).orElse(null))
        .orElseThrow(
            () ->
                new Refusal(
                    HttpStatus.NOT_FOUND,
                    "%s has not been assessed yet; the next run does.".formatted(found.id())));
  }

  @Door(Right.READ)
  @Says("Lists the changes of a unit that were published, oldest first.")
  @GetMapping("/api/v1/programmes/{programme}/units/{unit}/history")
  Items<PublishedChange> history(Scope scope, @PathVariable String unit) {
    var found = find(scope, unit);
    return new Items<>(
        proposals.of(scope, found.id()).stream()
            .map(
                p ->
                    new PublishedChange(
                        p.revision(), RevisionApi.ChangeLine.of(p.change(), found.name())))
            .toList(),
        null);
  }

  private Units.Unit find(Scope scope, String unit) {
    return units.find(scope, id(unit)).orElseThrow(NotFound::new);
  }

  static UnitId id(String unit) {
    if (!unit.matches("U[0-9]{7,10}")) {
      throw new NotFound();
    }
    return UnitId.parse(unit);
  }
}
