package org.keyroll.publication;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.keyroll.publication.Manifest.FileLine;
import tools.jackson.core.JacksonException;

/**
 * Checks what was published with nothing but the folder and the public key: all revisions of a
 * programme, one of them, or the part of it that a department has received.
 */
public final class Verification {
  private static final Set<String> SEALS =
      Set.of(Seal.NAME, Seal.NAME + RevisionFolder.SIGNATURE, Seal.Proof.NAME);

  private final PublicKeyFile key;
  private final List<String> problems = new ArrayList<>();

  private Verification(PublicKeyFile key) {
    this.key = key;
  }

  /**
   * What was found.
   *
   * @param what one sentence on what was checked; empty when that could not be told
   * @param problems one sentence each; empty when all is as it was published
   * @param key file of the public key that signatures were held to; null: none was found
   */
  public record Finding(String what, List<String> problems, @Nullable Path key) {}

  /**
   * Checks a folder.
   *
   * @param keyFile the public key; null: the {@code key.pem} that stands beside the revisions,
   *     which shows that nothing was changed, but not by whom it was signed
   */
  public static Finding verify(Path folder, @Nullable Path keyFile) throws IOException {
    var at = folder.toAbsolutePath().normalize();
    var file = keyFile == null ? keyBeside(at) : keyFile;
    if (file == null) {
      return new Finding(
          "",
          List.of(
              "there is no key.pem in %s or in the folders of its revision and programme above it; name the file of the public key with --signed-by"
                  .formatted(folder)),
          null);
    }
    var check = new Verification(PublicKeyFile.read(file));
    String what;
    try {
      if (Files.exists(at.resolve(Catalog.NAME))) {
        what = check.programme(at);
      } else if (Files.exists(at.resolve(Manifest.NAME))) {
        what = check.revision(at);
      } else if (Files.exists(at.resolve(Seal.Proof.NAME))) {
        what = check.part(at);
      } else {
        return new Finding(
            "",
            List.of(
                "%s holds neither catalog.json, manifest.json nor proof.json; name the folder of a programme, of one revision, such as revision-0001, or of a department in it"
                    .formatted(folder)),
            file);
      }
    } catch (Unreadable e) {
      check.problems.add(e.getMessage());
      what = "";
    }
    return new Finding(what, List.copyOf(check.problems), file);
  }

  private static @Nullable Path keyBeside(Path folder) {
    for (var above = folder; above != null; above = above.getParent()) {
      if (Files.exists(above.resolve(Catalog.KEY))) {
        return above.resolve(Catalog.KEY);
      }
      if (folder.getNameCount() - above.getNameCount() == 3) {
        break; // departments/education in revision-0001 in the programme's folder
      }
    }
    return null;
  }

  /** A file that says what belongs together is missing or is none. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
      super(message, null, false, false);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  private String programme(Path folder) throws IOException, Unreadable {
    var catalog = signed(folder, Catalog.NAME, "", Catalog.class);
    var present = new TreeSet<String>();
    try (var folders = Files.list(folder)) {
      folders
          .filter(Files::isDirectory)
          .map(f -> f.getFileName().toString())
          .filter(name -> name.startsWith("revision-"))
          .forEach(present::add);
    }
    String previous = null;
    int files = 0;
    for (var line : catalog.revisions()) {
      if (!present.remove(line.folder())) {
        problems.add(line.folder() + " is missing");
        previous = line.manifest();
        continue;
      }
      var manifest = manifest(folder.resolve(line.folder()), line.folder() + "/", line, previous);
      files += manifest.files().size();
      previous = line.manifest();
    }
    present.forEach(name -> problems.add(name + " is not in the catalog"));
    return "%s, revisions 1 to %d: %d files"
        .formatted(catalog.programme(), catalog.current(), files);
  }

  /** A revision, and its place in the catalog beside it, where there is one. */
  private String revision(Path folder) throws IOException, Unreadable {
    Catalog.Line mine = null;
    String previous = null;
    var above = folder.getParent();
    if (above != null && Files.exists(above.resolve(Catalog.NAME))) {
      var name = folder.getFileName().toString();
      for (var line : signed(above, Catalog.NAME, "../", Catalog.class).revisions()) {
        if (line.folder().equals(name)) {
          mine = line;
          break;
        }
        previous = line.manifest();
      }
      if (mine == null) {
        problems.add(name + " is not in the catalog");
      }
    }
    var manifest = manifest(folder, "", mine, previous);
    return "%s, revision %d as of %s: %d files"
        .formatted(
            manifest.programme(), manifest.revision(), manifest.asOf(), manifest.files().size());
  }

