package org.keyroll.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Revisions;
import org.keyroll.adjustment.SensitivityAnalysis;
import org.keyroll.adjustment.SensitivityAnalysis.Named;
import org.keyroll.adjustment.SensitivityAnalysis.Result;
import org.keyroll.definition.Scope;
import org.keyroll.scoring.Robustness;
import org.keyroll.scoring.Robustness.Band;
import org.keyroll.scoring.Variation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how far the list depends on choices of the policy. */
@Command(
    name = "sensitivity",
    description =
        "Draws other weights, normalisations and fillings of gaps, and says how firmly each unit"
            + " stands. Nothing is kept.",
    mixinStandardHelpOptions = true)
final class SensitivityCommand extends HomeCommand {
  private static final List<String> UNITS =
      List.of(
          "policy",
          "as_of",
          "unit_id",
          "name",
          "identifier",
          "on_the_list",
          "listed",
          "score",
          "rank",
          "probability",
          "band",
          "rank_5",
          "rank_50",
          "rank_95",
          "scored",
          "decides",
          "shift");
  private static final List<String> CRITERIA =
      List.of("policy", "as_of", "criterion", "title", "shift", "changed");
  private static final List<String> PAIRS =
      List.of("policy", "as_of", "criterion", "other", "r", "units");

  @Parameters(
      arity = "0..1",
      paramLabel = "POLICY",
      description = "A policy.yml or a folder of definitions (default: the policy in force).")
  private @Nullable Path policy;

  @Option(names = "--draws", paramLabel = "N", description = "How many (default: 1000).")
  private int draws = 1_000;

  @Option(names = "--seed", paramLabel = "N", description = "Of all randomness (default: 1).")
  private long seed = 1;

  @Option(
      names = "--weights",
      paramLabel = "HOW",
      description =
          "uniform:0.25 (default) draws each weight within that share of itself; dirichlet:100 all of"
              + " a node, with that concentration.")
  private String weights = "uniform:0.25";

  @Option(
      names = "--vary",
      paramLabel = "WHAT",
      split = ",",
      description = "weights, normalisation, gaps (default: all three).")
  private Set<Input> vary = Set.of(Input.values());

  @Option(
      names = "--certain",
      paramLabel = "SHARE",
      description = "Share of the draws from which on a unit is certain (default: 0.95).")
  private double certain = 0.95;

