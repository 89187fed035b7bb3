package org.keyroll.publication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.keyroll.adjustment.Proposal;
import org.keyroll.adjustment.Revisions;
import org.keyroll.adjustment.Revisions.Decision;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.followup.Measures;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Makes the next revision: decides, writes its files, and moves the pointer, all or nothing. */
@Service
public class Publisher {
  private final Revisions revisions;
  private final RevisionFiles files;
  private final PublishedFolders folders;
  private final Measures measures;
  private final SigningKey key;

  Publisher(
      Revisions revisions,
      RevisionFiles files,
      PublishedFolders folders,
      Measures measures,
      SigningKey key) {
    this.revisions = revisions;
    this.files = files;
    this.folders = folders;
    this.measures = measures;
    this.key = key;
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** The list is as it was; nothing is published. */
    record Unchanged() implements Outcome {}

    /** A person has to look first. */
    record Held(String why) implements Outcome {}

    /** Persons have to approve the proposals for so many units first. */
    record Waiting(long units) implements Outcome {}

    /**
     * A revision is out.
     *
     * @param files how many its manifest names
     * @param rows of the list for the authority, as they were counted when they were written
     * @param assigned rows of the lists of all departments
     * @param departments that have a list
     */
    record Published(
        long revision,
        Path folder,
        long units,
        int files,
        long rows,
        long assigned,
        int departments,
        List<Proposal> changes)
        implements Outcome {}
  }

  /**
   * Publishes within the caller's transaction: until it commits, readers see the revision before.
   */
  public Outcome publish(Run run) throws Exception {
    var published = folders.of(run.definitions().programme().id());
    repair(run.scope(), published);
    var decision = revisions.decide(run);
    if (decision instanceof Decision.Held held) {
      return new Outcome.Held(held.why());
    }
    if (decision instanceof Decision.Waiting waiting) {
      return new Outcome.Waiting(waiting.units());
    }
    if (!(decision instanceof Decision.Accepted accepted)) {
      return new Outcome.Unchanged();
    }
    long revision = revisions.number(run, accepted.proposals());
    measures.followUp(run, revision);
    var knownAt = revisions.moment();
    var folder = RevisionFolder.staged(published);
    var made = files.make(run, revision, folder);
    folder.move(published.resolve(PublishedFolders.name(revision)));
    revisions.publish(run, revision, made.units(), made.manifest(), knownAt);
    afterCommit(catalog(run.scope()), published);
    return new Outcome.Published(
        revision,
        folders.of(run.definitions().programme().id(), revision),
        made.units(),
        made.files(),
        made.rows().authority(),
        made.rows().assigned(),
        made.rows().departments(),
        accepted.proposals());
  }

  /**
   * Puts right what a cut in publishing has left, within the caller's transaction; it leaves that
   * to a run that is publishing at this moment.
   */
  public void repair(Scope scope) throws IOException {
    if (revisions.keepStill(scope)) {
      repair(scope, folders.of(scope.programme().id()));
    }
  }

  /** Folders that were never in force go, and the catalog names the last one that is. */
  private void repair(Scope scope, Path published) throws IOException {
    long current = revisions.current(scope);
    RevisionFolder.sweep(published, current);
    if (current > 0) {
      catalog(scope).write(published, key);
    }
  }

  private Catalog catalog(Scope scope) {
    var all = revisions.all(scope);
    return new Catalog(
        scope.programme().id(),
        all.isEmpty() ? 0 : all.get(all.size() - 1).number(),
        all.stream()
            .map(
                r ->
                    new Catalog.Line(
                        r.number(),
                        PublishedFolders.name(r.number()),
                        r.asOf().toString(),
                        r.units(),
                        r.manifest()))
            .toList());
  }

  /**
   * The catalog never names a revision that is not in force; after a cut the next run writes it.
   */
  private void afterCommit(Catalog catalog, Path published) {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            try {
              catalog.write(published, key);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }
}
