package org.keyroll.cli;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
            + " contributions, list, changes, proposals, decisions, overrides, objections, questions,"
            + " measures, freshness, audit.",
    mixinStandardHelpOptions = true)
final class ExportCommand extends HomeCommand {
  @Parameters(paramLabel = "WHAT", description = "What to export.")
  private Exports.What what = Exports.What.RECORDS;

  @Option(names = "-o", paramLabel = "FILE", description = "File (default: standard output).")
  private @Nullable Path file;

  @Option(
      names = "--known-at",
      paramLabel = "TIME",
      description =
          "As it was known at this time of the programme's zone: after the runs that had ended by"
              + " then, such as 2026-11-02T18:30:00; a date means the end of that day.")
  private @Nullable String knownAt;

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
    var asOf = session.asOf(globals, scope);
    var after = after(session, scope);
    TableOut.write(
        console,
        file,
        format,
        what.id(),
        what.columns(),
        (Consumer<List<@Nullable Object>> rows) -> {
          if (after.isPresent()) {
            exports.asKnownAfter(scope, what, after.getAsLong(), rows);
          } else {
            exports.export(scope, what, asOf, rows);
          }
        });
  }

  /** The run whose knowledge is asked for; empty for what is known now. */
  private OptionalLong after(Session session, Scope scope) {
    if (knownAt != null && !what.isKnownAfterEachRun()) {
      throw new Stop(
          Stop.USAGE,
          "there is no earlier state of %s; --known-at goes with %s."
              .formatted(
                  what.id(),
                  Arrays.stream(Exports.What.values())
                      .filter(Exports.What::isKnownAfterEachRun)
                      .map(Exports.What::id)
                      .collect(Collectors.joining(", "))));
    }
    if (!what.isKnownAfterEachRun() || globals.asOf == null && knownAt == null) {
      return OptionalLong.empty();
    }
    var latest = globals.asOf == null ? LocalDate.MAX : globals.asOf;
    var before = knownAt == null ? null : end(knownAt, scope.programme().timeZone());
    var last =
        session.get(Ledger.class).all(scope).stream()
            .filter(r -> !r.asOf().isAfter(latest))
            .filter(r -> before == null || r.endedAt() != null && r.endedAt().isBefore(before))
            .mapToLong(Ledger.Line::run)
            .max();
    if (last.isEmpty()) {
      throw new Stop(
          Stop.FAILED,
          "there was no run%s%s; see keyroll runs."
              .formatted(
                  globals.asOf == null ? "" : " as of %s or before".formatted(globals.asOf),
                  knownAt == null ? "" : " that had ended by " + knownAt));
    }
    return last;
  }

  /** The first moment after the second, or the day, that a person names. */
  private static Instant end(String time, ZoneId zone) {
    try {
      var read =
          DateTimeFormatter.ofPattern("uuuu-MM-dd['T'HH:mm[:ss]]", Locale.ROOT)
              .withResolverStyle(ResolverStyle.STRICT)
              // As keyroll runs writes it, too.
              .parseBest(time.replace(' ', 'T'), LocalDateTime::from, LocalDate::from);
      return read instanceof LocalDateTime at
          ? at.atZone(zone).toInstant().plusSeconds(1)
          : LocalDate.from(read).plusDays(1).atStartOfDay(zone).toInstant();
    } catch (DateTimeException e) {
      throw new Stop(
          Stop.USAGE,
          "--known-at %s is no time; give one such as 2026-11-02T18:30:00, or a date."
              .formatted(time));
    }
  }
}
