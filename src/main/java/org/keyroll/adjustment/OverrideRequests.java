package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.UnitOverride.Kind;
import org.keyroll.adjustment.UnitOverride.State;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Programme.Effect;
import org.keyroll.definition.Scope;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.keyroll.unit.UnitId;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Puts overrides forward, edits and takes them back; {@link Decisions} decides on them. */
@Service
public class OverrideRequests {
  private final People people;
  private final Proposals proposals;
  private final ProposalVotes votes;
  private final Overrides overrides;
  private final Entries entries;
  private final Revisions revisions;
  private final Trail trail;

  OverrideRequests(
      People people,
      Proposals proposals,
      ProposalVotes votes,
      Overrides overrides,
      Entries entries,
      Revisions revisions,
      Trail trail) {
    this.people = people;
    this.proposals = proposals;
    this.votes = votes;
    this.overrides = overrides;
    this.entries = entries;
    this.revisions = revisions;
    this.trail = trail;
  }

  /**
   * What is asked for.
   *
   * @param tier where the ground lists units; null otherwise
   * @param until last day
   */
  public record Request(String ground, @Nullable String tier, LocalDate until, String cause) {}

  /**
   * Puts an override forward. What the rules propose for the unit waits until it is decided on.
   *
   * @throws NotAllowed when the person may not put forward
   * @throws Undecidable when it is not one that the programme knows
   */
  @Transactional(rollbackFor = Exception.class)
  public OverrideId propose(Person by, Scope scope, LocalDate asOf, UnitId unit, Request request)
      throws NotAllowed, Undecidable {
    begin(by, scope, asOf, request.cause());
    for (var other : overrides.live(scope)) {
      if (other.unit().equals(unit) && other.state() == State.PROPOSED) {
        throw new Undecidable(
            List.of(
                "%s of %s waits for a decision; edit or withdraw it.".formatted(other.id(), unit)));
      }
    }
    var ground = OverrideVotes.ground(scope.programme(), request.ground());
    var made =
        OverrideVotes.made(
            by,
            scope,
            unit,
            ground,
            tier(scope, unit, ground.effect(), request.tier()),
            request.cause(),
            asOf,
            OverrideVotes.end(ground, asOf, request.until()));
    return put(by, scope, made, "override");
  }

  private @Nullable String tier(Scope scope, UnitId unit, Effect effect, @Nullable String tier)
      throws Undecidable {
    var tiers = scope.programme().tiers().stream().map(t -> t.id()).toList();
    if (effect == Effect.LIST ? tier == null || !tiers.contains(tier) : tier != null) {
      throw new Undecidable(
          List.of(
              effect == Effect.LIST
                  ? "Say in which tier the unit is listed: %s.".formatted(String.join(", ", tiers))
                  : "This ground takes no tier."));
    }
    return effect == Effect.KEEP ? entries.tier(scope, unit) : tier;
  }

  /**
   * Replaces an override that waits by another one; whoever edits has a hand in it, and what was
   * said of it counts no more. What is null stays as it is.
   *
   * @throws NotAllowed when the person may not put forward
   * @throws Undecidable when it does not wait, or is not one that the programme knows
   */
  @Transactional(rollbackFor = Exception.class)
  public OverrideId edit(
      Person by,
      Scope scope,
      LocalDate asOf,
      OverrideId id,
      @Nullable String tier,
      @Nullable LocalDate until,
      @Nullable String cause)
      throws NotAllowed, Undecidable {
    begin(by, scope, asOf, Objects.requireNonNullElse(cause, "as before"));
    var old = waiting(scope, id);
    var ground = OverrideVotes.ground(scope.programme(), Objects.requireNonNull(old.ground()));
    var makers = new ArrayList<>(old.makers());
    if (!makers.contains(by.name())) {
      makers.add(by.name());
    }
    var edited =
        new UnitOverride(
            old.id(),
            old.unit(),
            old.kind(),
            tier == null ? old.tier() : tier(scope, old.unit(), ground.effect(), tier),
            null,
            old.ground(),
            cause == null ? old.cause() : cause,
            old.startsOn(),
            until == null ? old.endsOn() : OverrideVotes.end(ground, old.startsOn(), until),
            makers,
            old.needs(),
            State.PROPOSED,
            null,
            null);
    overrides.mark(id, State.SUPERSEDED);
    return put(by, scope, edited, "edit");
  }

  /**
   * Takes back an override that waits; of one in force, puts forward that it ends.
   *
   * @return what others decide on now; empty where nothing is left to decide
   * @throws NotAllowed when the person may not put forward
   * @throws Undecidable when it neither waits nor is in force
   */
  @Transactional(rollbackFor = Exception.class)
  public Optional<OverrideId> withdraw(
      Person by, Scope scope, LocalDate asOf, OverrideId id, String cause)
      throws NotAllowed, Undecidable {
    begin(by, scope, asOf, cause);
    var found = overrides.find(scope, id);
    if (found.isPresent() && found.get().inForce(asOf) && found.get().ground() != null) {
      var old = found.get();
      var end =
          new UnitOverride(
              id,
              old.unit(),
              Kind.RULES,
              null,
              null,
              old.ground(),
              cause,
              asOf,
              old.endsOn(),
              List.of(by.name()),
              OverrideVotes.needs(scope),
              State.PROPOSED,
              null,
              null);
      return Optional.of(put(by, scope, end, "withdraw"));
    }
    waiting(scope, id);
    overrides.mark(id, State.WITHDRAWN);
    trail.append(by.name(), "withdraw", "override " + id, cause);
    return Optional.empty();
  }

  private UnitOverride waiting(Scope scope, OverrideId id) throws Undecidable {
    var found = overrides.find(scope, id);
    if (found.isEmpty()) {
      throw new Undecidable(List.of("There is no override %s.".formatted(id)));
    }
    if (found.get().state() != State.PROPOSED) {
      throw new Undecidable(List.of("%s is %s.".formatted(id, found.get().state().id())));
    }
    return found.get();
  }

  private OverrideId put(Person by, Scope scope, UnitOverride made, String act) {
    var id = overrides.add(scope, made);
    votes.dispute(made.unit(), scope);
    trail.append(
        by.name(),
        act,
        "override %s of %s".formatted(id, made.unit()),
        "%s%s on %s until %s: %s"
            .formatted(
                made.kind().id(),
                made.tier() == null ? "" : " " + made.tier(),
                made.ground(),
                made.endsOn(),
                made.cause()));
    return id;
  }

  private void begin(Person by, Scope scope, LocalDate asOf, String cause)
      throws NotAllowed, Undecidable {
    people.require(by, Right.PROPOSE);
    proposals.lock(scope);
    revisions.refuseBefore(scope, asOf);
    if (cause.isBlank()) {
      throw new Undecidable(List.of("Say why: an override takes a cause."));
    }
  }
}