  /**
   * Checks the files of a revision.
   *
   * @param line what the catalog says of it; null without a catalog
   * @param previous the manifest of the revision before, by the catalog
   */
  private Manifest manifest(
      Path folder, String prefix, Catalog.@Nullable Line line, @Nullable String previous)
      throws IOException, Unreadable {
    var manifest = read(folder, Manifest.NAME, prefix, Manifest.class);
    var sha256 = sha256(folder.resolve(Manifest.NAME));
    boolean listed = line != null && sha256.equals(line.manifest());
    if (line != null && !listed) {
      problems.add(
          "%smanifest.json is not the one of revision %d in the catalog; it says that it is revision %d as of %s"
              .formatted(prefix, line.revision(), manifest.revision(), manifest.asOf()));
    } else if (line != null && !Objects.equals(manifest.previous(), previous)) {
      problems.add(prefix + "manifest.json does not follow that of the revision before");
    }
    var present = files(folder);
    present.remove(Manifest.NAME);
    files(folder, prefix, manifest.files(), present);
    // What was published before revisions were signed: the signed catalog vouches for it.
    if (manifest.root() != null || !listed) {
      present.remove(Manifest.NAME + RevisionFolder.SIGNATURE);
      signed(folder, Manifest.NAME, prefix, Manifest.class);
      seals(folder, prefix, manifest, sha256, present);
    }
    present.forEach(path -> problems.add(prefix + path + " does not belong to the revision"));
    return manifest;
  }

  private void seals(
      Path folder, String prefix, Manifest manifest, String sha256, Set<String> present)
      throws IOException, Unreadable {
    if (!Seal.root(manifest.files()).equals(manifest.root())) {
      problems.add(prefix + "manifest.json has a root that its files do not lead to");
    }
    var seal = Json.bytes(Seal.of(manifest, sha256));
    var tree = Seal.tree(manifest.files());
    for (var department : RevisionFolder.departments(manifest.files())) {
      var path = RevisionFolder.DEPARTMENTS + department;
      var at = prefix + path + "/";
      var part = folder.resolve(path);
      signed(part, Seal.NAME, at, Seal.class);
      same(part, Seal.NAME, seal, at);
      same(
          part,
          Seal.Proof.NAME,
          Json.bytes(Seal.proof(department, path, manifest.files(), tree)),
          at);
      for (var name : SEALS) {
        present.remove(path + "/" + name);
      }
    }
  }

  private void same(Path folder, String name, byte[] wanted, String prefix) throws IOException {
    var file = folder.resolve(name);
    if (!Files.exists(file)) {
      problems.add(prefix + name + " is missing");
    } else if (!Arrays.equals(Files.readAllBytes(file), wanted)) {
      problems.add(prefix + name + " has been changed since it was published");
    }
  }

  private String part(Path folder) throws IOException, Unreadable {
    var seal = signed(folder, Seal.NAME, "", Seal.class);
    var proof = read(folder, Seal.Proof.NAME, "", Seal.Proof.class);
    var prefix = RevisionFolder.DEPARTMENTS + proof.audience() + "/";
    var present = files(folder);
    present.removeAll(SEALS);
    for (var line : proof.files()) {
      if (!belongs(line, seal)) {
        problems.add(
            "%s does not belong to revision %d".formatted(line.file().path(), seal.revision()));
      }
    }
    files(
        folder,
        "",
        proof.files().stream()
            .map(Seal.ProofLine::file)
            .map(
                f ->
                    new FileLine(
                        f.path().startsWith(prefix)
                            ? f.path().substring(prefix.length())
                            : f.path(),
                        f.size(),
                        f.sha256(),
                        f.audience(),
                        f.rows()))
            .toList(),
        present);
    present.forEach(path -> problems.add(path + " does not belong to the revision"));
    return "%s, revision %d as of %s: %d of its %d files, those for %s"
        .formatted(
            seal.programme(),
            seal.revision(),
            seal.asOf(),
            proof.files().size(),
            seal.files(),
            proof.audience());
  }

  private static boolean belongs(Seal.ProofLine line, Seal seal) {
    try {
      var path = line.path().stream().map(HexFormat.of()::parseHex).toList();
      var root = MerkleTree.rootBy(line.file().leaf(), line.index(), seal.files(), path);
      return HexFormat.of().formatHex(root).equals(seal.root());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Compares files with what is said of them, and takes them from those that are there. */
  private void files(Path folder, String prefix, List<FileLine> lines, Set<String> present)
      throws IOException {
    for (var line : lines) {
      if (!present.remove(line.path())) {
        problems.add(prefix + line.path() + " is missing");
      } else if (!sha256(folder.resolve(line.path())).equals(line.sha256())) {
        problems.add(prefix + line.path() + " has been changed since it was published");
      }
    }
  }

  private static Set<String> files(Path folder) throws IOException {
    var present = new TreeSet<String>();
    try (var paths = Files.walk(folder)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(p -> present.add(folder.relativize(p).toString().replace('\\', '/')));
    }
    return present;
  }

  private <T> T signed(Path folder, String name, String prefix, Class<T> type)
      throws IOException, Unreadable {
    var read = read(folder, name, prefix, type);
    var signature = folder.resolve(name + RevisionFolder.SIGNATURE);
    if (!Files.exists(signature)) {
      problems.add(prefix + name + RevisionFolder.SIGNATURE + " is missing");
    } else if (!key.signed(
        Files.readAllBytes(folder.resolve(name)), Files.readAllBytes(signature))) {
      problems.add(prefix + name + " is not signed with the key");
    }
    return read;
  }

  private static <T> T read(Path folder, String name, String prefix, Class<T> type)
      throws IOException, Unreadable {
    var file = folder.resolve(name);
    if (!Files.exists(file)) {
      throw new Unreadable(prefix + name + " is missing");
    }
    try {
      return Json.read(Files.readAllBytes(file), type);
    } catch (JacksonException e) {
      throw new Unreadable(
          "%s cannot be read: %s".formatted(prefix + name, e.getOriginalMessage()));
    }
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
