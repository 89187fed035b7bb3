package org.keyroll.publication;

import java.io.IOException;
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
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Entries;
import org.keyroll.adjustment.Entry;
import org.keyroll.adjustment.Revisions;
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

/** Works out the files of a revision from what the database holds. */
@Service
class RevisionFiles {
  private final Revisions revisions;
  private final Entries entries;
  private final Deliveries deliveries;
  private final RejectedRows rejectedRows;
  private final Answers answers;
  private final Freshness freshness;
  private final Measures measures;
  private final SigningKey key;

  RevisionFiles(
      Revisions revisions,
      Entries entries,
      Deliveries deliveries,
      RejectedRows rejectedRows,
      Answers answers,
      Freshness freshness,
      Measures measures,
      SigningKey key) {
    this.revisions = revisions;
    this.entries = entries;
    this.deliveries = deliveries;
    this.rejectedRows = rejectedRows;
    this.answers = answers;
    this.freshness = freshness;
    this.measures = measures;
    this.key = key;
  }

  /**
   * What was made.
   *
   * @param units on the list
   * @param manifest SHA-256 of the manifest
   */
  record Made(long units, String manifest) {}

  /** Makes the files of a revision, whose changes are in force in the database, in a folder. */
  Made make(Run run, long revision, RevisionFolder folder)
      throws IOException, InterruptedException {
    var scope = run.scope();
    var previous = revisions.find(scope, revision - 1).orElse(null);
    var listed = entries.of(scope, revision);
    var list = List.copyOf(listed.values());
    var old = entries.endedBy(scope, revision);
    var changes =
        revisions.changes(scope, revision).stream()
            .map(p -> new Change(p, old.get(p.unit())))
            .toList();
    long since = previous == null ? 0 : previous.run();
    var rejected = rejectedRows.between(scope, since, run.id());
    var files = new Files(folder, new Tables(run.definitions(), revision, run.asOf()), run);
    var authority = run.definitions().programme().authority();
    files.list("authority", authority.id(), authority.title(), list);
    files.changes("authority", authority.id(), authority.title(), changes);
    files.rejections("authority", authority.id(), authority.title(), rejected);
    var ages = freshness.of(scope, run.asOf());
    files.freshness("authority", authority.id(), authority.title(), ages);
    var report = run.definitions().publication().report();
    var open = report == null ? List.<Measure>of() : measures.open(scope);
    var known = known(scope, revision, listed, open);
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
                    known,
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
      return new Made(list.size(), folder.seal(manifest, key));
    } finally {
      for (var file : written) {
        java.nio.file.Files.delete(file);
      }
    }
  }

  /** The entry of each unit with a measure: on the list, or the one that it had last. */
  private Map<Long, Entry> known(
      Scope scope, long revision, Map<Long, Entry> listed, List<Measure> measures) {
    var known = new HashMap<Long, Entry>();
    var left = new TreeSet<Long>();
    for (var measure : measures) {
      var entry = listed.get(measure.unit());
      if (entry == null) {
        left.add(measure.unit());
      } else {
        known.put(measure.unit(), entry);
      }
    }
    known.putAll(entries.last(scope, revision, left));
    return known;
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
