package org.keyroll.cli;

import java.io.BufferedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.publication.Exports;
import org.keyroll.run.Ledger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what is known as a table. */
@Command(
    name = "export",
    description =
        "Writes one of: records, rejections, corrections, links, units, facts, assessments,"
            + " contributions, list, changes, proposals, decisions, overrides, objections, measures,"
            + " freshness, audit.",
    mixinStandardHelpOptions = true)
final class ExportCommand extends HomeCommand {
  @Parameters(paramLabel = "WHAT", description = "What to export.")
  private Exports.What what = Exports.What.RECORDS;

  @Option(names = "-o", paramLabel = "FILE", description = "File (default: standard output).")
  private @Nullable Path file;

  ExportCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  boolean givesTables() {
    return true;
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    var format = globals.format == null ? Globals.Format.csv : globals.format;
    globals.fileForWorkbook(file);
    var exports = session.get(Exports.class);
    var asOf = globals.asOf != null ? globals.asOf : session.get(Ledger.class).lastAsOf(scope);
    try (var out =
        new BufferedOutputStream(file == null ? console.out() : Files.newOutputStream(file))) {
      TableOut.write(
          out,
          format,
          what.id(),
          what.columns(),
          (Consumer<List<@Nullable Object>> rows) -> {
            if (globals.asOf != null && what.isKnownAfterEachRun()) {
              exports.asKnownAfter(scope, what, lastRun(session, scope, globals.asOf), rows);
            } else {
              exports.export(scope, what, asOf, rows);
            }
          });
    }
  }

  private static long lastRun(Session session, Scope scope, LocalDate asOf) {
    return session.get(Ledger.class).all(scope).stream()
        .filter(r -> !r.asOf().isAfter(asOf))
        .mapToLong(Ledger.Line::run)
        .max()
        .orElseThrow(
            () -> new Stop(Stop.FAILED, "there was no run as of %s or before.".formatted(asOf)));
  }
}
