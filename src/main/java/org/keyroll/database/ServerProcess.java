package org.keyroll.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The operating system's side of a server: starting it apart from this JVM, and finding it again.
 */
final class ServerProcess {

  private ServerProcess() {}

  /**
   * Starts a program in a session of its own, so that Ctrl-C in the terminal does not reach it.
   *
   * @param log gets what it prints
   */
  static Process start(List<String> command, Path directory, Path log) throws IOException {
    var words = new ArrayList<String>();
    // setsid replaces itself by the server, so the process keeps the id we see.
    for (var setsid : List.of("/usr/bin/setsid", "/bin/setsid")) {
      if (words.isEmpty() && Files.isExecutable(Path.of(setsid))) {
        words.add(setsid);
      }
    }
    words.addAll(command);
    return new ProcessBuilder(words)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /** The living server that the pid file names, if it is still a MariaDB and not a successor. */
  static Optional<ProcessHandle> find(ServerFiles files) throws IOException {
    var pid = ServerFiles.number(files.pid());
    return pid == null ? Optional.empty() : ProcessHandle.of(pid).filter(p -> isServer(p, files));
  }

  // A dead process that nobody has waited for still counts as alive, as in a container without an
  // init; but it has no command any more.
  private static boolean isServer(ProcessHandle process, ServerFiles files) {
    var info = process.info();
    var ours = "--defaults-file=" + files.settings();
    return process.isAlive()
        && info.command().filter(c -> c.endsWith("/mariadbd")).isPresent()
        && info.arguments().map(List::of).filter(a -> a.contains(ours)).isPresent();
  }
}
