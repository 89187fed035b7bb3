package org.keyroll.cli;

import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Batches;
import org.keyroll.adjustment.Proposals;
import org.keyroll.definition.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gathers proposals that are decided on together. */
@Command(
    name = "batch",
    description =
        "Puts proposals into a batch, on which approvers decide as a whole, or takes them out again;"
            + " takes the key of an editor or approver. Without options, shows the batches.",
    mixinStandardHelpOptions = true)
final class BatchCommand extends HomeCommand {
  @Mixin private final Chosen chosen = new Chosen();

  @Option(
      names = "--into",
      paramLabel = "NAME",
      description = "The batch to put them into; it is made where there is none of the name.")
  private @Nullable String into;

  @Option(names = "--out", description = "Take them out of their batch.")
  private boolean out;

  BatchCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    var batches = session.get(Batches.class);
    if (into == null && !out) {
      show(batches, scope);
      return;
    }
    if (into != null && out) {
      throw new Stop(Stop.USAGE, "--into and --out do not go together.");
    }
    var ballot = chosen.find(scope, session.get(Proposals.class));
    if (!ballot.overrides().isEmpty()) {
      throw new Stop(Stop.USAGE, "a batch is of proposals; overrides are decided on one by one.");
    }
    if (ballot.isEmpty()) {
      console.print("No proposal waits for persons.");
      return;
    }
    var person = session.person(globals);
    var asOf = globals.asOf(scope.definitions());
    if (into == null) {
      batches.takeOut(person, scope, asOf, ballot.proposals());
      console.print("Taken out: %,d.".formatted(ballot.proposals().size()));
    } else {
      batches.gather(person, scope, asOf, into, ballot.proposals());
      console.print(
          "Put into the batch \"%s\": %,d. An approver decides with keyroll approve --batch."
              .formatted(into.strip(), ballot.proposals().size()));
    }
  }

  private void show(Batches batches, Scope scope) {
    var all = batches.all(scope);
    for (var batch : all) {
      console.print(
          "\"%s\"  by %s as of %s: %,d wait, %,d go out with the next revision, %,d published"
              .formatted(
                  batch.name(),
                  batch.madeBy(),
                  batch.madeOn(),
                  batch.waiting(),
                  batch.approved(),
                  batch.published()));
    }
    if (all.isEmpty()) {
      console.print("There is no batch.");
    }
  }
}
