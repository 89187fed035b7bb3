package org.keyroll.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.keyroll.definition.Scope;
import org.keyroll.run.Ledger;
import picocli.CommandLine.Command;

/** Lists the runs there have been. */
@Command(
    name = "runs",
    description = "Lists the runs there have been.",
    mixinStandardHelpOptions = true)
final class RunsCommand extends HomeCommand {
  RunsCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) {
    var ledger = session.get(Ledger.class);
    boolean atWork = ledger.atWork();
    var zone = scope.programme().timeZone();
    ledger.all(scope).forEach(r -> console.print(line(r, atWork, zone)));
  }

  static String line(Ledger.Line run, boolean atWork, ZoneId zone) {
    boolean cutOff = run.state() == Ledger.State.RUNNING && !atWork;
    return "%d %s as of %s, round %d: %s, started %s%s%s"
        .formatted(
            run.run(),
            run.job(),
            run.asOf(),
            run.round(),
            cutOff
                ? "cut off, the same command goes on with it"
                : run.state().name().toLowerCase(Locale.ROOT),
            clock(run.startedAt(), zone),
            run.endedAt() == null ? "" : ", ended " + clock(run.endedAt(), zone),
            run.message() == null ? "" : ": " + run.message());
  }

  /** To the second, in the programme's zone. */
  private static String clock(Instant time, ZoneId zone) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
        .withZone(zone)
        .format(time);
  }
}
