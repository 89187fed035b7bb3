package org.keyroll.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.intake.Deliveries;
import org.keyroll.intake.Delivery;
import org.keyroll.intake.RejectedRows;
import org.keyroll.publication.Answers;
import org.keyroll.table.AnnotatedWorkbook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a delivery back with what is wrong in which cell. */
@Command(
    name = "answer",
    description = "Gives a delivery back: its own file with what is wrong in it and what to do.",
    mixinStandardHelpOptions = true)
final class AnswerCommand extends HomeCommand {

  @Parameters(
      paramLabel = "DELIVERY|FILE",
      description = "The file, or the number, name or SHA-256 of a delivery.")
  private String text = "";

  @Option(
      names = "-o",
      paramLabel = "FILE",
      description = "File to write (default: named as the delivery, -answer behind it).")
  private @Nullable Path file;

  AnswerCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    var delivery = delivery(session.get(Deliveries.class), scope);
    var written = Files.createTempFile("keyroll", ".answer");
    try {
      AnnotatedWorkbook.Form form;
      try (var out = Files.newOutputStream(written)) {
        form = session.get(Answers.class).write(scope.definitions(), delivery, out);
      }
      var to = file == null ? Path.of(Answers.name(delivery) + "-answer" + form.extension()) : file;
      Files.copy(written, to, StandardCopyOption.REPLACE_EXISTING);
      console.print(
          "%s: %,d rows rejected; the answer is in %s"
              .formatted(delivery.fileName(), session.get(RejectedRows.class).rows(delivery), to));
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private Delivery delivery(Deliveries deliveries, Scope scope) throws IOException {
    var found =
        Files.isRegularFile(Path.of(text))
            ? deliveries.find(scope, Path.of(text))
            : deliveries.find(scope, text);
    var delivery =
        found.orElseThrow(
            () ->
                new Stop(
                    Stop.FAILED,
                    "%s has not been delivered; name a file that was, or the number, name or SHA-256 of a delivery."
                        .formatted(text)));
    if (!scope.definitions().sources().containsKey(delivery.source())) {
      throw new Stop(
          Stop.FAILED,
          "the source %s is not defined any more; without it there is no answer."
              .formatted(delivery.source()));
    }
    if (delivery.state() == Delivery.State.RECEIVED
        || delivery.state() == Delivery.State.RELEASED) {
      throw new Stop(Stop.FAILED, "%s has not been taken in yet; run the night.".formatted(text));
    }
    return delivery;
  }
}
