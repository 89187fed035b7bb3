package org.keyroll.cli;

import java.time.LocalDate;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Decisions;
import org.keyroll.adjustment.OverrideId;
import org.keyroll.adjustment.Proposals;
import org.keyroll.people.People;
import org.keyroll.run.Ledger;
import org.springframework.boot.WebApplicationType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rejects proposals and overrides. */
@Command(
    name = "reject",
    description =
        "Rejects overrides and questions of judgement; what the rules propose only on a ground of"
            + " the programme, which puts an override forward. Takes an approver's key.",
    mixinStandardHelpOptions = true)
final class RejectCommand implements Callable<Integer> {
  private final Globals globals;
  private final Console console;
  @Mixin private final Chosen chosen = new Chosen();

  @Option(names = "--cause", paramLabel = "TEXT", required = true, description = "Why.")
  private String cause = "";

  @Option(
      names = "--ground",
      paramLabel = "ID",
      description = "Ground of programme.yml on which the unit stays as it stands.")
  private @Nullable String ground;

  @Option(names = "--until", paramLabel = "DATE", description = "Last day on which it does.")
  private @Nullable LocalDate until;

  RejectCommand(Globals globals, Console console) {
    this.globals = globals;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    if ((ground == null) != (until == null)) {
      throw new Stop(Stop.USAGE, "--ground and --until go together.");
    }
    var definitions = globals.definitions();
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var scope = session.get(Ledger.class).scope(definitions);
      var ballot = chosen.find(scope, session.get(Proposals.class));
      if (ballot.isEmpty()) {
        console.print("No proposal waits for persons.");
        return 0;
      }
      var person = session.get(People.class).authenticate(Credentials.find(globals.key));
      var against = ground == null || until == null ? null : new Decisions.Against(ground, until);
      var outcome =
          session
              .get(Decisions.class)
              .reject(person, scope, globals.asOf(definitions), ballot, cause, against);
      if (outcome.decided() > 0) {
        console.print("Rejected: %,d.".formatted(outcome.decided()));
      }
      if (outcome.waiting() > 0) {
        console.print(
            "Rejected by you, waiting for another person: %,d.".formatted(outcome.waiting()));
      }
      if (!outcome.made().isEmpty()) {
        console.print(
            "Put forward as overrides, on which another approver decides: %s."
                .formatted(
                    outcome.made().stream()
                        .map(OverrideId::toString)
                        .collect(Collectors.joining(" "))));
      }
    }
    return 0;
  }
}
