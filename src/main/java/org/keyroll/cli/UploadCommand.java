package org.keyroll.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keyroll.intake.Upload;
import org.keyroll.intake.Uploads;
import org.keyroll.run.Ledger;
import org.springframework.boot.WebApplicationType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts files into the inbox and says what the next run would say of them. */
@Command(
    name = "upload",
    description =
        "Puts files of a source into the inbox, whole or not at all, and says what the next run"
            + " would say of them.",
    mixinStandardHelpOptions = true)
final class UploadCommand implements Callable<Integer> {
  private final Globals globals;
  private final Console console;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "Id of the source.")
  private String source = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "The files.")
  private List<Path> files = List.of();

  @Option(
      names = "--inbox",
      paramLabel = "DIR",
      description = "Folder to put them into (default: inbox in the home).")
  private @Nullable Path inbox;

  @Option(
      names = "--confirm",
      description = "Also what would be held, or takes the place of a file in the inbox.")
  private boolean confirmed;

  UploadCommand(Globals globals, Console console) {
    this.globals = globals;
    this.console = console;
  }

  @Override
  public Integer call() throws Exception {
    globals.textOnly();
    var definitions = globals.definitions();
    Globals.source(definitions, source);
    for (var file : files) {
      if (!Files.isRegularFile(file)) {
        throw new Stop(Stop.USAGE, "there is no file %s.".formatted(file));
      }
    }
    var folder = inbox == null ? globals.home.resolve("inbox") : inbox;
    if (inbox == null) {
      Files.createDirectories(folder);
    } else if (!Files.isDirectory(folder)) {
      throw new Stop(
          Stop.USAGE, "there is no folder %s; name the inbox with --inbox.".formatted(folder));
    }
    int worst = 0;
    try (var session = Session.open(globals, console, WebApplicationType.NONE)) {
      var scope = session.get(Ledger.class).scope(definitions);
      for (var file : files) {
        try (var in = Files.newInputStream(file)) {
          var upload =
              session
                  .get(Uploads.class)
                  .receive(
                      scope,
                      globals.asOf(definitions),
                      folder,
                      source,
                      file.getFileName().toString(),
                      in,
                      confirmed);
          worst = Math.max(worst, tell(upload));
        }
      }
    }
    return worst == 0 ? 0 : worst == 1 ? Stop.HELD : Stop.FAILED;
  }

  /** 0 where all is well, 1 where it is to be confirmed, 2 where it was not taken. */
  private int tell(Upload upload) {
    var name = upload.fileName();
    var says = upload.message() == null ? "" : upload.message();
    switch (upload.outcome()) {
      case STORED ->
          console.print(
              "%s: in the inbox; %,d rows, %,d of them would be rejected%s"
                  .formatted(
                      name,
                      upload.rows(),
                      upload.rejected(),
                      says.isEmpty() ? "" : "; it " + says));
      case KNOWN -> console.print("%s: %s".formatted(name, says));
      case TO_CONFIRM ->
          console.note(
              "keyroll: %s: %s. It is not in the inbox; where it is right, send it again with --confirm."
                  .formatted(name, says));
      case UNKNOWN_SOURCE, REFUSED ->
          console.note(
              "keyroll: %s: %s. It is not in the inbox."
                  .formatted(
                      name,
                      upload.outcome() == Upload.Outcome.REFUSED
                          ? "would be refused: " + says
                          : says));
    }
    upload.faults().forEach(fault -> console.print("  " + fault));
    if (upload.rejected() > 0 && upload.faults().size() < upload.rejected()) {
      console.print("  and more");
    }
    return switch (upload.outcome()) {
      case STORED, KNOWN -> 0;
      case TO_CONFIRM -> 1;
      case UNKNOWN_SOURCE, REFUSED -> 2;
    };
  }
}
