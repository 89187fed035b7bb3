package org.keyroll.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Simulation;
import org.keyroll.adjustment.Simulation.Change;
import org.keyroll.adjustment.Simulation.Figures;
import org.keyroll.adjustment.Simulation.Line;
import org.keyroll.adjustment.Simulation.Point;
import org.keyroll.adjustment.Simulation.Side;
import org.keyroll.definition.Definitions;
import org.keyroll.definition.Scope;
import org.keyroll.table.TextWidth;

/** Says in text what a simulation has come to. */
final class SimulationText {
  private static final int LABEL = 38;
  private static final String TIER = "tier ";
  private static final String DEPARTMENT = "  ";

  private final Definitions inForce;
  private final Definitions trial;

  /** Of the column of labels, with a space behind the longest title. */
  private final int width;

  SimulationText(Scope inForce, Definitions trial) {
    this.inForce = inForce.definitions();
    this.trial = trial;
    this.width =
        Stream.of(this.inForce, trial)
            .flatMap(
                d ->
                    Stream.concat(
                        d.programme().tiers().stream().map(t -> TIER + t.title()),
                        d.departments().departments().stream().map(p -> DEPARTMENT + p.title())))
            .mapToInt(label -> TextWidth.of(label) + 1)
            .reduce(LABEL, Math::max);
  }

  List<String> of(Simulation.Result result, Path policy) {
    var lines = new ArrayList<String>();
    lines.add("SIMULATION: nothing is proposed, decided, published or kept.");
    lines.add("  in force   " + result.inForce());
    lines.add("  simulated  %s, %s".formatted(result.trial(), policy));
    for (var point : result.points()) {
      lines.add("");
      lines.add(
          "as of %s, revision %d, published with %,d units"
              .formatted(point.asOf(), point.revision(), point.published()));
      lines.add(line("", "in force", "simulated", ""));
      SimulateCommand.figures(point).stream()
          .filter(f -> !f.name().startsWith("department"))
          .forEach(f -> lines.add(line(f)));
      departments(lines, point);
      outside(lines, "in force", point.inForce());
      outside(lines, "simulated", point.trial());
      units(lines, point);
    }
    lines.add("");
    lines.add("SIMULATION: the list is as it was.");
    return lines;
  }

