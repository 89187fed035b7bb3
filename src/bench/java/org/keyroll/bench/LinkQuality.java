package org.keyroll.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How well the links of a programme fit a truth that is known. Takes a csv in through the command,
 * resolves it and reads {@code keyroll export links}.
 */
public final class LinkQuality {
  private static final Pattern COMPARED = Pattern.compile("compared +([0-9,]+) pairs");

  private LinkQuality() {}

  /**
   * Takes a file in, resolves it, and compares the links with the truth.
   *
   * @param args folder of programmes, programme, source, file, then the column of the truth and
   *     either the column of the row's key, or a regular expression whose first group, found in the
   *     truth column, is the truth
   */
  public static void main(String... args) throws Exception {
    var file = Path.of(args[3]);
    var home = Files.createDirectories(Path.of("target/bench/links")).toAbsolutePath();
    NightBench.delete(home);
    Files.createDirectories(home);
    var command = new Command(Path.of("keyroll").toAbsolutePath(), home);
    String[] where = {
      "--jobs",
      args[0],
      "--programme",
      args[1],
      "--home",
      home.resolve("home").toString(),
      "--as-of",
      "2026-11-02"
    };
    command.run("ingest", with(where, "ingest", args[2], file.toString()));
    var taken = command.run("resolve", with(where, "resolve"));
    var links = home.resolve("links.csv");
    command.run("export", with(where, "export", "links", "-o", links.toString()));

    var quality = Quality.of(links, truth(file, args[4], args[5]));
    var compared = COMPARED.matcher(Files.readString(home.resolve("resolve.out")));
    long pairs = compared.find() ? Long.parseLong(compared.group(1).replace(",", "")) : 0;
    System.out.printf(
        Locale.ROOT,
        "%-14s %9s %9s %9s %9s %12s %12s %8s %6s%n",
        "file",
        "records",
        "precision",
        "recall",
        "F1",
        "compared",
        "pairs/s",
        "wall s",
        "heap");
    System.out.printf(
        Locale.ROOT,
        "%-14s %,9d %9.4f %9.4f %9.4f %,12d %,12.0f %8.1f %5dM%n",
        file.getFileName(),
        quality.records(),
        quality.precision(),
        quality.recall(),
        quality.f1(),
        pairs,
        pairs / taken.seconds(),
        taken.seconds(),
        taken.heap());
  }

  /**
   * Over pairs of records: how many of those found are right, and how many of those right found.
   */
  public record Quality(int records, double precision, double recall) {
    public double f1() {
      return 2 * precision * recall / (precision + recall);
    }

    /**
     * Compares an export of links with the truth.
     *
     * @param truth unit by key of the record
     */
    public static Quality of(Path links, Map<String, String> truth) throws IOException {
      var found = new HashMap<String, String>();
      for (var row : named(links)) {
        found.put(row.get("record_key"), row.get("unit_id"));
      }
      var both = new HashMap<String, Integer>();
      var ours = new HashMap<String, Integer>();
      var theirs = new HashMap<String, Integer>();
      found.forEach(
          (key, unit) -> {
            var of = unit.isEmpty() ? "row " + key : unit;
            ours.merge(of, 1, Integer::sum);
            theirs.merge(truth.getOrDefault(key, key), 1, Integer::sum);
            both.merge(of + "\n" + truth.getOrDefault(key, key), 1, Integer::sum);
          });
      return new Quality(found.size(), pairs(both) / pairs(ours), pairs(both) / pairs(theirs));
    }

    private static double pairs(Map<String, Integer> groups) {
      return groups.values().stream().mapToDouble(n -> n * (n - 1.0) / 2).sum();
    }
  }

  /**
   * The unit of each row as the file knows it, by key.
   *
   * @param keyOrPattern the column of the row's key, or a regular expression whose first group in
   *     {@code column}, which is the key then, is the unit
   */
  public static Map<String, String> truth(Path file, String column, String keyOrPattern)
      throws IOException {
    var truth = new HashMap<String, String>();
    for (var row : named(file)) {
      var key = row.get(keyOrPattern);
      if (key != null) {
        truth.put(key, row.get(column));
      } else {
        var value = row.getOrDefault(column, "");
        var group = Pattern.compile(keyOrPattern).matcher(value);
        truth.put(value, group.find() ? group.group(1) : value);
      }
    }
    return truth;
  }

  static Iterable<Map<String, String>> named(Path file) throws IOException {
    var rows = new java.util.ArrayList<Map<String, String>>();
    try (var csv = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (var record : csv) {
        var row = new HashMap<String, String>();
        record.getFieldsAsMap().forEach((k, v) -> row.put(k.strip(), v.strip()));
        rows.add(row);
      }
    }
    return rows;
  }

  static String[] with(String[] where, String... what) {
    var all = new java.util.ArrayList<>(java.util.List.of(what));
    all.addAll(java.util.List.of(where));
    return all.toArray(new String[0]);
  }
}
