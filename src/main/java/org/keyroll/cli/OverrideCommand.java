package org.keyroll.cli;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.OverrideId;
import org.keyroll.adjustment.OverrideRequests;
import org.keyroll.adjustment.OverrideRequests.Request;
import org.keyroll.definition.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts an override forward, edits or withdraws it. */
@Command(
    name = "override",
    description =
        "Puts forward that a unit is treated otherwise than the rules say, on a ground of the"
            + " programme and for a time; or edits or withdraws that. Takes an editor's key.",
    mixinStandardHelpOptions = true)
final class OverrideCommand extends HomeCommand {

  @Parameters(
      paramLabel = "UNIT|ID",
      description = "Id, identifier or name of a unit; or the id of an override, such as O12.")
  private String about = "";

  @Option(names = "--ground", paramLabel = "ID", description = "Ground of programme.yml.")
  private @Nullable String ground;

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      description = "Where the unit is listed, where the ground lists units.")
  private @Nullable String tier;

  @Option(names = "--until", paramLabel = "DATE", description = "Last day on which it holds.")
  private @Nullable LocalDate until;

  @Option(names = "--cause", paramLabel = "TEXT", description = "Why.")
  private @Nullable String cause;

  @Option(
      names = "--withdraw",
      description = "Take back an override that waits, or put forward that one in force ends.")
  private boolean withdraw;

  OverrideCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    var asOf = globals.asOf(scope.definitions());
    var requests = session.get(OverrideRequests.class);
    var person = session.person(globals);
    if (!OverrideId.is(about)) {
      var request = request();
      var unit = session.unit(scope, about).id();
      put(requests.propose(person, scope, asOf, unit, request));
    } else if (withdraw) {
      var left = requests.withdraw(person, scope, asOf, OverrideId.parse(about), needed(cause));
      left.ifPresentOrElse(this::put, () -> console.print(about + " is withdrawn."));
    } else if (ground != null || tier == null && until == null && cause == null) {
      throw new Stop(
          Stop.USAGE, "say what of %s changes: --tier, --until or --cause.".formatted(about));
    } else {
      put(requests.edit(person, scope, asOf, OverrideId.parse(about), tier, until, cause));
    }
  }

  private Request request() {
    if (ground == null || until == null || withdraw) {
      throw new Stop(Stop.USAGE, "an override takes --ground ID, --until DATE and --cause TEXT.");
    }
    return new Request(ground, tier, until, needed(cause));
  }

  private static String needed(@Nullable String cause) {
    if (cause == null || cause.isBlank()) {
      throw new Stop(Stop.USAGE, "say why: --cause TEXT.");
    }
    return cause;
  }

  private void put(OverrideId id) {
    console.print(
        "%s is put forward; an approver who has no hand in it decides with keyroll approve %s."
            .formatted(id, id));
  }
}
