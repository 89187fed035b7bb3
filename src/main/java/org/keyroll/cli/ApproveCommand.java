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

/** Approves proposals. */
@Command(
    name = "approve",
    description = "Approves proposals, all of them or none; takes an approver's key.",
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
      var ids = chosen.find(scope, session.get(Proposals.class));
      if (ids.isEmpty()) {
        console.print("No proposal waits for approval.");
        return 0;
      }
      var person = session.get(People.class).authenticate(Credentials.find(globals.key));
      var outcome =
          session
              .get(Decisions.class)
              .approve(person, scope, globals.asOf(definitions), ids, cause);
      if (outcome.decided() > 0) {
        console.print(
            "%,d units' proposals are approved and go out with keyroll publish or the next night."
                .formatted(outcome.decided()));
      }
      if (outcome.waiting() > 0) {
        console.print(
            "%,d units' proposals are approved by you and wait for another person."
                .formatted(outcome.waiting()));
      }
    }
    return 0;
  }
}
