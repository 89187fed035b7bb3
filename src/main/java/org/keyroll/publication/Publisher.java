package org.keyroll.publication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Entries;
import org.keyroll.adjustment.Entry;
import org.keyroll.adjustment.Proposal;
import org.keyroll.adjustment.Revisions;
import org.keyroll.adjustment.Revisions.Decision;
import org.keyroll.adjustment.Revisions.Revision;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.followup.Measures;
import org.keyroll.followup.Measures.Measure;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Freshness;
import org.keyroll.intake.RejectedRows;
import org.keyroll.intake.RejectedRows.RejectedCell;
import org.keyroll.publication.Tables.Change;
import org.keyroll.table.AnnotatedWorkbook;
import org.keyroll.table.SheetContent;
import org.keyroll.table.TableWriter;
import org.keyroll.table.WorkbookInfo;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Makes the next revision: decides, writes its files, and moves the pointer, all or nothing. */
@Service
public class Publisher {
  private final Revisions revisions;
  private final Entries entries;
  private final Deliveries deliveries;
  private final RejectedRows rejectedRows;
  private final Answers answers;
  private final PublishedFolders folders;
  private final Freshness freshness;
  private final Measures measures;
  private final SigningKey key;

  Publisher(
      Revisions revisions,
      Entries entries,
      Deliveries deliveries,
      RejectedRows rejectedRows,
      Answers answers,
      PublishedFolders folders,
      Freshness freshness,
      Measures measures,
      SigningKey key) {
    this.revisions = revisions;
    this.entries = entries;
    this.deliveries = deliveries;
    this.rejectedRows = rejectedRows;
    this.answers = answers;
    this.folders = folders;
    this.freshness = freshness;
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

    /** A revision is out. */
    record Published(long revision, Path folder, long units, List<Proposal> changes)
        implements Outcome {}
  }

