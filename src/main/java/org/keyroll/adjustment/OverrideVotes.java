package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Decisions.Against;
import org.keyroll.adjustment.UnitOverride.Kind;
import org.keyroll.adjustment.UnitOverride.State;
import org.keyroll.definition.Programme;
import org.keyroll.definition.Scope;
import org.keyroll.people.Person;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What persons have said of overrides, and the overrides that follow from what they say. */
@Component
class OverrideVotes {
  private final JdbcClient db;
  private final Overrides overrides;

  OverrideVotes(JdbcClient db, Overrides overrides) {
    this.db = db;
    this.overrides = overrides;
  }

  /** Why an override is not open to a person, in a sentence; empty when it is. */
  List<String> problems(Person by, Scope scope, LocalDate asOf, OverrideId id) {
    var found = overrides.find(scope, id);
    if (found.isEmpty() || found.get().kind() == Kind.JUDGEMENT) {
      return List.of("There is no override %s.".formatted(id));
    }
    var override = found.get();
    if (override.makers().contains(by.name())) {
      return List.of("%s was made or edited by you; another approver decides.".formatted(id));
    }
    if (override.state() != State.PROPOSED) {
      return List.of("%s is %s.".formatted(id, override.state().id()));
    }
    if (override.endsOn().isBefore(asOf)) {
      return List.of("%s would have ended on %s.".formatted(id, override.endsOn()));
    }
    boolean said =
        db.sql(
                "SELECT EXISTS (SELECT 1 FROM override_decision WHERE override_id = ?"
                    + " AND person = ?)")
            .params(id.number(), by.name())
            .query(Boolean.class)
            .single();
    return said
        ? List.of("You have approved %s already; it waits for another person.".formatted(id))
        : List.of();
  }

  void note(Person by, OverrideId id, Verdict verdict, LocalDate asOf, @Nullable String cause) {
    db.sql(
            "INSERT INTO override_decision (override_id, makers, verdict, person, cause, as_of)"
                + " SELECT override_id, makers, ?, ?, ?, ? FROM unit_override"
                + " WHERE override_id = ?")
        .param(verdict.id())
        .param(by.name())
        .param(cause)
        .param(asOf)
        .param(id.number())
        .update();
  }

  /** Puts an override in force where enough persons have approved it. */
  boolean approve(OverrideId id, LocalDate asOf, @Nullable String was) {
    return db.sql(
                """
                UPDATE unit_override v
                SET v.state = 'approved', v.decided_on = ?, v.was = ?,
                  v.decided_by = (SELECT GROUP_CONCAT(d.person ORDER BY d.person SEPARATOR ', ')
                    FROM override_decision d WHERE d.override_id = v.override_id)
                WHERE v.override_id = ? AND v.needs <= (SELECT COUNT(*) FROM override_decision d
                  WHERE d.override_id = v.override_id AND d.verdict = 'approve')
                """)
            .param(asOf)
            .param(was)
            .param(id.number())
            .update()
        > 0;
  }

  /** One override of a unit is in force at a time, the last one that was approved. */
  void replaceOthers(Scope scope, UnitOverride override) {
    db.sql(
            "UPDATE unit_override SET state = 'ended', seen = 0 WHERE programme_id = ?"
                + " AND unit_id = ? AND kind <> 'judgement' AND state = 'approved'"
                + " AND override_id <> ?")
        .params(scope.programmeId(), override.unit().number(), override.id().number())
        .update();
  }

  /** Keeps a judgement; the one before counts no more. */
  void judged(Scope scope, LocalDate asOf, Proposal question, @Nullable String tier, int zone) {
    db.sql(
            "UPDATE unit_override SET state = 'superseded', seen = 1 WHERE programme_id = ?"
                + " AND unit_id = ? AND kind = 'judgement' AND state = 'approved'")
        .params(scope.programmeId(), question.unit())
        .update();
    record Said(String by, String cause) {}
    var said =
        db.sql(
                "SELECT COALESCE(MAX(decided_by), ''), COALESCE(MAX(cause), '') FROM proposal"
                    + " WHERE run_id = ? AND unit_id = ?")
            .params(question.run(), question.unit())
            .query((row, n) -> new Said(row.getString(1), row.getString(2)))
            .single();
    overrides.add(
        scope,
        new UnitOverride(
            new OverrideId(0),
            new UnitId(question.unit()),
            Kind.JUDGEMENT,
            tier,
            zone,
            null,
            said.cause(),
            asOf,
            asOf.plus(scope.programme().judgement()),
            Proposal.KEYROLL,
            0,
            State.APPROVED,
            said.by(),
            null));
  }

  /** Puts forward that a unit stays as it stands, against what the rules propose. */
  OverrideId against(
      Person by,
      Scope scope,
      LocalDate asOf,
      UnitId unit,
      @Nullable String tier,
      String cause,
      @Nullable Against against)
      throws Undecidable {
    var programme = scope.programme();
    if (against == null) {
      throw new Undecidable(
          List.of(
              "The rules propose a change of %s; to reject it takes --ground and --until. %s"
                  .formatted(unit, grounds(programme))));
    }
    var ground = ground(programme, against.ground());
    boolean fits =
        switch (ground.effect()) {
          case KEEP -> true;
          case LIST -> tier != null;
          case EXCLUDE -> tier == null;
        };
    if (!fits) {
      throw new Undecidable(
          List.of(
              "%s is %s; the ground %s cannot keep it so."
                  .formatted(unit, tier == null ? "not on the list" : "on the list", ground.id())));
    }
    return overrides.add(
        scope,
        made(by, scope, unit, ground, tier, cause, asOf, end(ground, asOf, against.until())));
  }

  /** An override as a person puts it forward. */
  static UnitOverride made(
      Person by,
      Scope scope,
      UnitId unit,
      Programme.Ground ground,
      @Nullable String tier,
      String cause,
      LocalDate from,
      LocalDate until) {
    return new UnitOverride(
        new OverrideId(0),
        unit,
        switch (ground.effect()) {
          case LIST -> Kind.LIST;
          case EXCLUDE -> Kind.EXCLUDE;
          case KEEP -> Kind.KEEP;
        },
        tier,
        null,
        ground.id(),
        cause,
        from,
        until,
        List.of(by.name()),
        needs(scope),
        State.PROPOSED,
        null,
        null);
  }

  /** Persons beside the maker: at least one, whatever the programme says. */
  static int needs(Scope scope) {
    return Math.max(1, scope.programme().approval().persons() - 1);
  }

  static Programme.Ground ground(Programme programme, String id) throws Undecidable {
    var ground = programme.ground(id);
    if (ground.isEmpty()) {
      throw new Undecidable(
          List.of("programme.yml declares no ground %s. %s".formatted(id, grounds(programme))));
    }
    return ground.get();
  }

  private static String grounds(Programme programme) {
    return programme.overrides().isEmpty()
        ? "It declares no ground for overrides, so nobody goes against the rules."
        : "The grounds are %s."
            .formatted(String.join(", ", programme.overrides().stream().map(g -> g.id()).toList()));
  }

  /** The last day, within what the ground allows. */
  static LocalDate end(Programme.Ground ground, LocalDate from, LocalDate until)
      throws Undecidable {
    var latest = from.plus(ground.longest());
    if (until.isBefore(from) || until.isAfter(latest)) {
      throw new Undecidable(
          List.of(
              "The ground %s holds for %s at most: give a last day from %s to %s."
                  .formatted(ground.id(), ground.longest(), from, latest)));
    }
    return until;
  }
}
