package org.keyroll.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Revisions;
import org.keyroll.adjustment.Revisions.Revision;
import org.keyroll.definition.Scope;
import org.keyroll.publication.PublishedFolders;
import org.keyroll.publication.Rebuild;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a published revision again and compares it byte by byte. */
@Command(
    name = "rebuild",
    description =
        "Makes a published revision again from the database, by the definitions it was made by and"
            + " what was known then, and compares every file byte by byte with what was published.",
    mixinStandardHelpOptions = true)
final class RebuildCommand extends HomeCommand {
  @Option(
      names = "--revision",
      paramLabel = "N",
      description = "Number of the revision (default: the one in force).")
  private @Nullable Long number;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description =
          "Keep what is made in this folder, which must be new (default: a temporary folder).")
  private @Nullable Path into;

  RebuildCommand(Globals globals, Console console) {
    super(globals, console);
  }

  @Override
  void on(Session session, Scope scope) throws Exception {
    var revision = revision(session.get(Revisions.class), scope, number);
    var published =
        session.get(PublishedFolders.class).of(scope.programme().id(), revision.number());
    if (!Files.isDirectory(published)) {
      throw new Stop(
          Stop.FAILED,
          "there is no folder %s to compare with; put it back from a backup.".formatted(published));
    }
    if (into != null && Files.exists(into)) {
      throw new Stop(Stop.USAGE, "%s is there already; name a new folder.".formatted(into));
    }
    var folder =
        into == null ? Files.createTempDirectory("keyroll-rebuild") : Files.createDirectories(into);
    try {
      report(session.get(Rebuild.class), scope, revision, folder);
    } finally {
      if (into == null) {
        delete(folder);
      }
    }
  }

  /** The revision that a person names, or the one in force. */
  static Revision revision(Revisions revisions, Scope scope, @Nullable Long number) {
    long current = revisions.current(scope);
    if (current == 0) {
      throw new Stop(
          Stop.FAILED, "nothing of %s is published yet.".formatted(scope.programme().id()));
    }
    return revisions
        .find(scope, number == null ? current : number)
        .orElseThrow(
            () ->
                new Stop(
                    Stop.USAGE,
                    "there is no revision %d of %s; its revisions are 1 to %d."
                        .formatted(number, scope.programme().id(), current)));
  }

  static Stop notKept(Revision revision) {
    return new Stop(
        Stop.FAILED,
        "revision %d was made by an earlier version of Keyroll, which did not keep what it takes to make it again."
            .formatted(revision.number()));
  }

  private void report(Rebuild rebuild, Scope scope, Revision revision, Path folder)
      throws Exception {
    var compared = rebuild.rebuild(scope, revision, folder).orElseThrow(() -> notKept(revision));
    console.print(
        "%s, revision %d as of %s: %d files compared, %d differing."
            .formatted(
                scope.programme().id(),
                revision.number(),
                revision.asOf(),
                compared.files(),
                compared.differing()));
    if (compared.first() != null) {
      throw new Stop(
          Stop.FAILED,
          "the first: %s. keyroll verify says whether what was published has been changed%s."
              .formatted(
                  compared.first(),
                  into == null
                      ? "; with --into DIR what is made again is kept, to look at both"
                      : ""));
    }
  }

  private static void delete(Path folder) throws java.io.IOException {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
