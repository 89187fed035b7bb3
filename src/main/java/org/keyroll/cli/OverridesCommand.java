package org.keyroll.cli;

import java.util.concurrent.Callable;
import org.keyroll.adjustment.Overrides;
import org.keyroll.adjustment.UnitOverride;
import org.keyroll.adjustment.UnitOverride.State;
import org.keyroll.run.Ledger;
import org.springframework.boot.WebApplicationType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what persons have said of units. */
@Command(
    name = "overrides",
    description = "Shows the overrides and judgements that wait or are in force.",
    mixinStandardHelpOptions = true)
final class OverridesCommand implements Callable<Integer> {
  private final Globals globals;
  private final Console console;

  @Option(names = "--all", description = "Also those that have ended.")
  private boolean all;

  OverridesCommand(Globals globals, Console console) {
    this.globals = globals;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    var definitions = globals.definitions();
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var scope = session.get(Ledger.class).scope(definitions);
      var shown =
          session.get(Overrides.class).all(scope).stream()
              .filter(o -> all || o.state() == State.PROPOSED || o.state() == State.APPROVED)
              .toList();
      shown.forEach(this::print);
      if (shown.isEmpty()) {
        console.print("No override waits or is in force.");
      }
    }
    return 0;
  }

  private void print(UnitOverride override) {
    console.print(
        "%s  %s  %s%s%s  %s to %s  %s%s"
            .formatted(
                override.id(),
                override.unit(),
                override.kind().id(),
                override.tier() == null ? "" : " " + override.tier(),
                override.ground() == null ? "" : " on " + override.ground(),
                override.startsOn(),
                override.endsOn(),
                override.state().id(),
                override.decidedBy() == null ? "" : " by " + override.decidedBy()));
    console.print(
        "    made by %s: %s".formatted(String.join(", ", override.makers()), override.cause()));
  }
}
