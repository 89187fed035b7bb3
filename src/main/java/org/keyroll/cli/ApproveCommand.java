package org.keyroll.cli;

import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Decisions;
import org.keyroll.adjustment.Proposals;
import org.keyroll.definition.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Approves proposals and overrides. */
@Command(
    name = "approve",
    description = "Approves proposals and overrides, all of them or none; takes an approver's key.",
    mixinStandardHelpOptions = true)
final class ApproveCommand extends HomeCommand {
  @Mixin private final Chosen chosen = new Chosen();

  @Option(names = "--cause", paramLabel = "TEXT", description = "Why; kept with the decision.")
  private @Nullable String cause;

  ApproveCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    var ballot = chosen.find(scope, session.get(Proposals.class));
    if (ballot.isEmpty()) {
      console.print("No proposal waits for approval.");
      return;
    }
    var person = session.person(globals);
    var outcome =
        session
            .get(Decisions.class)
            .approve(person, scope, globals.asOf(scope.definitions()), ballot, cause);
    if (outcome.decided() > 0) {
      console.print(
          "Approved: %,d. Proposals go out with keyroll publish or the next night, overrides act"
                  .formatted(outcome.decided())
              + " from the next night on, or keyroll adjust.");
    }
    if (outcome.waiting() > 0) {
      console.print(
          "Approved by you, waiting for another person: %,d.".formatted(outcome.waiting()));
    }
  }
}
