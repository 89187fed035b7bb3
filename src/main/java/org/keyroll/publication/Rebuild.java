package org.keyroll.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Revisions;
import org.keyroll.adjustment.Revisions.Revision;
import org.keyroll.definition.Scope;
import org.springframework.stereotype.Service;

/** Makes a published revision again from the database and compares it byte by byte. */
@Service
public class Rebuild {
  private final Revisions revisions;
  private final RevisionFiles files;
  private final PublishedFolders folders;

  Rebuild(Revisions revisions, RevisionFiles files, PublishedFolders folders) {
    this.revisions = revisions;
    this.files = files;
    this.folders = folders;
  }

  /**
   * How the two compare.
   *
   * @param files that either has
   * @param differing how many of them are not the same in both
   * @param first where they differ first, in the order of the paths; null where nothing differs
   */
  public record Compared(int files, int differing, @Nullable String first) {}

  /**
   * Makes a revision again, by the definitions that it was made by and what was known then.
   *
   * @param into an empty folder
   * @return empty where it was made by a version of Keyroll that did not keep what it takes
   */
  public Optional<Compared> rebuild(Scope scope, Revision revision, Path into) throws Exception {
    var made =
        revisions.asKnown(
            scope, revision, then -> files.make(then, revision.number(), new RevisionFolder(into)));
    return made.isEmpty()
        ? Optional.empty()
        : Optional.of(compare(folders.of(scope.programme().id(), revision.number()), into));
  }

  /**
   * Writes the letters of a revision, the same bytes as those among its files.
   *
   * @param into an empty folder
   * @return how many there are; empty as for {@link #rebuild}
   */
  public Optional<Integer> letters(Scope scope, Revision revision, Path into) throws Exception {
    return revisions.asKnown(scope, revision, then -> files.letters(then, revision.number(), into));
  }

  private static Compared compare(Path published, Path again) throws IOException {
    var paths = paths(published);
    paths.addAll(paths(again));
    int differing = 0;
    String first = null;
    for (var path : paths) {
      var difference = difference(published.resolve(path), again.resolve(path));
      if (difference != null) {
        differing++;
        first = first == null ? path + difference : first;
      }
    }
    return new Compared(paths.size(), differing, first);
  }

  private static SortedSet<String> paths(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .map(p -> folder.relativize(p).toString().replace('\\', '/'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static @Nullable String difference(Path published, Path again) throws IOException {
    if (!Files.exists(published)) {
      return " is made again, and is not among what was published";
    }
    if (!Files.exists(again)) {
      return " was published, and is not made again";
    }
    long at = Files.mismatch(published, again);
    return at < 0 ? null : " differs from byte %d on".formatted(at + 1);
  }
}