  /**
   * Publishes within the caller's transaction: until it commits, readers see the revision before.
   */
  public Outcome publish(Run run) throws Exception {
    var published = folders.of(run.definitions().programme().id());
    RevisionFolder.sweep(published, revisions.current(run.scope()));
    if (revisions.current(run.scope()) > 0) {
      catalog(run.scope()).write(published, key); // as a cut after the last commit may have left it
    }
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
    long before = revisions.current(run.scope());
    long revision = revisions.number(run, accepted.proposals());
    measures.followUp(run, revision);
    var made = make(run, revision, before);
    revisions.publish(run, revision, made.units(), made.manifest());
    afterCommit(catalog(run.scope()), published);
    return new Outcome.Published(
        revision,
        folders.of(run.definitions().programme().id(), revision),
        made.units(),
        accepted.proposals());
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

  private record Made(long units, String manifest) {}

  private Made make(Run run, long revision, long before) throws IOException, InterruptedException {
    var scope = run.scope();
    var previous =
        revisions.all(scope).stream().filter(r -> r.number() == before).findFirst().orElse(null);
    var listed = entries.of(scope, revision);
    var list = List.copyOf(listed.values());
    var old = entries.endedBy(scope, revision);
    var changes =
        revisions.changes(scope, revision).stream()
            .map(p -> new Change(p, old.get(p.unit())))
            .toList();
    long since = previous == null ? 0 : previous.run();
    var rejected = rejectedRows.between(scope, since, run.id());
    var folder = new RevisionFolder(folders.of(scope.programme().id()));
    var files = new Files(folder, new Tables(run.definitions(), revision, run.asOf()), run);
    var authority = run.definitions().programme().authority();
    files.list("authority", authority.id(), authority.title(), list);
    files.changes("authority", authority.id(), authority.title(), changes);
    files.rejections("authority", authority.id(), authority.title(), rejected);
    var ages = freshness.of(scope, run.asOf());
    files.freshness("authority", authority.id(), authority.title(), ages);
    var report = run.definitions().publication().report();
    var open = report == null ? List.<Measure>of() : measures.open(scope);
    var departments = departments(scope, listed, open);
    for (var department : run.definitions().departments().departments()) {
      var path = "departments/" + department.id();
      Predicate<Entry> mine = e -> e.departments().contains(department.id());
      files.list(path, department.id(), department.title(), list.stream().filter(mine).toList());
      files.changes(
          path,
          department.id(),
          department.title(),
          changes.stream().filter(c -> concerns(c, mine)).toList());
      var sources = run.definitions().sentBy(department.id()).stream().map(s -> s.id()).toList();
      if (report != null) {
        files.report(
            path,
            department.id(),
            new AssignmentReport(run.definitions(), report, department, revision, run.asOf())
                .sheets(
                    list,
                    changes,
                    open,
                    departments,
                    ages.stream().filter(s -> sources.contains(s.source().id())).toList()),
            report);
      }
      if (!sources.isEmpty()) {
        files.rejections(
            path,
            department.id(),
            department.title(),
            rejected.stream().filter(c -> sources.contains(c.source())).toList());
        files.freshness(
            path,
            department.id(),
            department.title(),
            ages.stream().filter(s -> sources.contains(s.source().id())).toList());
      }
    }
    var written = new ArrayList<Path>();
    try {
      answers(run, deliveries.between(scope, since, run.id()), folder, written);
      var manifest = manifest(run, revision, previous, list.size(), folder.write());
      return new Made(list.size(), folder.publish(revision, manifest, key));
    } finally {
      for (var file : written) {
        java.nio.file.Files.delete(file);
      }
    }
  }

  /** The departments of each unit with a measure: those on the list, or those that it had last. */
  private Map<Long, List<String>> departments(
      Scope scope, Map<Long, Entry> listed, List<Measure> measures) {
    var units = measures.stream().map(Measure::unit).collect(Collectors.toSet());
    var departments = new HashMap<Long, List<String>>();
    var left = new TreeSet<Long>();
    for (var unit : units) {
      var entry = listed.get(unit);
      if (entry == null) {
        left.add(unit);
      } else {
        departments.put(unit, entry.departments());
      }
    }
    entries.last(scope, left).forEach((unit, e) -> departments.put(unit, e.departments()));
    return departments;
  }

  /**
   * Each department receives the files that it sent back, where there is anything to mend.
   *
   * @param written takes the temporary files; they are written one after another, for each may take
   *     much memory
   */
  private void answers(Run run, List<Delivery> received, RevisionFolder folder, List<Path> written)
      throws IOException {
    var taken = new HashSet<String>();
    for (var delivery : received) {
      var source = run.definitions().sources().get(delivery.source());
      if (source == null || !Answers.isDue(delivery)) {
        continue;
      }
      var file = java.nio.file.Files.createTempFile("keyroll", ".answer");
      written.add(file);
      AnnotatedWorkbook.Form form;
      try (var out = java.nio.file.Files.newOutputStream(file)) {
        form = answers.write(run.definitions(), delivery, out);
      }
      var name = "departments/%s/answers/%s".formatted(source.sender(), Answers.name(delivery));
      var path = name + form.extension();
      for (int n = 2; !taken.add(path.toLowerCase(Locale.ROOT)); n++) {
        path = "%s (%d)%s".formatted(name, n, form.extension());
      }
      folder.add(
          path,
          source.sender(),
          out -> {
            java.nio.file.Files.copy(file, out);
            return delivery.counts().rejected();
          });
    }
  }

  private static boolean concerns(Change change, Predicate<Entry> mine) {
    var now = change.proposal().entry();
    var before = change.before();
    return now != null && mine.test(now) || before != null && mine.test(before);
  }

  private Manifest manifest(
      Run run,
      long revision,
      @Nullable Revision previous,
      long units,
      List<Manifest.FileLine> files) {
    var lines = new ArrayList<Manifest.DeliveryLine>();
    for (var source : run.definitions().sources().keySet()) {
      deliveries
          .last(run.scope(), source)
          .ifPresent(
              d ->
                  lines.add(
                      new Manifest.DeliveryLine(
                          source,
                          d.fileName(),
                          d.sha256(),
                          d.asOf().toString(),
                          d.covers() == null ? null : d.covers().toString(),
                          d.counts().read(),
                          d.counts().accepted(),
                          d.counts().rejected(),
                          d.counts().duplicate())));
    }
    Map<String, String> versions = new TreeMap<>(run.definitions().versions());
    return new Manifest(
        run.definitions().programme().id(),
        revision,
        previous == null ? null : previous.manifest(),
        run.asOf().toString(),
        units,
        run.definitions().policyVersion(),
        versions,
        lines,
        Seal.root(files),
        files);
  }

  /** Writes each table as a workbook and as csv, and counts its rows again. */
  private record Files(RevisionFolder folder, Tables tables, Run run) {

    void list(String path, String audience, String title, List<Entry> list) {
      both(path + "/list", audience, tables.list(title, list), list.size());
    }

    void changes(String path, String audience, String title, List<Change> changes) {
      both(path + "/changes", audience, tables.changes(title, changes), changes.size());
    }

    void rejections(String path, String audience, String title, List<RejectedCell> cells) {
      both(path + "/rejected-rows", audience, tables.rejections(title, cells), cells.size());
    }

    void freshness(String path, String audience, String title, List<Freshness.OfSource> sources) {
      var table = run.definitions().publication().freshness();
      if (table != null) {
        both(path + "/sources", audience, tables.freshness(table, title, sources), sources.size());
      }
    }

    void report(String path, String audience, List<SheetContent> sheets, String title) {
      long rows = sheets.stream().mapToLong(s -> ((List<?>) s.rows()).size()).sum();
      folder.add(
          path + "/assignment-report.xlsx",
          audience,
          out -> complete(TableWriter.xlsx(out, info(title), sheets), rows, path));
    }

    private WorkbookInfo info(String title) {
      return new WorkbookInfo(
          title, run.definitions().programme().authority().title(), created(run.asOf()));
    }

    private void both(String path, String audience, SheetContent table, long rows) {
      var info = info(table.title());
      folder.add(
          path + ".xlsx",
          audience,
          out -> complete(TableWriter.xlsx(out, info, List.of(table)), rows, path));
      folder.add(path + ".csv", audience, out -> complete(TableWriter.csv(out, table), rows, path));
    }

    private static java.time.Instant created(LocalDate asOf) {
      return asOf.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static long complete(long written, long rows, String path) throws IOException {
      if (written != rows) {
        throw new IOException(
            "%s holds %d rows instead of %d; nothing was published".formatted(path, written, rows));
      }
      return written;
    }
  }
}
