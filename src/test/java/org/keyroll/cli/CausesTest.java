package org.keyroll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.keyroll.Homes;
import org.keyroll.adjustment.Cause;
import org.keyroll.bench.SampleCodes;

/**
 * Fifty nights, before each of which one thing or several are changed at random: no change of the
 * list may be put down to a thing that was not, and each has one cause.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CausesTest {
  private static final int NIGHTS = 50;
  private static final int UNITS = 18;
  private static final int MEMBERS = 8;
  private static final Path JOBS = Path.of("src/test/resources/causes/jobs");

  @TempDir static Path folder;
  private final Random random = new Random(20261126);
  private Shell shell;
  private Path jobs;
  private LocalDate asOf = LocalDate.of(2026, 1, 20);
  private int night;
  private int newcomers;
  private final Map<String, List<String>> register = new TreeMap<>();
  private final Map<String, List<String>> chamber = new TreeMap<>();
  private final Map<String, List<String>> inspection = new TreeMap<>();
  private final Map<String, List<String>> survey = new TreeMap<>();

  /** Members of the chamber that a person has joined to other units, and what was said of it. */
  private final Map<String, String> joined = new TreeMap<>();

  /** What was changed before a night that has published, and what it said of causes. */
  private record Told(int night, Set<Cause> changed, String line) {}

  private final Map<Integer, Told> nights = new TreeMap<>();

  private static String code(String who) {
    return SampleCodes.code(who, "enterprise", "310000", false);
  }

  @BeforeAll
  void found() throws Exception {
    jobs = folder.resolve("jobs");
    Homes.copy(JOBS, jobs);
    shell = new Shell(folder.resolve("home"), jobs, "quarter");
    key("root", "administrator", "");
    key("ed", "editor", "root");
    key("ann", "approver", "root");
    for (int i = 0; i < UNITS; i++) {
      register("R" + i);
    }
    for (int i = 0; i < MEMBERS; i++) {
      chamber.put("m" + i, new ArrayList<>(List.of("m" + i, "Yard " + i)));
    }
    for (int i = 0; i < 40; i++) {
      inspected("i" + i);
      asked("s" + i);
    }
    night(Set.of(Cause.DATA));
  }

  @AfterAll
  void close() {
    shell.close();
  }

  private void key(String person, String role, String by) throws IOException {
    var key =
        by.isEmpty()
            ? shell.run("people", "add", person, "--role", role)
            : shell.run("people", "add", person, "--role", role, "--key", keyOf(by));
    var file =
        Files.createFile(
            Path.of(keyOf(person)),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, key);
  }

  private static String keyOf(String person) {
    return folder.resolve(person + ".key").toString();
  }

  private void register(String who) {
    register.put(
        who,
        new ArrayList<>(
            List.of(code(who), "Works " + who, region(), Integer.toString(random.nextInt(120)))));
  }

  private String region() {
    return random.nextBoolean() ? "n" : "s";
  }

  /** Windows end on the fifteenth of a month, and so no date between has anything to do with it. */
  private String fifteenth() {
    var last = asOf.minusMonths(asOf.getDayOfMonth() < 15 ? 1 : 0).withDayOfMonth(15);
    return last.minusMonths(random.nextInt(5)).toString();
  }

  /** Name and code of a unit; a member of the chamber has none. */
  private List<String> somebody() {
    int n = random.nextInt(UNITS + MEMBERS);
    return n < UNITS ? List.of("Works R" + n, code("R" + n)) : List.of("Yard " + (n - UNITS), "");
  }

  private void inspected(String number) {
    var who = somebody();
    inspection.put(
        number,
        new ArrayList<>(
            List.of(
                number,
                who.get(0),
                who.get(1),
                Integer.toString(2 + random.nextInt(7)),
                fifteenth())));
  }

  private void asked(String number) {
    survey.put(
        number,
        new ArrayList<>(
            List.of(
                number, somebody().get(0), Integer.toString(random.nextInt(101)), fifteenth())));
  }

  private String night(Set<Cause> changed) throws Exception {
    night++;
    var inbox = Files.createDirectories(folder.resolve("inbox-" + night));
    write(inbox, "register", "code,name,region,staff", register);
    write(inbox, "chamber", "member,name", chamber);
    write(inbox, "inspection", "number,name,code,findings,visited", inspection);
    write(inbox, "survey", "number,name,share,asked", survey);
    var out = shell.run("nightly", "--inbox", inbox.toString(), "--as-of", asOf.toString());
    if (out.contains("published  nothing")) {
      assertThat(line(out, "because of")).isEmpty();
      return out;
    }
    int revision = Integer.parseInt(out.replaceFirst("(?s).*published  revision (\\d+).*", "$1"));
    nights.put(revision, new Told(night, changed, line(out, "because of")));
    assertThat(sum(line(out, "because of"))).as(out).isEqualTo(sum(line(out, "proposed")));
    return out;
  }

  private void write(Path inbox, String source, String heading, Map<String, List<String>> rows)
      throws IOException {
    var lines = new ArrayList<>(List.of(heading));
    rows.values().forEach(row -> lines.add(String.join(",", row)));
    Files.write(inbox.resolve(source + "-" + night + ".csv"), lines);
  }

  /** Revision to the causes of its changes, as they are exported. */
  private Map<Integer, List<Cause>> causes() throws Exception {
    return shell.export("changes").stream()
        .collect(
            Collectors.groupingBy(
                c -> Integer.valueOf(c.getField("revision")),
                Collectors.mapping(
                    c -> Cause.valueOf(c.getField("cause").toUpperCase(Locale.ROOT)),
                    Collectors.toList())));
  }

  @Test
  void putsNothingDownToWhatWasNotChanged() throws Exception {
    for (int n = 0; n < NIGHTS; n++) {
      if (n % 12 == 5) {
        overrideAndItsEnd();
        n++;
        continue;
      }
      var changed = EnumSet.noneOf(Cause.class);
      var kinds = List.of(Cause.DATA, Cause.POLICY, Cause.IDENTITY, Cause.TIME);
      int how = random.nextInt(5) < 3 ? 1 : 2 + random.nextInt(2);
      while (changed.size() < how) {
        changed.add(kinds.get(random.nextInt(kinds.size())));
      }
      for (var kind : changed) {
        change(kind);
      }
      night(changed);
    }
    var met = EnumSet.noneOf(Cause.class);
    var exported = causes();
    assertThat(exported.keySet()).isEqualTo(nights.keySet());
    nights.forEach(
        (revision, told) -> {
          var causes = exported.getOrDefault(revision, List.of());
          assertThat(told.changed())
              .as("night %d: %s", told.night(), told.line())
              .containsAll(causes);
          assertThat(causes).hasSize(sum(told.line()));
          met.addAll(causes);
        });
    assertThat(met).as("causes that were met").containsExactly(Cause.values());
    assertThat(nights).hasSizeGreaterThan(30);
  }

  private static String line(String out, String head) {
    return out.lines().map(String::strip).filter(l -> l.startsWith(head)).findFirst().orElse("");
  }

  private static int sum(String counts) {
    return java.util.regex.Pattern.compile("\\d+")
        .matcher(counts)
        .results()
        .mapToInt(r -> Integer.parseInt(r.group()))
        .sum();
  }

  private void change(Cause kind) throws Exception {
    switch (kind) {
      case DATA -> data();
      case POLICY -> policy();
      case IDENTITY -> identity();
      default -> {
        // Beyond the fifteenth of a month, on which windows end.
        asOf = asOf.plusMonths(1).withDayOfMonth(16 + random.nextInt(10));
      }
    }
  }

  private void data() {
    for (int i = 0; i < 10; i++) {
      switch (random.nextInt(8)) {
        case 0, 1 -> inspected("i" + random.nextInt(60));
        case 2 -> asked("s" + random.nextInt(60));
        case 3 -> inspection.remove("i" + random.nextInt(60));
        case 4 -> survey.remove("s" + random.nextInt(60));
        case 5 -> row("R" + random.nextInt(UNITS)).set(3, Integer.toString(random.nextInt(120)));
        case 6 -> row("R" + random.nextInt(UNITS)).set(2, region());
        default -> register("N" + newcomers++);
      }
    }
  }

  private List<String> row(String who) {
    return java.util.Objects.requireNonNull(register.get(who));
  }

  private void policy() throws IOException {
    if (random.nextInt(5) == 0) {
      replace("departments.yml", "region == \"[ns]\"", "region == \"" + region() + "\"");
      return;
    }
    var scales =
        List.of(
            "range: {from: 0, to: %d}".formatted(6 + random.nextInt(10)),
            "steps: [{normalise: percentile-rank, flat: 0}]",
            "steps: [{normalise: min-max, flat: 0}]");
    replace(
        "policy.yml",
        "fact: findings, (range: \\{from: 0, to: \\d+}|steps: \\[[^]]*])",
        "fact: findings, " + scales.get(random.nextInt(scales.size())));
    double first = 0.5 + random.nextInt(30) / 100.0;
    replace("policy.yml", "first: .*", threshold("first", first));
    replace("policy.yml", "second: .*", threshold("second", first - 0.25));
    replace(
        "policy.yml", "within: P\\dM, dated", "within: P" + (1 + random.nextInt(3)) + "M, dated");
  }

  private static String threshold(String tier, double enter) {
    return String.format(Locale.ROOT, "%s: {enter: %.2f, leave: %.2f}", tier, enter, enter - 0.05);
  }

  private void replace(String file, String what, String by) throws IOException {
    var path = jobs.resolve("quarter").resolve(file);
    var text = Files.readString(path);
    assertThat(text).containsPattern(what);
    Files.writeString(path, text.replaceFirst(what, by));
  }

  private void identity() {
    var member = "m" + random.nextInt(MEMBERS);
    var said = joined.remove(member);
    if (said != null) {
      var verdict =
          shell
              .run("review", "verdicts")
              .lines()
              .filter(l -> l.contains(said))
              .map(l -> l.substring(0, l.indexOf(' ')))
              .findFirst()
              .orElseThrow();
      act("review", "undo", verdict, "--cause", "two after all", "--key", keyOf("ed"));
      return;
    }
    var why = "trading name %d.".formatted(night);
    joined.put(member, why);
    act(
        "review",
        "join",
        unitOf("chamber", member),
        unitOf("register", code("R" + random.nextInt(UNITS))),
        "--cause",
        why,
        "--key",
        keyOf("ed"));
  }

  private String unitOf(String source, String key) {
    try {
      return shell.export("links").stream()
          .filter(l -> l.getField("source").equals(source) && l.getField("record_key").equals(key))
          .map(l -> l.getField("unit_id"))
          .findFirst()
          .orElseThrow();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void act(String... command) {
    var words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--as-of", asOf.toString()));
    shell.run(words.toArray(String[]::new));
  }

  /** A unit is listed or kept off against the rules, and the day after the rules decide again. */
  private void overrideAndItsEnd() throws Exception {
    var listed =
        shell.export("list").stream().map(e -> e.getField("unit_id")).collect(Collectors.toSet());
    var unit = unitOf("register", code("R" + random.nextInt(UNITS)));
    var words =
        new ArrayList<>(
            List.of("override", unit, "--until", asOf.toString(), "--cause", "for once"));
    words.addAll(
        listed.contains(unit)
            ? List.of("--ground", "review")
            : List.of("--ground", "must-list", "--tier", "first"));
    words.addAll(List.of("--key", keyOf("ed"), "--as-of", asOf.toString()));
    var put = shell.run(words.toArray(String[]::new));
    var id = put.replaceFirst("(?s).*?\\b(O\\d+)\\b.*", "$1");
    act("approve", id, "--key", keyOf("ann"));
    assertThat(line(night(EnumSet.of(Cause.JUDGEMENT)), "because of")).contains("judgement");
    asOf = asOf.plusDays(1);
    assertThat(line(night(EnumSet.of(Cause.EXPIRY)), "because of")).contains("expiry");
  }
}
