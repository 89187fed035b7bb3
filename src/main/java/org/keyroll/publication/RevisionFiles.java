package org.keyroll.publication;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Decisions;
import org.keyroll.adjustment.Entries;
import org.keyroll.adjustment.Entry;
import org.keyroll.adjustment.Objection;
import org.keyroll.adjustment.Objections;
import org.keyroll.adjustment.Revisions;
import org.keyroll.adjustment.Revisions.Revision;
import org.keyroll.definition.Departments.Department;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.followup.Measures;
import org.keyroll.followup.Measures.Measure;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.Freshness;
import org.keyroll.intake.Freshness.OfSource;
import org.keyroll.intake.RejectedRows;
import org.keyroll.intake.RejectedRows.RejectedCell;
import org.keyroll.intake.RuleWords;
import org.keyroll.publication.Tables.Change;
import org.keyroll.table.AnnotatedWorkbook;
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
  private final Objections objections;
  private final Decisions decisions;
  private final SigningKey key;

  RevisionFiles(
      Revisions revisions,
      Entries entries,
      Deliveries deliveries,
      RejectedRows rejectedRows,
      Answers answers,
      Freshness freshness,
      Measures measures,
      Objections objections,
      Decisions decisions,
      SigningKey key) {
    this.revisions = revisions;
    this.entries = entries;
    this.deliveries = deliveries;
    this.rejectedRows = rejectedRows;
    this.answers = answers;
    this.freshness = freshness;
    this.measures = measures;
    this.objections = objections;
    this.decisions = decisions;
    this.key = key;
  }

  /**
   * What was made.
   *
   * @param units on the list
   * @param manifest SHA-256 of the manifest
   * @param files how many it names
   * @param rows of the lists, as they were counted when they were written
   */
  record Made(long units, String manifest, int files, Rows rows) {}

  /**
   * Rows of the lists, the same in each form.
   *
   * @param authority one for each unit
   * @param assigned one for each unit and department of it
   * @param departments that have a list
   */
  record Rows(long authority, long assigned, int departments) {}

  /** Makes the files of a revision, whose changes are in force in the database, in a folder. */
  Made make(Run run, long revision, RevisionFolder folder)
      throws IOException, InterruptedException {
    var scope = run.scope();
    var previous = revisions.find(scope, revision - 1).orElse(null);
    var listed = entries.of(scope, revision);
    var list = List.copyOf(listed.values());
    var changes = changes(scope, revision);
    long since = previous == null ? 0 : previous.run();
    var rejected = rejectedRows.between(scope, since, run.id());
    var definitions = run.definitions();
    var ages = freshness.of(scope, run.asOf());
    boolean reports = definitions.publication().report() != null;
    var open = reports ? measures.open(scope) : List.<Measure>of();
    var against = reports ? objections.toAnswer(scope) : List.<Objection>of();
    var authority = definitions.programme().authority();
    var titles = new TreeMap<String, String>();
    var whole =
        new AudienceFiles(
            folder,
            new Tables(definitions, revision, run.asOf()),
            run,
            revision,
            "authority",
            authority.id(),
            authority.title(),
            titles);
    lay(
        whole,
        new Known(
            list,
            changes,
            windows(run, revision, changes),
            rejected,
            ages,
            open,
            against,
            known(scope, revision, listed, open, against)));
    var written = new ArrayList<Path>();
    try {
      answers(run, deliveries.between(scope, since, run.id()), whole, written);
      var lines = new ArrayList<>(folder.write());
      var rows = counted(list, definitions.departments().departments(), lines);
      var title = definitions.publication().runReport();
      if (title != null) {
        var report = new RunReport(definitions, title, revision, run.asOf());
        lines.addAll(
            whole.runReport(
                title,
                report.words(),
                report.sheets(
                    told(scope, revision, since, run.id(), ages, listed, changes, lines))));
        lines.sort(Comparator.comparing(Manifest.FileLine::path));
      }
      var all = withIndices(run, revision, list.size(), titles, lines, folder);
      var manifest = manifest(run, revision, previous, list.size(), all);
      return new Made(list.size(), folder.seal(manifest, key), all.size(), rows);
    } finally {
      for (var file : written) {
        java.nio.file.Files.delete(file);
      }
    }
  }

  /** What the report of a run tells. */
  private RunReport.Told told(
      Scope scope,
      long revision,
      long since,
      long run,
      List<OfSource> ages,
      Map<Long, Entry> list,
      List<Change> changes,
      List<Manifest.FileLine> files) {
    var rules = new RuleWords(scope.programme());
    return new RunReport.Told(
        deliveries.between(scope, since, run).stream()
            .map(
                d ->
                    new RunReport.Received(
                        d, deliveries.gates(d), deliveries.refusal(d).map(rules::say).orElse(null)))
            .toList(),
        deliveries.untaken(scope, since, run),
        ages,
        list,
        changes,
        decisions.ofRevision(scope, revision),
        List.copyOf(files));
  }

  /** A revision that changes more units than the programme says has its letters on demand. */
  private static void letters(AudienceFiles whole, List<Change> changes) {
    var definitions = whole.run().definitions();
    var letters = new UnitLetters(definitions, whole.revision(), whole.run().asOf());
    var all = letters.of(changes);
    if (all.size() <= definitions.letters().most()) {
      all.forEach(l -> whole.add(l.path(), l.title(), 1, out -> letters.write(out, l)));
    }
  }

  /**
   * Writes the letters of a revision into a folder, the same bytes as those that are published.
   *
   * @return how many there are
   */
  int letters(Run run, long revision, Path into) throws IOException {
    var letters = new UnitLetters(run.definitions(), revision, run.asOf());
    var all = letters.of(changes(run.scope(), revision));
    for (var letter : all) {
      var file = into.resolve(letter.path());
      java.nio.file.Files.createDirectories(file.getParent());
      try (var out = java.nio.file.Files.newOutputStream(file)) {
        letters.write(out, letter);
      }
    }
    return all.size();
  }

  /**
   * What the files of a revision tell.
   *
   * @param list in order of units
   * @param changes since the last revision, in order of unit and act
   * @param windows days to the changes within them
   * @param open measures that are not closed
   * @param objections to be answered
   * @param entries of each unit with either: on the list, or the one that it had last
   */
  record Known(
      List<Entry> list,
      List<Change> changes,
      SortedMap<Integer, List<Change>> windows,
      List<RejectedCell> rejected,
      List<OfSource> ages,
      List<Measure> open,
      List<Objection> objections,
      Map<Long, Entry> entries) {}

  /** Names the files of the authority and of each department. */
  static void lay(AudienceFiles whole, Known known) {
    var definitions = whole.run().definitions();
    var report = definitions.publication().report();
    whole.list(known.list());
    whole.changes(known.changes());
    known.windows().forEach(whole::changes);
    whole.rejections(known.rejected());
    whole.freshness(known.ages());
    letters(whole, known.changes());
    for (var department : definitions.departments().departments()) {
      var files =
          whole.of(
              RevisionFolder.DEPARTMENTS + department.id(), department.id(), department.title());
      Predicate<Entry> mine = e -> e.departments().contains(department.id());
      files.list(known.list().stream().filter(mine).toList());
      files.changes(concerning(known.changes(), mine));
      known.windows().forEach((days, all) -> files.changes(days, concerning(all, mine)));
      var sources = definitions.sentBy(department.id()).stream().map(s -> s.id()).toList();
      var sent = known.ages().stream().filter(s -> sources.contains(s.source().id())).toList();
      if (report != null) {
        files.report(
            report,
            new AssignmentReport(
                    definitions, report, department, whole.revision(), whole.run().asOf())
                .sheets(
                    known.list(),
                    known.changes(),
                    known.open(),
                    known.objections(),
                    known.entries(),
                    sent));
      }
      if (!sources.isEmpty()) {
        files.rejections(
            known.rejected().stream().filter(c -> sources.contains(c.source())).toList());
        files.freshness(sent);
      }
    }
  }

  private List<Change> changes(Scope scope, long revision) {
    var old = entries.endedBy(scope, revision);
    return revisions.changes(scope, revision).stream()
        .map(p -> new Change(revision, p, old.get(p.unit())))
        .toList();
  }

  /** Days to the changes that took effect within them, in order of revision, unit and act. */
  private SortedMap<Integer, List<Change>> windows(Run run, long revision, List<Change> changes) {
    var windows = new TreeMap<Integer, List<Change>>();
    run.definitions().publication().windows().forEach(days -> windows.put(days, new ArrayList<>()));
    if (windows.isEmpty()) {
      return windows;
    }
    var first = run.asOf().minusDays(windows.lastKey() - 1);
    for (var earlier : revisions.all(run.scope())) {
      if (earlier.number() < revision && !earlier.asOf().isBefore(first)) {
        var made = changes(run.scope(), earlier.number());
        windows.forEach(
            (days, all) -> {
              if (!earlier.asOf().isBefore(run.asOf().minusDays(days - 1))) {
                all.addAll(made);
              }
            });
      }
    }
    windows.values().forEach(all -> all.addAll(changes));
    return windows;
  }

  private static List<Change> concerning(List<Change> changes, Predicate<Entry> mine) {
    return changes.stream().filter(c -> concerns(c, mine)).toList();
  }

  /**
   * Holds the rows of the lists that were written against the list: each unit has its row for the
   * authority, and one for each of its departments.
   */
  private static Rows counted(
      List<Entry> list, List<Department> departments, List<Manifest.FileLine> lines)
      throws IOException {
    var ids = departments.stream().map(Department::id).collect(Collectors.toSet());
    long assigned = 0;
    for (var entry : list) {
      assigned += entry.departments().stream().filter(ids::contains).count();
    }
    for (var form : List.of("xlsx", "csv", "json")) {
      long whole = rows(lines, "authority/list." + form);
      long shares = 0;
      for (var id : ids) {
        shares += rows(lines, RevisionFolder.DEPARTMENTS + id + "/list." + form);
      }
      if (whole != list.size() || shares != assigned) {
        throw new IOException(
            "the lists in %s hold %d and %d rows instead of %d and %d; nothing was published"
                .formatted(form, whole, shares, list.size(), assigned));
      }
    }
    return new Rows(list.size(), assigned, ids.size());
  }

  private static long rows(List<Manifest.FileLine> lines, String path) {
    return lines.stream()
        .filter(l -> l.path().equals(path))
        .mapToLong(Manifest.FileLine::rows)
        .findFirst()
        .orElse(-1);
  }

  /** All files with the pages that list them, in order of their paths. */
  private static List<Manifest.FileLine> withIndices(
      Run run,
      long revision,
      long units,
      Map<String, String> titles,
      List<Manifest.FileLine> lines,
      RevisionFolder folder)
      throws IOException {
    var page = new IndexPage(run.definitions(), revision, run.asOf(), units, titles);
    var all = new ArrayList<>(lines);
    for (var department : run.definitions().departments().departments()) {
      var within = RevisionFolder.DEPARTMENTS + department.id() + "/";
      var mine = lines.stream().filter(l -> l.path().startsWith(within)).toList();
      all.add(
          folder.write(
              within + IndexPage.NAME,
              department.id(),
              out -> page.ofDepartment(out, department, within, mine)));
    }
    all.add(
        folder.write(
            IndexPage.NAME,
            run.definitions().programme().authority().id(),
            out -> page.ofRevision(out, lines)));
    all.sort(Comparator.comparing(Manifest.FileLine::path));
    return all;
  }

  /**
   * The entry of each unit with a measure or an objection: on the list, or the one that it had
   * last.
   */
  private Map<Long, Entry> known(
      Scope scope,
      long revision,
      Map<Long, Entry> listed,
      List<Measure> measures,
      List<Objection> objections) {
    var units = new TreeSet<Long>();
    measures.forEach(m -> units.add(m.unit()));
    objections.forEach(o -> units.add(o.unit().number()));
    var known = new HashMap<Long, Entry>();
    var left = new TreeSet<Long>();
    for (var unit : units) {
      var entry = listed.get(unit);
      if (entry == null) {
        left.add(unit);
      } else {
        known.put(unit, entry);
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
  private void answers(Run run, List<Delivery> received, AudienceFiles whole, List<Path> written)
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
      var files =
          whole.of(RevisionFolder.DEPARTMENTS + source.sender(), source.sender(), source.title());
      var name = "answers/" + Answers.name(delivery);
      var path = name + form.extension();
      for (int n = 2; !taken.add(source.sender() + path.toLowerCase(Locale.ROOT)); n++) {
        path = "%s (%d)%s".formatted(name, n, form.extension());
      }
      files.add(
          path,
          answers.title(run.definitions(), delivery),
          delivery.counts().rejected(),
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
}
