package org.keyroll.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Decisions;
import org.keyroll.adjustment.Proposals;
import org.keyroll.people.People;
import org.keyroll.run.Ledger;
import org.springframework.boot.WebApplicationType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Approves proposals and overrides. */
@Command(
    name = "approve",
    description = "Approves proposals and overrides, all of them or none; takes an approver's key.",
    mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {
  private final Globals globals;
  private final Console console;
  @Mixin private final Chosen chosen = new Chosen();

  @Option(names = "--cause", paramLabel = "TEXT", description = "Why; kept with the decision.")
  private @Nullable String cause;

  ApproveCommand(Globals globals, Console console) {
    this.globals = globals;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    var definitions = globals.definitions();
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var scope = session.get(Ledger.class).scope(definitions);
      var ballot = chosen.find(scope, session.get(Proposals.class));
      if (ballot.isEmpty()) {
        console.print("No proposal waits for approval.");
        return 0;
      }
      var person = session.get(People.class).authenticate(Credentials.find(globals.key));
      var outcome =
          session
              .get(Decisions.class)
              .approve(person, scope, globals.asOf(definitions), ballot, cause);
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
    return 0;
  }
}
