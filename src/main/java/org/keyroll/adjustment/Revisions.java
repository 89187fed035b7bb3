package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Proposal.State;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Programme.Founding;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Decides on proposals within the envelope of the programme and numbers the states of the list. */
@Service
public class Revisions {
  private static final RowMapper<Revision> REVISION =
      (row, n) ->
          new Revision(
              row.getLong("revision"),
              row.getLong("run_id"),
              row.getObject("as_of", LocalDate.class),
              row.getLong("units"),
              row.getString("manifest"),
              row.getString("known_at"));

  private final JdbcClient db;
  private final Proposals proposals;
  private final Entries entries;
  private final KeptDefinitions definitions;
  private final TransactionTemplate transaction;
  private final Trail trail;

  Revisions(
      JdbcClient db,
      Proposals proposals,
      Entries entries,
      KeptDefinitions definitions,
      PlatformTransactionManager transactions,
      Trail trail) {
    this.db = db;
    this.proposals = proposals;
    this.entries = entries;
    this.definitions = definitions;
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setReadOnly(true);
    this.trail = trail;
  }

  /**
   * A numbered, immutable state of the list.
   *
   * @param manifest SHA-256 of its {@code manifest.json}
   * @param knownAt the moment, UTC, that its files tell what was known at; null: it was made before
   *     this was kept
   */
  public record Revision(
      long number,
      long run,
      LocalDate asOf,
      long units,
      String manifest,
      @Nullable String knownAt) {}

  /** What is made of a revision by what was known when it was published. */
  @FunctionalInterface
  public interface Remake<T> {
    T by(Run then) throws Exception;
  }

  /** What becomes of the open proposals. */
  public sealed interface Decision {
    /** Nothing is open. */
    record Nothing() implements Decision {}

    /** So many units' proposals wait for persons to approve them, and nothing else is open. */
    record Waiting(long units) implements Decision {}

    /** The changes are outside the envelope; {@code why} says how, for a person to judge. */
    record Held(String why) implements Decision {}

    /** These go out. */
    record Accepted(List<Proposal> proposals) implements Decision {}
  }

  /**
   * Takes what goes out with the next revision, within the caller's transaction: what persons have
   * approved, and what needs nobody. Outside the envelope only what persons have released goes out.
   */
  public Decision decide(Run run) {
    proposals.lock(run.scope());
    var open = proposals.open(run.scope());
    if (open.isEmpty()) {
      return new Decision.Nothing();
    }
    var undecided = proposals.undecidedBatches(run.scope());
    var ready =
        open.stream()
            .filter(p -> p.state() != State.PROPOSED || p.needs() == 0)
            .filter(p -> !undecided.contains(p.id()))
            .toList();
    if (ready.isEmpty()) {
      return new Decision.Waiting(open.stream().map(Proposal::unit).distinct().count());
    }
    var outside = outsideEnvelope(run, ready);
    if (outside.isEmpty()) {
      return new Decision.Accepted(ready);
    }
    var released = ready.stream().filter(Proposal::released).toList();
    if (released.size() < ready.size()) {
      proposals.hold(run.scope(), outside);
      trail.append("keyroll", "hold", "proposals of run " + run.id(), outside);
    }
    return released.isEmpty() ? new Decision.Held(outside) : new Decision.Accepted(released);
  }

  private String outsideEnvelope(Run run, List<Proposal> ready) {
    if (current(run.scope()) == 0) {
      return run.definitions().programme().approval().founding() == Founding.HELD
          ? "This is the founding revision; programme.yml wants a person to see it."
          : unheard(run);
    }
    return String.join(
        " ", Breaker.outside(run.definitions(), entries.current(run.scope()), ready));
  }

  /**
   * The bounds of the envelope, and how far the changes of a revision go.
   *
   * @param before the list before them by unit
   */
  public static List<Bound> bounds(
      Definitions definitions, Map<Long, Entry> before, List<Proposal> changes) {
    return Breaker.bounds(definitions, before, changes);
  }

  /** A list founded without a registry that has reported would be another list the night after. */
  private String unheard(Run run) {
    var missing =
        db
            .sql(
                """
                SELECT s.source FROM source s JOIN delivery d USING (source_id)
                WHERE s.programme_id = ?
                GROUP BY s.source HAVING SUM(d.state = 'resolved') = 0 ORDER BY s.source
                """)
            .param(run.scope().programmeId())
            .query(String.class)
            .list()
            .stream()
            .filter(run.definitions().matching().registries()::contains)
            .map(source -> "%s (%s)".formatted(source, run.definitions().source(source).title()))
            .toList();
    return missing.isEmpty()
        ? ""
        : "This is the founding revision, and no file of the registry %s could be taken in yet."
            .formatted(String.join(", ", missing));
  }

