package org.keyroll.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One home's server, shared by all its users: counted in this JVM, and among JVMs by two locks. The
 * start lock is held while the server is started or stopped; every JVM holds a share of the use
 * lock, so that the one which can have it alone is the last. The system lets go of both when a JVM
 * dies, however it dies.
 */
final class SharedServer {

  // A file lock belongs to a JVM and is lost with any channel to its file: one object per home.
  private static final Map<Path, SharedServer> SERVERS = new ConcurrentHashMap<>();

  private final ServerFiles files;
  private @Nullable FileChannel use;
  private int users;

  private SharedServer(ServerFiles files) {
    this.files = files;
  }

  /**
   * @throws DatabaseUnavailable if the home cannot be made or written, or this machine cannot run
   *     the server
   */
  static SharedServer of(Path home, Machine machine) throws DatabaseUnavailable {
    machine.mustRunBundledServer();
    var directory = home.toAbsolutePath().resolve("database");
    try {
      if (!Files.exists(directory)) {
        Files.createDirectories(home.toAbsolutePath());
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      var real = directory.toRealPath();
      if (!Files.isWritable(real)) {
        throw new AccessDeniedException(real.toString());
      }
      return SERVERS.computeIfAbsent(real, root -> new SharedServer(new ServerFiles(root)));
    } catch (IOException e) {
      throw cannotWrite(home, e);
    }
  }

  synchronized Access join(Machine machine, Consumer<String> say) throws DatabaseUnavailable {
    try (var gate = open(files.startLock())) {
      if (gate.tryLock() == null) {
        say.accept("Waiting for another command that starts or stops the database…");
        gate.lock();
      }
      var share = use;
      if (share == null) {
        share = open(files.useLock());
        share.lock(0, Long.MAX_VALUE, true);
      }
      try {
        var access = new EmbeddedServer(files, machine, say).running();
        use = share;
        users++;
        return access;
      } finally {
        if (users == 0) {
          share.close();
        }
      }
    } catch (IOException e) {
      throw cannotWrite(files.root(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailable("The command was interrupted while the database started.", e);
    }
  }

  synchronized void leave() {
    var share = use;
    if (--users > 0 || share == null) {
      return;
    }
    use = null;
    try (var gate = open(files.startLock());
        share) {
      gate.lock();
      share.close();
      stopIfLast();
    } catch (IOException e) {
      throw new UncheckedIOException("The database could not be left: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the database shut down.", e);
    }
  }

  private void stopIfLast() throws IOException, InterruptedException {
    try (var alone = open(files.useLock())) {
      if (alone.tryLock() != null) {
        new EmbeddedServer(files, Machine.here(), sentence -> {}).stop();
      }
    }
  }

  private static FileChannel open(Path lock) throws IOException {
    return FileChannel.open(
        lock, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static DatabaseUnavailable cannotWrite(Path place, IOException e) {
    var reason =
        e instanceof FileSystemException f && f.getReason() != null
            ? f.getReason()
            : e.getClass().getSimpleName();
    return new DatabaseUnavailable(
        "The database in "
            + place
            + " cannot be opened: "
            + e.getMessage()
            + " ("
            + reason
            + "); let Keyroll write there, or name another home with --home.",
        e);
  }
}
