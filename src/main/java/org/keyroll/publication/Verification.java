package org.keyroll.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Checks a published folder with nothing but the folder. */
public final class Verification {
  private Verification() {}

  /**
   * What was found.
   *
   * @param manifest null when there is none that can be read
   * @param problems one sentence each; empty when the folder is as it was published
   */
  public record Finding(@Nullable Manifest manifest, List<String> problems) {}

  /** Compares every file with the manifest. */
  public static Finding verify(Path folder) throws IOException {
    var manifestFile = folder.resolve(Manifest.NAME);
    if (!Files.isRegularFile(manifestFile)) {
      return new Finding(
          null,
          List.of(
              "%s has no manifest.json; name the folder of one revision, such as revision-0001"
                  .formatted(folder)));
    }
    Manifest manifest;
    try {
      manifest = Manifest.read(Files.readAllBytes(manifestFile));
    } catch (JacksonException e) {
      return new Finding(null, List.of("manifest.json cannot be read: " + e.getOriginalMessage()));
    }
    var problems = new ArrayList<String>();
    var present = new TreeSet<String>();
    try (var paths = Files.walk(folder)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(p -> present.add(folder.relativize(p).toString().replace('\\', '/')));
    }
    present.remove(Manifest.NAME);
    for (var line : manifest.files()) {
      if (!present.remove(line.path())) {
        problems.add(line.path() + " is missing");
      } else if (!sha256(folder.resolve(line.path())).equals(line.sha256())) {
        problems.add(line.path() + " has been changed since it was published");
      }
    }
    present.forEach(path -> problems.add(path + " does not belong to the revision"));
    return new Finding(manifest, problems);
  }

  /** Whether a folder holds the manifest with this SHA-256. */
  public static boolean hasManifest(Path folder, String sha256) throws IOException {
    var file = folder.resolve(Manifest.NAME);
    return Files.isRegularFile(file) && sha256(file).equals(sha256);
  }

  private static String sha256(Path file) throws IOException {
    return HexFormat.of().formatHex(RevisionFolder.sha256().digest(Files.readAllBytes(file)));
  }
}
