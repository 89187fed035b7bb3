package org.keyroll.cli;

import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.OverrideId;
import org.keyroll.adjustment.OverrideRequests;
import org.keyroll.adjustment.OverrideRequests.Request;
import org.keyroll.definition.Scope;
import org.keyroll.identity.Units;
import org.keyroll.people.People;
import org.keyroll.run.Ledger;
import org.keyroll.unit.UnitId;
import org.springframework.boot.WebApplicationType;
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
final class OverrideCommand implements Callable<Integer> {
  private final Globals globals;
  private final Console console;

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
    this.globals = globals;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    var definitions = globals.definitions();
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var scope = session.get(Ledger.class).scope(definitions);
      var asOf = globals.asOf(definitions);
      var requests = session.get(OverrideRequests.class);
      var key = Credentials.find(globals.key);
      var people = session.get(People.class);
      if (!OverrideId.is(about)) {
        var request = request();
        var unit = unit(session, scope);
        put(requests.propose(people.authenticate(key), scope, asOf, unit, request));
      } else if (withdraw) {
        var left =
            requests.withdraw(
                people.authenticate(key), scope, asOf, OverrideId.parse(about), needed(cause));
        left.ifPresentOrElse(this::put, () -> console.print(about + " is withdrawn."));
      } else if (ground != null || tier == null && until == null && cause == null) {
        throw new Stop(
            Stop.USAGE, "say what of %s changes: --tier, --until or --cause.".formatted(about));
      } else {
        put(
            requests.edit(
                people.authenticate(key),
                scope,
                asOf,
                OverrideId.parse(about),
                tier,
                until,
                cause));
      }
    }
    return 0;
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

  private UnitId unit(Session session, Scope scope) {
    var units = session.get(Units.class).find(scope, about);
    if (units.size() != 1) {
      throw new Stop(
          Stop.FAILED,
          units.isEmpty()
              ? "no unit has the id, identifier or name %s; see keyroll export units."
                  .formatted(about)
              : "several units are called %s; name one by its id.".formatted(about));
    }
    return units.get(0).id();
  }

  private void put(OverrideId id) {
    console.print(
        "%s is put forward; an approver who has no hand in it decides with keyroll approve %s."
            .formatted(id, id));
  }
}
