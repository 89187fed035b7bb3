package org.keyroll.cli;

import org.keyroll.definition.Scope;
import org.keyroll.run.Ledger;
import picocli.CommandLine.Command;

/** Asks the run at work to stop. */
@Command(
    name = "stop",
    description = "Asks the run at work to stop before its next part.",
    mixinStandardHelpOptions = true)
final class StopCommand extends HomeCommand {
  StopCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) {
    var run =
        session
            .get(Ledger.class)
            .askToStop(scope, System.getProperty("user.name", "an unknown user"))
            .orElseThrow(
                () ->
                    new Stop(
                        Stop.FAILED,
                        "no run of %s is at work; see keyroll runs."
                            .formatted(scope.programme().id())));
    console.print(
        "Run %d (%s as of %s) stops before its next part; nothing of what it has done is lost."
            .formatted(run.run(), run.job(), run.asOf()));
  }
}