  /**
   * Keeps others from publishing and deciding until the caller's transaction ends; false, at once,
   * where somebody is at it.
   */
  public boolean keepStill(Scope scope) {
    return proposals.lockIfFree(scope);
  }

  /** The number of the revision in force; 0 before the first. */
  public long current(Scope scope) {
    return db.sql("SELECT current_revision FROM programme WHERE programme_id = ?")
        .param(scope.programmeId())
        .query(Long.class)
        .single();
  }

  /** The business date of the last run that adjusted the list. */
  public LocalDate lastAsOf(Scope scope) {
    return db.sql(
            "SELECT COALESCE(MAX(r.as_of), CURRENT_DATE) FROM run r JOIN programme p"
                + " USING (programme_id) WHERE r.programme_id = ? AND r.run_id <= p.adjusted_run")
        .param(scope.programmeId())
        .query(LocalDate.class)
        .single();
  }

  /**
   * Nobody decides as of a date before what the list was last adjusted to.
   *
   * @throws Undecidable when the date is before
   */
  void refuseBefore(Scope scope, LocalDate asOf) throws Undecidable {
    var last = lastAsOf(scope);
    if (asOf.isBefore(last)) {
      throw new Undecidable(
          List.of(
              "The list was last adjusted as of %s; decide as of that date or later, with --as-of."
                  .formatted(last)));
    }
  }

  /** Puts accepted proposals in force as the next revision and returns its number. */
  public long number(Run run, List<Proposal> accepted) throws Exception {
    long revision = current(run.scope()) + 1;
    var asOf = run.asOf();
    var provisional = run.definitions().programme().approval().provisional();
    entries.apply(run.scope(), revision, accepted.stream().map(p -> p.effective(asOf)).toList());
    proposals.publish(
        revision, accepted, asOf, provisional == null ? null : asOf.plus(provisional));
    return revision;
  }

  /** The changes that make a revision, in order of unit and act. */
  public List<Proposal> changes(Scope scope, long revision) {
    return proposals.of(scope, revision);
  }

  /** This moment, UTC: what the caller's transaction reads from here on is what is known now. */
  public String moment() {
    return db.sql("SELECT CAST(NOW(6) AS CHAR)").query(String.class).single();
  }

  /**
   * Does something by the definitions that a revision was made by and what was known then. It can
   * only read, and by the caller's thread alone.
   *
   * @return empty where what it takes was not kept in a form that can still be read
   */
  public <T> Optional<T> asKnown(Scope now, Revision revision, Remake<T> remake) throws Exception {
    var knownAt = revision.knownAt();
    var then = definitions.of(now, revision.number());
    if (knownAt == null || then.isEmpty()) {
      return Optional.empty();
    }
    var run = new Run(then.get(), revision.run(), revision.asOf());
    var made = new ArrayList<T>();
    var failed = new ArrayList<Exception>();
    transaction.executeWithoutResult(
        status -> {
          db.sql("SET SESSION system_versioning_asof = ?").param(knownAt).update();
          try {
            made.add(remake.by(run));
          } catch (Exception e) {
            failed.add(e);
          } finally {
            db.sql("SET SESSION system_versioning_asof = DEFAULT").update();
          }
        });
    if (!failed.isEmpty()) {
      throw failed.get(0);
    }
    return Optional.of(made.get(0));
  }

  /**
   * Moves the pointer: from the commit on, readers see this revision.
   *
   * @param knownAt the {@link #moment} before its files were made
   */
  public void publish(Run run, long revision, long units, String manifest, String knownAt) {
    definitions.keep(run, revision);
    db.sql(
            "INSERT INTO revision (programme_id, revision, run_id, as_of, units, manifest,"
                + " known_at) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .params(run.scope().programmeId(), revision, run.id(), run.asOf(), units, manifest, knownAt)
        .update();
    int moved =
        db.sql(
                "UPDATE programme SET current_revision = ?"
                    + " WHERE programme_id = ? AND current_revision = ? - 1")
            .params(revision, run.scope().programmeId(), revision)
            .update();
    if (moved != 1) {
      throw new IllegalStateException(
          "Revision %d does not follow the one in force; another run has published."
              .formatted(revision));
    }
    trail.append("keyroll", "publish", "revision " + revision, "manifest " + manifest);
  }

  /** All revisions, oldest first. */
  public List<Revision> all(Scope scope) {
    return db.sql("SELECT * FROM revision WHERE programme_id = ? ORDER BY revision")
        .param(scope.programmeId())
        .query(REVISION)
        .list();
  }

  /** The revision with a number. */
  public Optional<Revision> find(Scope scope, long number) {
    return db.sql("SELECT * FROM revision WHERE programme_id = ? AND revision = ?")
        .params(scope.programmeId(), number)
        .query(REVISION)
        .optional();
  }
}
