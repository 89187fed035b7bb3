package org.keyroll.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Revisions;
import org.keyroll.adjustment.Simulation;
import org.keyroll.adjustment.Simulation.Figures;
import org.keyroll.adjustment.Simulation.Point;
import org.keyroll.definition.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what another policy would have made of past dates. */
@Command(
    name = "simulate",
    description =
        "Replays past revisions under another policy, beside the one in force. Nothing is proposed,"
            + " decided, published or kept.",
    mixinStandardHelpOptions = true)
final class SimulateCommand extends HomeCommand {
  private static final List<String> UNITS =
      List.of(
          "simulation",
          "as_of",
          "revision",
          "unit_id",
          "name",
          "identifier",
          "tier_in_force",
          "change_in_force",
          "tier_simulated",
          "change_simulated",
          "status_in_force",
          "status_simulated",
          "differs",
          "insufficient_in_force",
          "insufficient_simulated",
          "score_in_force",
          "score_simulated",
          "reason_in_force",
          "reason_simulated");
  private static final List<String> FIGURES =
      List.of("simulation", "as_of", "revision", "figure", "of", "in_force", "simulated");

  @Parameters(
      paramLabel = "POLICY",
      description = "A policy.yml, the folder of a programme, or a folder of programmes.")
  private Path policy = Path.of("");

  @Option(
      names = "--since",
      paramLabel = "DATE",
      description = "Replay the revisions as of this date and later (default: all).")
  private @Nullable LocalDate since;

  @Option(
      names = "--table",
      paramLabel = "TABLE",
      description = "As csv, json or xlsx: units (default) or figures.")
  private Table table = Table.units;

  @Option(names = "-o", paramLabel = "FILE", description = "File (default: standard output).")
  private @Nullable Path file;

  /** What is written as a table. */
  enum Table {
    units,
    figures
  }

  SimulateCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  boolean givesTables() {
    return true;
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    globals.fileForWorkbook(file);
    var trial = Trial.read(globals, scope, policy);
    if (Simulation.isInForce(scope.definitions(), trial)) {
      throw new Stop(
          Stop.USAGE, "%s is what is in force; name another policy to simulate.".formatted(policy));
    }
    var result = session.get(Simulation.class).simulate(scope, trial, since);
    if (result.points().isEmpty()) {
      throw new Stop(Stop.FAILED, none(session.get(Revisions.class).all(scope)));
    }
    var format = globals.format == null ? Globals.Format.text : globals.format;
    if (format == Globals.Format.text && file == null) {
      new SimulationText(scope, trial).of(result, policy).forEach(console::print);
      return;
    }
    TableOut.write(
        console,
        file,
        format,
        "Simulation of " + result.trial(),
        table == Table.units ? UNITS : FIGURES,
        (Consumer<List<@Nullable Object>> rows) -> {
          for (var point : result.points()) {
            if (table == Table.units) {
              units(result.trial(), point, rows);
            } else {
              figures(result.trial(), point, rows);
            }
          }
        });
    console.note("keyroll: this is a simulation; nothing was proposed, decided or published.");
  }

  private String none(List<Revisions.Revision> revisions) {
    return revisions.isEmpty()
        ? "there is no revision yet to replay."
        : "there is no revision as of %s or later; the last one is as of %s."
            .formatted(since, revisions.get(revisions.size() - 1).asOf());
  }

  private static void units(String trial, Point point, Consumer<List<@Nullable Object>> rows) {
    for (var line : point.units()) {
      rows.accept(
          Arrays.asList(
              trial,
              point.asOf().toString(),
              point.revision(),
              line.unit().toString(),
              line.name(),
              line.identifier(),
              line.inForce().tier(),
              line.inForce().change().id(),
              line.trial().tier(),
              line.trial().change().id(),
              line.inForce().status(),
              line.trial().status(),
              line.differs(),
              line.inForce().insufficient(),
              line.trial().insufficient(),
              line.inForce().score(),
              line.trial().score(),
              line.inForce().reason(),
              line.trial().reason()));
    }
  }

  /** One row of figures. */
  record Figure(String name, String of, @Nullable Number inForce, @Nullable Number trial) {}

  private static void figures(String trial, Point point, Consumer<List<@Nullable Object>> rows) {
    for (var figure : figures(point)) {
      rows.accept(
          Arrays.asList(
              trial,
              point.asOf().toString(),
              point.revision(),
              figure.name(),
              figure.of(),
              figure.inForce(),
              figure.trial()));
    }
  }

  /** The figures of a date, in a fixed order. */
  static List<Figure> figures(Point point) {
    var one = point.inForce();
    var other = point.trial();
    var figures = new java.util.ArrayList<Figure>();
    figures.add(new Figure("units", "", one.units(), other.units()));
    figures.add(new Figure("entering", "", one.entering(), other.entering()));
    figures.add(new Figure("leaving", "", one.leaving(), other.leaving()));
    figures.add(new Figure("moving", "", one.moving(), other.moving()));
    figures.add(new Figure("suspending", "", one.suspending(), other.suspending()));
    figures.add(new Figure("resuming", "", one.resuming(), other.resuming()));
    figures.add(new Figure("keeping", "", one.keeping(), other.keeping()));
    figures.add(new Figure("turnover", "", turnover(one), turnover(other)));
    figures.add(new Figure("suspended", "", one.suspended(), other.suspended()));
    figures.add(new Figure("asked", "", one.questions(), other.questions()));
    figures.add(new Figure("insufficient", "", one.insufficient(), other.insufficient()));
    figures.add(new Figure("outside", "", one.outside().size(), other.outside().size()));
    keys(one.tiers(), other.tiers())
        .forEach(
            tier ->
                figures.add(
                    new Figure("tier", tier, one.tiers().get(tier), other.tiers().get(tier))));
    for (var department : keys(one.departments(), other.departments())) {
      var was = one.departments().get(department);
      var is = other.departments().get(department);
      var work = was == null ? is : was;
      if (work == null) {
        continue;
      }
      figures.add(figure("department units", department, was, is, Simulation.Work::units));
      figures.add(figure("department entering", department, was, is, Simulation.Work::entering));
      figures.add(figure("department leaving", department, was, is, Simulation.Work::leaving));
      figures.add(figure("department measures", department, was, is, Simulation.Work::measures));
    }
    return figures;
  }

  private static Figure figure(
      String name,
      String of,
      Simulation.@Nullable Work was,
      Simulation.@Nullable Work is,
      java.util.function.ToIntFunction<Simulation.Work> number) {
    return new Figure(
        name,
        of,
        was == null ? null : (Integer) number.applyAsInt(was),
        is == null ? null : (Integer) number.applyAsInt(is));
  }

  private static <V> List<String> keys(
      java.util.Map<String, V> one, java.util.Map<String, V> other) {
    var keys = new java.util.LinkedHashSet<>(one.keySet());
    keys.addAll(other.keySet());
    return List.copyOf(keys);
  }

  private static @Nullable Double turnover(Figures figures) {
    return Double.isNaN(figures.turnover()) ? null : (Double) figures.turnover();
  }
}
