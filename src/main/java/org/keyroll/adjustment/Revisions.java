package org.keyroll.adjustment;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Proposal.Act;
import org.keyroll.adjustment.Proposal.State;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Programme.Founding;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Decides on proposals within the envelope of the programme and numbers the states of the list. */
@Service
public class Revisions {
  private final JdbcClient db;
  private final Proposals proposals;
  private final Entries entries;
  private final Trail trail;

  Revisions(JdbcClient db, Proposals proposals, Entries entries, Trail trail) {
    this.db = db;
    this.proposals = proposals;
    this.entries = entries;
    this.trail = trail;
  }

  /**
   * A numbered, immutable state of the list.
   *
   * @param manifest SHA-256 of its {@code manifest.json}
   */
  public record Revision(long number, long run, LocalDate asOf, long units, String manifest) {}

  /** What was decided about the open proposals. */
  public sealed interface Decision {
    /** Nothing is open. */
    record Nothing() implements Decision {}

    /** The changes are outside the envelope; {@code why} says how, for a person to judge. */
    record Held(String why) implements Decision {}

    /** The changes are accepted. */
    record Accepted(List<Proposal> proposals) implements Decision {}
  }

  /**
   * Decides on all open proposals, within the caller's transaction.
   *
   * @param release who lets a revision outside the envelope go out, and why; null for nobody
   */
  public Decision decide(Run run, @Nullable Release release) {
    var open = proposals.open(run.scope());
    if (open.isEmpty()) {
      return new Decision.Nothing();
    }
    var outside = outsideEnvelope(run, open);
    if (outside.isPresent() && release == null) {
      proposals.decide(run.scope(), State.HELD, "envelope", outside.get());
      trail.append("keyroll", "hold", "proposals of run " + run.id(), outside.get());
      return new Decision.Held(outside.get());
    }
    if (release == null) {
      proposals.decide(run.scope(), State.ACCEPTED, "envelope", null);
    } else {
      proposals.decide(run.scope(), State.ACCEPTED, release.actor(), release.cause());
      trail.append(release.actor(), "release", open.size() + " proposals", release.cause());
    }
    return new Decision.Accepted(open);
  }

  /** A person lets a held revision go out. */
  public record Release(String actor, String cause) {}

  private Optional<String> outsideEnvelope(Run run, List<Proposal> open) {
    var approval = run.definitions().programme().approval();
    int before = entries.current(run.scope()).size();
    if (current(run.scope()) == 0) {
      return approval.founding() == Founding.HELD
          ? Optional.of("This is the founding revision; programme.yml wants a person to see it.")
          : Optional.empty();
    }
    long entering = open.stream().filter(p -> p.act() == Act.ADD).count();
    long leaving = open.stream().filter(p -> p.act() == Act.DROP).count();
    if (entering > approval.envelope().entering() * before) {
      return Optional.of(outside(entering, "enter", before, approval.envelope().entering()));
    }
    if (leaving > approval.envelope().leaving() * before) {
      return Optional.of(outside(leaving, "leave", before, approval.envelope().leaving()));
    }
    return Optional.empty();
  }

  private static String outside(long units, String verb, int before, double allowed) {
    return String.format(
        Locale.ROOT,
        "%d units would %s a list of %d; programme.yml allows %.0f %% without a person.",
        units,
        verb,
        before,
        allowed * 100);
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

  /** Puts accepted proposals in force as the next revision and returns its number. */
  public long number(Run run, List<Proposal> accepted) throws Exception {
    long revision = current(run.scope()) + 1;
    entries.apply(run.scope(), revision, accepted);
    proposals.publishedWith(run.scope(), revision);
    return revision;
  }

  /** The changes that make a revision, in order of unit and act. */
  public List<Proposal> changes(Scope scope, long revision) {
    return proposals.of(scope, revision);
  }

  /** Moves the pointer: from the commit on, readers see this revision. */
  public void publish(Run run, long revision, long units, String manifest) {
    db.sql(
            "INSERT INTO revision (programme_id, revision, run_id, as_of, units, manifest)"
                + " VALUES (?, ?, ?, ?, ?, ?)")
        .params(run.scope().programmeId(), revision, run.id(), run.asOf(), units, manifest)
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
        .query(
            (row, n) ->
                new Revision(
                    row.getLong("revision"),
                    row.getLong("run_id"),
                    row.getObject("as_of", LocalDate.class),
                    row.getLong("units"),
                    row.getString("manifest")))
        .list();
  }
}
