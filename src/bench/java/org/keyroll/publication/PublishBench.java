package org.keyroll.publication;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.keyroll.adjustment.Entry;
import org.keyroll.adjustment.Proposal;
import org.keyroll.definition.DefinitionReader;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Departments;
import org.keyroll.definition.Departments.Department;
import org.keyroll.definition.Run;
import org.keyroll.definition.Scope;
import org.keyroll.followup.Measures.Measure;
import org.keyroll.publication.Tables.Change;
import org.keyroll.unit.UnitId;

/**
 * Writes the files of a founding revision: 50,000 units on the list, all of them changes, two
 * measures for each, 40 departments.
 */
final class PublishBench {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 2);

  private PublishBench() {}

  public static void main(String[] args) throws Exception {
    int units = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
    int departments = args.length > 1 ? Integer.parseInt(args[1]) : 40;
    var definitions = with(departments);
    var run = new Run(new Scope(definitions, 1, Map.of()), 1, DAY);
    for (int round = 0; round < 3; round++) {
      var folder = Files.createTempDirectory("publish-bench");
      long start = System.nanoTime();
      var target = new RevisionFolder(folder);
      var titles = new TreeMap<String, String>();
      RevisionFiles.lay(
          new AudienceFiles(
              target, new Tables(definitions, 1, DAY), run, 1, "authority", "a", "A", titles),
          known(definitions, units));
      var lines = target.write();
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%,d units, %d departments: %d files, %,d rows, %,d MB, %.1f s%n",
          units,
          departments,
          lines.size(),
          lines.stream().mapToLong(Manifest.FileLine::rows).sum(),
          lines.stream().mapToLong(Manifest.FileLine::size).sum() >> 20,
          seconds);
      delete(folder);
    }
  }

  private static Definitions with(int departments) throws Exception {
    var read = DefinitionReader.read(Path.of("jobs"), "counter-espionage");
    var all =
        IntStream.range(0, departments)
            .mapToObj(i -> new Department("department-" + i, "部门" + i))
            .toList();
    return new Definitions(
        read.programme(),
        read.sources(),
        read.matching(),
        read.policy(),
        new Departments(all, List.of(), List.of("department-0")),
        read.publication(),
        read.followup(),
        read.letters(),
        read.cases(),
        read.versions(),
        read.forms());
  }

  private static RevisionFiles.Known known(Definitions definitions, int units) {
    var list = new ArrayList<Entry>();
    var changes = new ArrayList<Change>();
    var open = new ArrayList<Measure>();
    var entries = new TreeMap<Long, Entry>();
    int departments = definitions.departments().departments().size();
    for (int i = 1; i <= units; i++) {
      var entry = entry(i, departments);
      list.add(entry);
      entries.put((long) i, entry);
      changes.add(new Change(1, proposal(i, entry), null));
      for (var measure : List.of("written-notice", "rectification")) {
        open.add(
            new Measure(measure, i, entry.name(), "revision 1", DAY, DAY.plusDays(i % 90), null));
      }
    }
    var windows = new TreeMap<Integer, List<Change>>();
    definitions.publication().windows().forEach(days -> windows.put(days, changes));
    return new RevisionFiles.Known(
        list, changes, windows, List.of(), List.of(), open, List.of(), entries);
  }

  /** Every fourth is assigned to two departments. */
  private static Entry entry(int i, int departments) {
    var first = "department-" + i % departments;
    var second = "department-" + (i + 7) % departments;
    return new Entry(
        new UnitId(i).toString(),
        "青岚市示范科技有限公司第" + i + "分公司",
        "91350100M%08dX".formatted(i),
        List.of("first", "second", "third").get(i % 3),
        i % 1000 / 1000.0,
        i % 4 == 0 ? List.of(first, second) : List.of(first),
        DAY,
        "评分 0.%04d = 单位性质 0.1050（事业单位）+ 行业 0.1200（国防科技工业）+ 涉密等级 0.2400（机密）+ 外资占比 0.0600（30%%）。"
            .formatted(i % 10_000),
        "反间谍安全防范工作规定，国家安全部令2021年第1号，2021年4月26日起施行",
        Map.of("industry", "defence", "region", "350100"),
        null);
  }

  private static Proposal proposal(int i, Entry entry) {
    return new Proposal(
        1,
        i,
        Proposal.Act.ADD,
        entry,
        "",
        "一级重点单位",
        entry.reason(),
        entry.legalBasis(),
        null,
        0,
        DAY,
        List.of("keyroll"),
        0,
        null,
        Proposal.State.FINAL,
        false,
        null);
  }

  private static void delete(Path folder) throws java.io.IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
