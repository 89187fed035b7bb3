package org.keyroll.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the key of whoever decides comes from: a file that nobody else can read, or the terminal.
 */
final class Credentials {
  private static final int LONGEST = 4096;

  private Credentials() {}

  /**
   * The key, not checked yet.
   *
   * @param file as named by option or environment; null to ask on the terminal
   */
  @SuppressWarnings("SystemConsoleNull") // null on JDK 17 to 21; the launcher knows of later ones
  static String find(@Nullable Path file) {
    if (file != null && !file.toString().isEmpty()) {
      return read(file);
    }
    var terminal = System.console();
    if (terminal != null && Boolean.getBoolean("keyroll.terminal")) {
      var typed = terminal.readPassword("Your key (it is not shown): ");
      if (typed != null && typed.length > 0) {
        return new String(typed);
      }
    }
    throw new Stop(
        Stop.USAGE,
        "this takes the key of a registered person: name a file that holds it with --key FILE or"
            + " KEYROLL_KEY_FILE, or type it on a terminal. keyroll people lists who is"
            + " registered.");
  }

  private static String read(Path file) {
    try {
      var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      var others = EnumSet.allOf(PosixFilePermission.class);
      others.removeIf(p -> p.name().startsWith("OWNER_"));
      if (view != null && view.readAttributes().permissions().stream().anyMatch(others::contains)) {
        throw new Stop(
            Stop.USAGE,
            "%s can be read by others; make it yours alone with chmod 600 %s."
                .formatted(file, file));
      }
      if (Files.size(file) > LONGEST) {
        throw new Stop(Stop.USAGE, "%s does not hold a key.".formatted(file));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new Stop(
          Stop.USAGE,
          "the key file %s cannot be read (%s).".formatted(file, e.getClass().getSimpleName()));
    }
  }
}
