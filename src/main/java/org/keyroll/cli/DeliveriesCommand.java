package org.keyroll.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.HeldDeliveries;
import org.keyroll.run.Ledger;
import org.springframework.boot.WebApplicationType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the files that were received. */
@Command(
    name = "deliveries",
    description = "Lists what was received and what became of it, oldest first.",
    mixinStandardHelpOptions = true)
final class DeliveriesCommand implements Callable<Integer> {
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

  private final Globals globals;
  private final Console console;

  @Option(names = "--held", description = "Only what waits for a person.")
  private boolean held;

  DeliveriesCommand(Globals globals, Console console) {
    this.globals = globals;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    var definitions = globals.definitions();
    globals.mustExist();
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var scope = session.get(Ledger.class).scope(definitions);
      show(
          held
              ? session.get(HeldDeliveries.class).waiting(scope)
              : session.get(Deliveries.class).all(scope));
    }
    return 0;
  }

  private void show(List<Delivery> deliveries) throws Exception {
    var format = globals.format;
    if (format == null || format == Globals.Format.text) {
      deliveries.forEach(this::line);
      return;
    }
    TableOut.write(
        console.out(),
        format,
        "deliveries",
        COLUMNS,
        (Consumer<List<@Nullable Object>> rows) ->
            deliveries.forEach(
                d ->
                    rows.accept(
                        Arrays.<@Nullable Object>asList(
                            d.id(),
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
                delivery.id(),
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
