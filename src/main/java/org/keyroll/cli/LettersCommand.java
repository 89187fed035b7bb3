package org.keyroll.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Revisions;
import org.keyroll.definition.Scope;
import org.keyroll.publication.Rebuild;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the letters of a revision. */
@Command(
    name = "letters",
    description =
        "Makes the letters to the units that a revision concerns, a PDF each, as letters.yml of"
            + " that revision says; the same bytes as those among its files.",
    mixinStandardHelpOptions = true)
final class LettersCommand extends HomeCommand {
  @Option(
      names = "--revision",
      paramLabel = "N",
      description = "Number of the revision (default: the one in force).")
  private @Nullable Long number;

  @Option(
      names = "-o",
      required = true,
      paramLabel = "DIR",
      description = "Folder that takes them; it must be new.")
  private Path into = Path.of("");

  LettersCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    if (Files.exists(into)) {
      throw new Stop(Stop.USAGE, "%s is there already; name a new folder.".formatted(into));
    }
    var revision = RebuildCommand.revision(session.get(Revisions.class), scope, number);
    int letters =
        session
            .get(Rebuild.class)
            .letters(scope, revision, Files.createDirectories(into))
            .orElseThrow(() -> RebuildCommand.notKept(revision));
    console.print(
        "%s, revision %d as of %s: %d letters in %s."
            .formatted(scope.programme().id(), revision.number(), revision.asOf(), letters, into));
  }
}
