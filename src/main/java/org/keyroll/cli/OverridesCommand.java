package org.keyroll.cli;

import org.keyroll.adjustment.Overrides;
import org.keyroll.adjustment.UnitOverride;
import org.keyroll.adjustment.UnitOverride.State;
import org.keyroll.definition.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what persons have said of units. */
@Command(
    name = "overrides",
    description = "Shows the overrides and judgements that wait or are in force.",
    mixinStandardHelpOptions = true)
final class OverridesCommand extends HomeCommand {

  @Option(names = "--all", description = "Also those that have ended.")
  private boolean all;

  OverridesCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    var shown =
        session.get(Overrides.class).all(scope).stream()
            .filter(o -> all || o.state() == State.PROPOSED || o.state() == State.APPROVED)
            .toList();
    shown.forEach(this::print);
    if (shown.isEmpty()) {
      console.print("No override waits or is in force.");
    }
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