  private void departments(List<String> lines, Point point) {
    lines.add(work("work of departments", List.of("units", "enter", "leave", "measures")));
    var found = SimulateCommand.figures(point);
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).name().equals("department units")) {
        lines.add(
            work(
                DEPARTMENT + title(found.get(i).of(), SimulationText::department),
                found.subList(i, i + 4).stream()
                    .map(f -> shown(f, f.inForce()) + " → " + shown(f, f.trial()))
                    .toList()));
      }
    }
  }

  private String work(String label, List<String> cells) {
    var line = new StringBuilder("  " + padded(label));
    cells.forEach(c -> line.append(String.format(Locale.ROOT, "%16s", c)));
    return line.toString();
  }

  private String padded(String label) {
    return label + " ".repeat(width - TextWidth.of(label));
  }

  private static void outside(List<String> lines, String which, Figures figures) {
    figures.outside().forEach(why -> lines.add("  would be held, %s: %s".formatted(which, why)));
  }

  private String line(SimulateCommand.Figure figure) {
    var label =
        switch (figure.name()) {
          case "units" -> "units on the list";
          case "entering" -> "  enter";
          case "leaving" -> "  leave";
          case "moving" -> "  change their tier";
          case "suspending" -> "  are suspended for stale data";
          case "resuming" -> "  are resumed";
          case "keeping" -> "  are kept below the line to enter";
          case "suspended" -> "suspended";
          case "turnover" -> "  turnover";
          case "asked" -> "a person is asked";
          case "insufficient" -> "facts are insufficient";
          case "outside" -> "outside the envelope";
          case "tier" -> TIER + title(figure.of(), SimulationText::tier);
          default -> figure.name();
        };
    return line(
        label, shown(figure, figure.inForce()), shown(figure, figure.trial()), difference(figure));
  }

  private static String difference(SimulateCommand.Figure figure) {
    var was = figure.inForce();
    var is = figure.trial();
    if (was == null || is == null) {
      return "";
    }
    double difference = is.doubleValue() - was.doubleValue();
    return difference == 0
        ? ""
        : (difference > 0 ? "+" : "−")
            + number(figure, Math.abs(difference))
            + (figure.name().equals("turnover") ? " points" : "");
  }

  private static String shown(SimulateCommand.Figure figure, @Nullable Number value) {
    if (value == null) {
      return "–";
    }
    return number(figure, value.doubleValue()) + (figure.name().equals("turnover") ? " %" : "");
  }

  private static String number(SimulateCommand.Figure figure, double value) {
    return figure.name().equals("turnover")
        ? String.format(Locale.ROOT, "%.1f", value * 100)
        : String.format(Locale.ROOT, "%,d", (long) value);
  }

  private String line(String label, String was, String is, String difference) {
    return "  %s%10s %10s %10s".formatted(padded(label), was, is, difference).stripTrailing();
  }

  private void units(List<String> lines, Point point) {
    group(lines, "on the list only when simulated", point, l -> l.inForce().tier() == null);
    group(lines, "on the list only in force", point, l -> l.trial().tier() == null);
    group(
        lines,
        "in another tier",
        point,
        l -> l.inForce().tier() != null && l.trial().tier() != null);
    var others =
        point.units().stream()
            .filter(l -> !l.differs() && l.inForce().change() != l.trial().change())
            .toList();
    if (!others.isEmpty()) {
      lines.add("  in the same tier, by another way:");
      others.forEach(
          l ->
              lines.add(
                  "    %s  %s in force, %s simulated"
                      .formatted(named(l), word(l.inForce()), word(l.trial()))));
    }
    var both = new TreeMap<Change, Integer>();
    point.units().stream()
        .filter(l -> !l.differs() && l.inForce().change() == l.trial().change())
        .filter(l -> l.trial().change() != Change.NONE)
        .forEach(l -> both.merge(l.trial().change(), 1, Integer::sum));
    if (!both.isEmpty()) {
      lines.add(
          "  the same under both: "
              + both.entrySet().stream()
                  .map(e -> "%,d %s".formatted(e.getValue(), word(e.getKey(), e.getValue())))
                  .collect(Collectors.joining(", "))
              + "; --format csv names them");
    }
    var lacking = point.units().stream().filter(l -> l.trial().insufficient()).toList();
    if (!lacking.isEmpty()) {
      lines.add("  simulated, the facts make no score:");
      lacking.forEach(
          l ->
              lines.add(
                  "    " + named(l) + (l.inForce().insufficient() ? "" : "  (in force they do)")));
    }
  }

  private void group(List<String> lines, String title, Point point, Predicate<Line> which) {
    var found = point.units().stream().filter(l -> l.differs() && which.test(l)).toList();
    if (found.isEmpty()) {
      return;
    }
    lines.add("  %s:".formatted(title));
    for (var line : found) {
      lines.add("    " + named(line));
      lines.add("      in force   " + side(line.inForce()));
      lines.add("      simulated  " + side(line.trial()));
    }
  }

  private static String word(Side side) {
    return side.change() == Change.NONE ? "stays" : word(side.change(), 1);
  }

  private static String word(Change change, int units) {
    boolean one = units == 1;
    return switch (change) {
      case ENTERS -> one ? "enters" : "enter";
      case LEAVES -> one ? "leaves" : "leave";
      case MOVES -> one ? "changes its tier" : "change their tier";
      case SUSPENDED -> one ? "is suspended" : "are suspended";
      case RESUMED -> one ? "is resumed" : "are resumed";
      case KEPT -> one ? "is kept" : "are kept";
      case ASKED -> one ? "is asked about" : "are asked about";
      case NONE -> "";
    };
  }

  private static String named(Line line) {
    return "%s  %s".formatted(line.unit(), line.name());
  }

  private String side(Side side) {
    var score =
        side.score() == null
            ? side.insufficient() ? ", no score" : ""
            : String.format(Locale.ROOT, ", score %.4f", side.score());
    var tier = side.tier() == null ? "not on the list" : title(side.tier(), SimulationText::tier);
    var change =
        side.change() == Change.NONE ? "" : ", %s: %s".formatted(word(side), side.reason());
    return tier + score + change;
  }

  private String title(String id, Function<Titles, @Nullable String> kind) {
    var found = kind.apply(new Titles(trial, id));
    var known = found == null ? kind.apply(new Titles(inForce, id)) : found;
    return known == null ? id : known;
  }

  private record Titles(Definitions definitions, String id) {}

  private static @Nullable String tier(Titles of) {
    return of.definitions().programme().tiers().stream()
        .filter(t -> t.id().equals(of.id()))
        .map(t -> t.title())
        .findFirst()
        .orElse(null);
  }

  private static @Nullable String department(Titles of) {
    return of.definitions().departments().departments().stream()
        .filter(d -> d.id().equals(of.id()))
        .map(d -> d.title())
        .findFirst()
        .orElse(null);
  }
}
