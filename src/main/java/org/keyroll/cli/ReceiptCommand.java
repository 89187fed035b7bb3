package org.keyroll.cli;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.followup.LetterReceipts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records that a unit has received its letter. */
@Command(
    name = "receipt",
    description =
        "Records, with an editor's key, that a unit has received its letter; measures whose clock"
            + " runs from it, or that it closes, follow.",
    mixinStandardHelpOptions = true)
final class ReceiptCommand extends HomeCommand {
  @Parameters(paramLabel = "UNIT", description = "Id, identifier or name of the unit.")
  private String named = "";

  @Option(
      names = "--on",
      required = true,
      paramLabel = "DATE",
      description = "Day on which it was received.")
  private LocalDate on = LocalDate.EPOCH;

  @Option(
      names = "--revision",
      paramLabel = "N",
      description = "Revision that the letter tells of (default: the last that has one to it).")
  private @Nullable Long revision;

  ReceiptCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    var unit = session.unit(scope, named).id();
    var person = session.person(globals);
    try {
      var receipt =
          session
              .get(LetterReceipts.class)
              .record(person, scope, unit, revision, on, globals.asOf(scope.definitions()));
      console.print(
          "%s has received its letter of revision %d on %s; recorded by %s."
              .formatted(
                  receipt.unit(), receipt.revision(), receipt.receivedOn(), receipt.recordedBy()));
    } catch (LetterReceipts.NothingToRecord e) {
      throw new Stop(Stop.FAILED, String.valueOf(e.getMessage()));
    }
  }
}
