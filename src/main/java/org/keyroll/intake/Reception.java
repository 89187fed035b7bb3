package org.keyroll.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.keyroll.audit.Trail;
import org.keyroll.definition.Scope;
import org.keyroll.intake.Upload.Outcome;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/**
 * Takes files into the inbox of the home from persons who have proved who they are: of any source
 * from whoever launches runs, of its own sources from a department.
 */
@Service
public class Reception {
  private final Uploads uploads;
  private final People people;
  private final Trail trail;
  private final TransactionTemplate transaction;
  private final Path inbox;
  private final long largest;

  Reception(
      Uploads uploads,
      People people,
      Trail trail,
      TransactionTemplate transaction,
      @Value("${keyroll.home}") Path home,
      @Value("${keyroll.largest-upload}") DataSize largest) {
    this.uploads = uploads;
    this.people = people;
    this.trail = trail;
    this.transaction = transaction;
    this.inbox = home.resolve("inbox");
    this.largest = largest.toBytes();
  }

  /** The folder that the files go into. */
  public Path inbox() {
    return inbox;
  }

  /** Bytes of a file at most. */
  public long largest() {
    return largest;
  }

  /** A file is larger than any that is taken; nothing of it was kept. */
  public static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(String fileName, long largest) {
      super(
          "%s is larger than %,d bytes and is not taken; send it in parts, or as csv or xlsx."
              .formatted(fileName, largest));
    }
  }

  /**
   * Takes a file and says what the next run would say of it. What is put into the inbox is written
   * into the trail, and so is what is sent but not taken.
   *
   * @param asOf business date of the run that would take it in
   * @param source whose file it is meant to be
   * @param fileName as its sender calls it
   * @param in its bytes; left open
   * @param confirmed whether it goes in although it would be held, or although another file of the
   *     name lies there
   * @throws NotAllowed when the person may send no file of the source
   * @throws TooLarge when it is
   * @throws IOException where the stream cannot be read or the inbox cannot be written
   */
  public Upload receive(
      Person by,
      Scope scope,
      LocalDate asOf,
      String source,
      String fileName,
      InputStream in,
      boolean confirmed)
      throws NotAllowed, IOException {
    allow(by, scope, source);
    Files.createDirectories(inbox);
    var upload =
        uploads.receive(
            scope, asOf, inbox, source, fileName, new Bounded(in, fileName, largest), confirmed);
    transaction.executeWithoutResult(
        status ->
            trail.append(
                by.name(),
                "upload",
                "source %s of %s".formatted(source, scope.programme().id()),
                upload.fileName() + (upload.outcome() == Outcome.STORED ? "" : ", not taken")));
    return upload;
  }

  private void allow(Person by, Scope scope, String source) throws NotAllowed {
    var department = by.department();
    boolean own =
        department != null
            && department.programme().equals(scope.programme().id())
            && scope.definitions().sentBy(department.id()).stream()
                .anyMatch(s -> s.id().equals(source));
    people.require(by, own ? Right.TAKE : Right.RUN);
  }

  /** Does not read on for ever. */
  private static final class Bounded extends FilterInputStream {
    private final String fileName;
    private final long largest;
    private long read;

    Bounded(InputStream in, String fileName, long largest) {
      super(in);
      this.fileName = fileName;
      this.largest = largest;
    }

    @Override
    public int read() throws IOException {
      int next = super.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int count = super.read(bytes, from, length);
      count(Math.max(count, 0));
      return count;
    }

    private void count(int more) throws TooLarge {
      read += more;
      if (read > largest) {
        throw new TooLarge(fileName, largest);
      }
    }
  }
}