  @Option(
      names = "--correlation",
      paramLabel = "R",
      description = "Pairs of criteria are told from this absolute correlation on (default: 0.9).")
  private double correlation = 0.9;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "As csv, json or xlsx: units (default), criteria or pairs.")
  private Table table = Table.units;

  @Option(names = "-o", paramLabel = "FILE", description = "File (default: standard output).")
  private @Nullable Path file;

  /** What varies. */
  enum Input {
    weights,
    normalisation,
    gaps
  }

  /** What is written as a table. */
  enum Table {
    units,
    criteria,
    pairs
  }

  SensitivityCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  boolean givesTables() {
    return true;
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    globals.fileForWorkbook(file);
    var variation = variation();
    var trial = policy == null ? scope.definitions() : Trial.read(globals, scope, policy);
    var asOf = globals.asOf != null ? globals.asOf : session.get(Revisions.class).lastAsOf(scope);
    Result result;
    try (var bars = new Bars(console)) {
      bars.begin("draws");
      result =
          session
              .get(SensitivityAnalysis.class)
              .analyse(
                  scope, trial, asOf, variation, correlation, done -> bars.done("draws", done));
      bars.end();
    }
    var format = globals.format == null ? Globals.Format.text : globals.format;
    if (format == Globals.Format.text && file == null) {
      text(result, asOf.toString()).forEach(console::print);
      return;
    }
    TableOut.write(
        console,
        file,
        format,
        "Sensitivity of " + result.policy(),
        table == Table.units ? UNITS : table == Table.criteria ? CRITERIA : PAIRS,
        (Consumer<List<@Nullable Object>> rows) -> rows(result, asOf.toString(), rows));
  }

  private Variation variation() {
    var parts = weights.split(":", -1);
    double spread;
    try {
      spread = Double.parseDouble(parts[parts.length - 1]);
    } catch (NumberFormatException e) {
      spread = Double.NaN;
    }
    boolean dirichlet = parts[0].equals("dirichlet");
    boolean fits =
        parts.length == 2
            && (dirichlet ? spread > 0 : parts[0].equals("uniform") && spread >= 0 && spread < 1);
    if (!fits) {
      throw new Stop(
          Stop.USAGE,
          "\"%s\" is no way to draw weights: write uniform: and a share below 1, or dirichlet: and a number above 0."
              .formatted(weights));
    }
    if (draws < 1 || draws > 1_000_000) {
      throw new Stop(Stop.USAGE, "--draws takes 1 to 1000000.");
    }
    if (!(certain > 0.5 && certain <= 1) || !(correlation > 0 && correlation <= 1)) {
      throw new Stop(
          Stop.USAGE, "--certain takes a share above 0.5, --correlation one above 0, up to 1.");
    }
    return new Variation(
        draws,
        seed,
        dirichlet,
        spread,
        vary.contains(Input.weights),
        vary.contains(Input.normalisation),
        vary.contains(Input.gaps));
  }

  private void rows(Result result, String asOf, Consumer<List<@Nullable Object>> rows) {
    var robustness = result.robustness();
    switch (table) {
      case units ->
          result
              .units()
              .forEach(
                  n ->
                      rows.accept(
                          Arrays.asList(
                              result.policy(),
                              asOf,
                              n.id().toString(),
                              n.name(),
                              n.identifier(),
                              n.unit().on(),
                              n.unit().listed(),
                              number(n.unit().score()),
                              number(n.unit().rank()),
                              n.unit().probability(),
                              n.unit().band(certain).id(),
                              number(n.unit().low()),
                              number(n.unit().middle()),
                              number(n.unit().high()),
                              n.unit().scored(),
                              n.unit().decides(),
                              n.unit().decides() == null ? null : (Double) n.unit().shift())));
      case criteria ->
          robustness
              .effects()
              .forEach(
                  e ->
                      rows.accept(
                          Arrays.asList(
                              result.policy(), asOf, e.path(), e.title(), e.shift(), e.changed())));
      case pairs ->
          robustness
              .pairs()
              .forEach(
                  p ->
                      rows.accept(
                          Arrays.asList(
                              result.policy(), asOf, p.one(), p.other(), p.r(), p.units())));
    }
  }

  private static @Nullable Double number(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  private List<String> text(Result result, String asOf) {
    var lines = new ArrayList<String>();
    var robustness = result.robustness();
    lines.add(
        "%s as of %s, %,d units, %,d draws of %s, seed %d; nothing is kept."
            .formatted(
                result.policy(),
                asOf,
                result.units().size(),
                draws,
                vary.stream()
                    .sorted()
                    .map(this::words)
                    .collect(java.util.stream.Collectors.joining(", ")),
                seed));
    var bands = new EnumMap<Band, Integer>(Band.class);
    result.units().forEach(n -> bands.merge(n.unit().band(certain), 1, Integer::sum));
    lines.add(
        "  certain in   %,6d  listed in %s %% of the draws or more"
            .formatted(bands.getOrDefault(Band.CERTAIN_IN, 0), percent(certain)));
    lines.add("  contested    %,6d".formatted(bands.getOrDefault(Band.CONTESTED, 0)));
    lines.add(
        "  certain out  %,6d  listed in %s %% or less"
            .formatted(bands.getOrDefault(Band.CERTAIN_OUT, 0), percent(1 - certain)));
    lines.add("");
    lines.add(shift("a draw moves a unit by", robustness.shift()));
    variants(
        lines, robustness.byNormalisation(), "normalised as given", "percentile ranks", "z-scores");
    variants(
        lines, robustness.byGaps(), "gaps as given", "gaps left out", "gaps: mean", "gaps: median");
    lines.add("");
    lines.add("  left out, a criterion moves a unit by");
    robustness.effects().stream()
        .sorted(Comparator.comparingDouble((Robustness.Effect e) -> -e.shift()))
        .forEach(
            e ->
                lines.add(
                    "  %s; %,d %s the list"
                        .formatted(
                            shift(e.path(), e.shift()),
                            e.changed(),
                            e.changed() == 1 ? "comes to or goes from" : "come to or go from")));
    for (var pair : robustness.pairs()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  counted twice? %s and %s: r = %.3f over %,d units",
              pair.one(),
              pair.other(),
              pair.r(),
              pair.units()));
    }
    contested(lines, result);
    var lacking = result.units().stream().filter(n -> Double.isNaN(n.unit().score())).toList();
    if (!lacking.isEmpty()) {
      lines.add("");
      lines.add("  the facts of %,d units make no score:".formatted(lacking.size()));
      lacking.forEach(n -> lines.add("    %s  %s".formatted(n.id(), n.name())));
    }
    return lines;
  }

  private String words(Input input) {
    return input == Input.weights ? "weights (%s)".formatted(weights) : input.name();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", share * 100).replaceFirst("[.]0$", "");
  }

  private static String shift(String label, double ranks) {
    return String.format(Locale.ROOT, "  %-38s %8.2f ranks on average", label, ranks);
  }

  private static void variants(List<String> lines, double[] shifts, String... labels) {
    long drawn = Arrays.stream(shifts).filter(s -> !Double.isNaN(s)).count();
    for (int i = 0; i < labels.length && drawn > 1; i++) {
      if (!Double.isNaN(shifts[i])) {
        lines.add(shift("  " + labels[i], shifts[i]));
      }
    }
  }

  private void contested(List<String> lines, Result result) {
    var contested =
        result.units().stream()
            .filter(n -> n.unit().band(certain) == Band.CONTESTED)
            .sorted(Comparator.comparingDouble((Named n) -> -n.unit().probability()))
            .toList();
    if (contested.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("  contested, the likeliest first:");
    for (var named : contested) {
      var unit = named.unit();
      lines.add(
          String.format(
              Locale.ROOT,
              "    %s  %5.1f %%  rank %.0f to %.0f  %s%s%s",
              named.id(),
              unit.probability() * 100,
              unit.low(),
              unit.high(),
              named.name(),
              unit.on() ? ", on the list" : "",
              unit.decides() == null
                  ? ""
                  : String.format(
                      Locale.ROOT, "; without %s %+.0f ranks", unit.decides(), unit.shift())));
    }
  }
}
