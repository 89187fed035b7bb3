package org.keyroll.cli;

import org.keyroll.adjustment.Objection;
import org.keyroll.adjustment.Objections;
import org.keyroll.adjustment.Proposals;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.Scope;
import org.keyroll.followup.LetterReceipts;
import org.keyroll.followup.Questions;
import org.keyroll.intake.Freshness;
import org.keyroll.intake.HeldDeliveries;
import org.keyroll.publication.PublishedFolders;
import org.keyroll.run.Ledger;
import picocli.CommandLine.Command;

/** Says how a programme stands. */
@Command(
    name = "status",
    description = "Says what is in force, what is held and what waits.",
    mixinStandardHelpOptions = true)
final class StatusCommand extends HomeCommand {
  StatusCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) {
    console.print("%s (%s)".formatted(scope.programme().title(), scope.programme().id()));
    var revisions = session.get(Revisions.class).all(scope);
    if (revisions.isEmpty()) {
      console.print("  no revision has been published");
    } else {
      var last = revisions.get(revisions.size() - 1);
      console.print(
          "  revision %d of %s, %,d units: %s"
              .formatted(
                  last.number(),
                  last.asOf(),
                  last.units(),
                  session.get(PublishedFolders.class).of(scope.programme().id(), last.number())));
    }
    var open = session.get(Proposals.class).open(scope);
    if (!open.isEmpty()) {
      console.print("  %,d proposals wait for a decision".formatted(open.size()));
    }
    var asOf = session.asOf(globals, scope);
    var objections =
        session.get(Objections.class).all(scope).stream()
            .filter(o -> o.state() == Objection.State.OPEN)
            .toList();
    objections.forEach(o -> console.print("  " + ObjectionCommands.line(o, asOf)));
    var questions = session.get(Questions.class).open(scope);
    if (questions > 0) {
      console.print("  %,d questions of departments are open".formatted(questions));
    }
    var letters = session.get(LetterReceipts.class).counts(scope);
    if (letters.letters() > 0) {
      console.print(
          "  letters: %,d to units, the receipt of %,d is recorded"
              .formatted(letters.letters(), letters.received()));
    }
    for (var held : session.get(HeldDeliveries.class).waiting(scope)) {
      console.print("  ! %s is held: %s".formatted(held.fileName(), held.message()));
    }
    for (var source : session.get(Freshness.class).of(scope, asOf)) {
      console.print("  %-22s %s".formatted(source.source().id(), Silence.of(source)));
    }
    var ledger = session.get(Ledger.class);
    var runs = ledger.all(scope);
    if (!runs.isEmpty()) {
      console.print(
          "  last run: "
              + RunsCommand.line(
                  runs.get(runs.size() - 1), ledger.atWork(), scope.programme().timeZone()));
    }
  }
}
