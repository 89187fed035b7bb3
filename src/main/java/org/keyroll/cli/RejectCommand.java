package org.keyroll.cli;

import java.time.LocalDate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Decisions;
import org.keyroll.adjustment.OverrideId;
import org.keyroll.adjustment.Proposals;
import org.keyroll.definition.Scope;
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
final class RejectCommand extends HomeCommand {
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
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    if ((ground == null) != (until == null)) {
      throw new Stop(Stop.USAGE, "--ground and --until go together.");
    }
    var ballot = chosen.find(scope, session.get(Proposals.class));
    if (ballot.isEmpty()) {
      console.print("No proposal waits for persons.");
      return;
    }
    var person = session.person(globals);
    var against = ground == null || until == null ? null : new Decisions.Against(ground, until);
    var outcome =
        session
            .get(Decisions.class)
            .reject(person, scope, globals.asOf(scope.definitions()), ballot, cause, against);
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
}
