package org.keyroll.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.HeldDeliveries;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the files that were received. */
@Command(
    name = "deliveries",
    description = "Lists what was received and what became of it, oldest first.",
    mixinStandardHelpOptions = true)
final class DeliveriesCommand extends HomeCommand {
  private static final List<String> COLUMNS =
      List.of(
          "number",
          "source",
          "file",
          "received_on",
          "covers",
          "state",
          "read",
          "accepted",
          "rejected",
          "duplicate",
          "decided_by",
          "cause",
          "message");

  @Option(names = "--held", description = "Only what waits for a person.")
  private boolean held;

  DeliveriesCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    var deliveries =
        held
            ? session.get(HeldDeliveries.class).waiting(scope)
            : session.get(Deliveries.class).all(scope);
    show(deliveries.stream().sorted(Comparator.comparingLong(Delivery::number)).toList());
  }

  @Override
  boolean givesTables() {
    return true;
  }

  private void show(List<Delivery> deliveries) throws Exception {
    var format = globals.format;
    if (format == null || format == Globals.Format.text) {
      deliveries.forEach(this::line);
      return;
    }
    TableOut.write(
        console,
        null,
        format,
        "deliveries",
        COLUMNS,
        (Consumer<List<@Nullable Object>> rows) ->
            deliveries.forEach(
                d ->
                    rows.accept(
                        Arrays.<@Nullable Object>asList(
                            d.number(),
                            d.source(),
                            d.fileName(),
                            d.asOf(),
                            d.covers(),
                            word(d),
                            d.counts().read(),
                            d.counts().accepted(),
                            d.counts().rejected(),
                            d.counts().duplicate(),
                            d.decidedBy(),
                            d.cause(),
                            d.message()))));
  }

  private void line(Delivery delivery) {
    console.print(
        "%5d  %-9s %-22s %s, received on %s%s"
            .formatted(
                delivery.number(),
                word(delivery),
                delivery.source(),
                delivery.fileName(),
                delivery.asOf(),
                delivery.covers() == null ? "" : ", of " + delivery.covers()));
    if (delivery.decidedBy() != null) {
      console.print("         %s: %s".formatted(delivery.decidedBy(), delivery.cause()));
    }
    if (delivery.message() != null) {
      console.print("         " + delivery.message());
    }
  }

  static String word(Delivery delivery) {
    return delivery.state().name().toLowerCase(Locale.ROOT);
  }
}
