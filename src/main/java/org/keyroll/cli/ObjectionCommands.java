package org.keyroll.cli;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Objection;
import org.keyroll.adjustment.Objections;
import org.keyroll.definition.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What units say against changes of the list. */
final class ObjectionCommands {
  private ObjectionCommands() {}

  /** How one stands, in a line. */
  static String line(Objection objection, LocalDate asOf) {
    return "%s  %s  against revision %d, received on %s, %s: %s"
        .formatted(
            objection.id(),
            objection.unit(),
            objection.revision(),
            objection.receivedOn(),
            objection.isOverdue(asOf)
                ? "OVERDUE since " + objection.dueOn()
                : objection.state() == Objection.State.OPEN
                    ? "to be answered by " + objection.dueOn()
                    : "%s by %s on %s (%s)"
                        .formatted(
                            objection.state().id(),
                            objection.decidedBy(),
                            objection.decidedOn(),
                            objection.cause()),
            objection.said());
  }

  /** Files an objection or answers one. */
  @Command(
      name = "objection",
      description =
          "Puts down what a unit says against its last published change, with an editor's key; or"
              + " answers that, with the key of an approver who did not file it.",
      mixinStandardHelpOptions = true)
  static final class File extends HomeCommand {
    @Parameters(
        paramLabel = "UNIT|ID",
        description = "Id, identifier or name of a unit; or the id of an objection, such as OB12.")
    private String about = "";

    @Option(names = "--said", paramLabel = "TEXT", description = "What the unit says.")
    private @Nullable String said;

    @Option(
        names = "--received",
        paramLabel = "DATE",
        description = "Day on which it came (default: the business date).")
    private @Nullable LocalDate received;

    @Option(names = "--uphold", description = "The unit is right.")
    private boolean uphold;

    @Option(names = "--dismiss", description = "The change stays.")
    private boolean dismiss;

    @Option(names = "--cause", paramLabel = "TEXT", description = "Why it is answered so.")
    private @Nullable String cause;

    File(Globals globals, Console console) {
      super(globals, console);
    }

    @Override
    void on(Session session, Scope scope) throws Exception {
      var asOf = globals.asOf(scope.definitions());
      long number = Objection.number(about);
      var objections = session.get(Objections.class);
      if (number > 0) {
        if (uphold == dismiss || cause == null || cause.isBlank()) {
          throw new Stop(
              Stop.USAGE, "answer with --uphold or --dismiss, and say why with --cause TEXT.");
        }
        var person = session.person(globals);
        var answered = objections.answer(person, scope, number, uphold, asOf, cause);
        console.print(line(answered, asOf));
        if (uphold) {
          console.print(
              "The list is as it was: keyroll override, or a mended file of the source, changes it.");
        }
        return;
      }
      if (said == null || said.isBlank() || uphold || dismiss) {
        throw new Stop(Stop.USAGE, "an objection takes --said TEXT, and --received DATE.");
      }
      var unit = session.unit(scope, about).id();
      var person = session.person(globals);
      console.print(
          line(
              objections.file(person, scope, unit, received == null ? asOf : received, said),
              asOf));
    }
  }

  /** Shows objections. */
  @Command(
      name = "objections",
      description = "Shows the objections that are open.",
      mixinStandardHelpOptions = true)
  static final class Show extends HomeCommand {
    @Option(names = "--all", description = "Also those that have been answered.")
    private boolean all;

    Show(Globals globals, Console console) {
      super(globals, console);
    }

    @Override
    void on(Session session, Scope scope) {
      var asOf = session.asOf(globals, scope);
      var shown =
          session.get(Objections.class).all(scope).stream()
              .filter(o -> all || o.state() == Objection.State.OPEN)
              .toList();
      shown.forEach(o -> console.print(line(o, asOf)));
      if (shown.isEmpty()) {
        console.print("No objection is open.");
      }
    }
  }
}
