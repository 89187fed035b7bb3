package org.keyroll.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a server wrote since it was started, and what that means for a person. */
record ServerLog(Path file, long from) {

  private static final Pattern LIBRARY =
      Pattern.compile("error while loading shared libraries: ([^:\\s]+)");
  private static final int QUOTED_LINES = 5;

  static ServerLog now(Path file) throws IOException {
    return new ServerLog(file, Files.exists(file) ? Files.size(file) : 0);
  }

  boolean portWasTaken() throws IOException {
    return text().contains("Bind on TCP/IP port");
  }

  /**
   * The sentence for a server that did not come up.
   *
   * @param what as in {@code The database server did not start}
   */
  DatabaseUnavailable explain(String what) throws IOException {
    return new DatabaseUnavailable(sentence(what, text()));
  }

  private String sentence(String what, String text) {
    var library = LIBRARY.matcher(text);
    if (library.find()) {
      return what
          + " because the system library "
          + library.group(1)
          + " is missing; install it (on Debian: apt-get install libcrypt1 libsystemd0 libstdc++6)"
          + " or name a database with --db.";
    }
    if (text.contains("GLIBC")) {
      return what
          + " because this Linux is too old for it (GLIBC); name a database with --db. "
          + tail(text);
    }
    if (text.contains("No space left") || text.contains("Error 28") || text.contains("rror: 28")) {
      return what + " because the disk of " + file.getParent() + " is full; free some space.";
    }
    if (text.contains("Unable to lock ./ibdata1") || text.contains("Can't lock aria control")) {
      return what
          + " because another server, perhaps in another container, uses the data in "
          + file.getParent()
          + "; stop that one first, or share one database by --db.";
    }
    return what + "; see " + file + ". " + tail(text);
  }

  private static String tail(String text) {
    var lines = text.lines().filter(l -> !l.isBlank()).toList();
    var errors = lines.stream().filter(l -> l.contains("ERROR")).toList();
    var telling = errors.isEmpty() ? lines : errors;
    var last = telling.subList(Math.max(0, telling.size() - QUOTED_LINES), telling.size());
    return last.isEmpty() ? "It wrote nothing." : "It wrote last: " + String.join(" | ", last);
  }

  private String text() throws IOException {
    try (var in = Files.newInputStream(file)) {
      in.skipNBytes(Math.min(from, Files.size(file)));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
