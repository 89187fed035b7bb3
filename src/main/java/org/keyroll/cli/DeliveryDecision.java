package org.keyroll.cli;

import org.keyroll.definition.Scope;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.HeldDeliveries;
import org.keyroll.intake.HeldDeliveries.Undecidable;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.Person;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes down what a person says of a delivery that gates hold. */
abstract sealed class DeliveryDecision extends HomeCommand {
  @Parameters(paramLabel = "DELIVERY", description = "Its number, or the name of its file.")
  private String delivery = "";

  @Option(
      names = "--cause",
      paramLabel = "WHY",
      required = true,
      description = "Why; kept in the audit trail.")
  private String cause = "";

  private DeliveryDecision(Globals globals, Console console) {
    super(globals, console);
  }

  abstract Delivery decide(
      HeldDeliveries held, Scope scope, String delivery, Person person, String cause)
      throws Undecidable, NotAllowed;

  @Override
  void on(Session session, Scope scope) throws Exception {
    if (cause.isBlank()) {
      throw new Stop(Stop.USAGE, "say why: --cause WHY.");
    }
    try {
      var decided =
          decide(
              session.get(HeldDeliveries.class),
              scope,
              delivery,
              session.person(globals),
              cause.strip());
      console.print(
          "%s of %s is %s; %s"
              .formatted(
                  decided.fileName(),
                  decided.source(),
                  DeliveriesCommand.word(decided),
                  decided.state() == Delivery.State.RELEASED
                      ? "the next run takes it in."
                      : "the same bytes have no effect when they come again."));
    } catch (Undecidable e) {
      throw new Stop(Stop.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** Lets it in. */
  @Command(
      name = "release",
      description =
          "Lets a delivery pass the gates that hold it; the next run takes it in. Takes an"
              + " approver's key.",
      mixinStandardHelpOptions = true)
  static final class Release extends DeliveryDecision {
    Release(Globals globals, Console console) {
      super(globals, console);
    }

    @Override
    Delivery decide(HeldDeliveries held, Scope scope, String delivery, Person person, String cause)
        throws Undecidable, NotAllowed {
      return held.release(scope, delivery, person, cause);
    }
  }

  /** Keeps it out. */
  @Command(
      name = "refuse",
      description =
          "Refuses a delivery that is held; the same bytes have no effect any more. Takes an"
              + " approver's key.",
      mixinStandardHelpOptions = true)
  static final class Refuse extends DeliveryDecision {
    Refuse(Globals globals, Console console) {
      super(globals, console);
    }

    @Override
    Delivery decide(HeldDeliveries held, Scope scope, String delivery, Person person, String cause)
        throws Undecidable, NotAllowed {
      return held.refuse(scope, delivery, person, cause);
    }
  }
}
