package org.keyroll.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.Scope;
import org.keyroll.definition.Source;
import org.keyroll.intake.Upload.Outcome;
import org.keyroll.table.TableReader;
import org.keyroll.table.UnreadableFile;
import org.springframework.stereotype.Service;

/**
 * Puts files into an inbox as a whole or not at all, and says what the next run would say of them:
 * it reads them as that run does, and keeps nothing.
 */
@Service
public class Uploads {
  private static final String UPLOADING = ".uploading";
  private static final String LIES = "lies in the inbox already";

  private final Deliveries deliveries;
  private final GateCheck gates;

  Uploads(Deliveries deliveries, GateCheck gates) {
    this.deliveries = deliveries;
    this.gates = gates;
  }

  /**
   * Takes a file. It is written under a hidden name and renamed when all of it is on the disk, so
   * that no run sees a part of it.
   *
   * @param asOf business date of the run that would take it in
   * @param inbox an existing folder
   * @param source whose file it is meant to be; null: whose it is, its name or mark tells
   * @param fileName as its sender calls it; a path before it does not count
   * @param in its bytes; read to the end and left open
   * @param confirmed whether it goes in although it would be held, or although another file of the
   *     name lies there
   * @throws IOException where the stream cannot be read or the inbox cannot be written
   */
  public Upload receive(
      Scope scope,
      LocalDate asOf,
      Path inbox,
      @Nullable String source,
      String fileName,
      InputStream in,
      boolean confirmed)
      throws IOException {
    var name =
        fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    if (!Inbox.isName(name)) {
      return Upload.of(
          Outcome.REFUSED,
          name,
          source,
          "this is no name that a file of an inbox may have; rename it");
    }
    var part = Files.createTempFile(inbox, UPLOADING, null);
    try {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Originals.force(part, StandardOpenOption.WRITE);
      var said = look(scope, asOf, source, name, part);
      if (said.outcome() == Outcome.STORED || said.outcome() == Outcome.TO_CONFIRM) {
        var same = same(scope, inbox, part, said);
        if (same != null) {
          return as(
              Outcome.KNOWN,
              said,
              LIES
                  + (same.equals(name)
                      ? ""
                      : Deliveries.otherName(name, same)
                          + "; the same bytes again have no effect"
                          + periodOf(scope, asOf, said, same)));
        }
      }
      if (said.outcome() == Outcome.TO_CONFIRM && confirmed) {
        said = as(Outcome.STORED, said, said.message());
      }
      return said.outcome() == Outcome.STORED ? store(scope, inbox, part, said, confirmed) : said;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Upload as(Outcome outcome, Upload said, @Nullable String message) {
    return new Upload(
        outcome,
        said.fileName(),
        said.source(),
        message,
        said.rows(),
        said.rejected(),
        said.faults());
  }

  private Upload store(Scope scope, Path inbox, Path part, Upload said, boolean confirmed)
      throws IOException {
    var file = inbox.resolve(said.fileName());
    if (confirmed) {
      if (Files.exists(file) && !isOf(scope, file, said)) {
        return as(
            Outcome.REFUSED,
            said,
            "another file of this name, which is not of this source, lies in the inbox; rename this one");
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } else {
      try {
        // Unlike a move, a link never takes the place of what is there.
        Files.createLink(file, part);
      } catch (FileAlreadyExistsException e) {
        if (Files.mismatch(file, part) < 0) {
          return as(Outcome.KNOWN, said, LIES);
        }
        return as(
            Outcome.TO_CONFIRM,
            said,
            "another file of this name lies in the inbox; confirm that this one takes its place,"
                + " or rename it");
      } catch (UnsupportedOperationException e) {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    var marker = scope.programme().marker();
    if (marker != null) {
      Files.write(inbox.resolve(said.fileName() + marker), new byte[0]);
    }
    Originals.force(inbox, StandardOpenOption.READ);
    return said;
  }

  /** The name of a file in the inbox that is of the same source and has the same bytes. */
  private static @Nullable String same(Scope scope, Path inbox, Path part, Upload said)
      throws IOException {
    var programme = scope.programme();
    for (var file : new Inbox(inbox, programme.marker()).files()) {
      var name = file.getFileName().toString();
      if (Files.size(file) == Files.size(part)
          && Files.mismatch(file, part) < 0
          && isOf(scope, file, said)) {
        return name;
      }
    }
    return null;
  }

  private static String periodOf(Scope scope, LocalDate asOf, Upload said, String same) {
    var definitions = scope.definitions();
    var source = definitions.source(Objects.requireNonNull(said.source()));
    var phrases = Fault.phrases(definitions.programme());
    return Deliveries.otherPeriod(
        definitions,
        asOf,
        source,
        said.fileName(),
        Constants.coveredByName(source, same, asOf, phrases));
  }

  /** Whether a file of the inbox is of the same source. */
  private static boolean isOf(Scope scope, Path file, Upload said) {
    var whose =
        Deliveries.recognise(
            scope.definitions(), Marked.of(file, scope.programme()), file.getFileName().toString());
    return whose.source() != null && whose.source().id().equals(said.source());
  }

  private Upload look(Scope scope, LocalDate asOf, @Nullable String meant, String name, Path file)
      throws IOException {
    var marked = Marked.of(file, scope.programme());
    var whose = Deliveries.recognise(scope.definitions(), marked, name);
    var source = whose.source();
    if (source == null || meant != null && !source.id().equals(meant)) {
      return Upload.of(
          Outcome.UNKNOWN_SOURCE,
          name,
          meant,
          source == null
              ? String.valueOf(whose.why())
              : "by its name or mark it is a file of %s, not of %s".formatted(source.id(), meant));
    }
    var earlier = deliveries.withBytes(scope, source.id(), Originals.sha256(file)).orElse(null);
    if (earlier != null && !Deliveries.waits(earlier)) {
      boolean left =
          earlier.state() == Delivery.State.RECEIVED || earlier.state() == Delivery.State.RELEASED;
      return Upload.of(
          Outcome.KNOWN,
          name,
          source.id(),
          left
              ? "has been received already%s, and the next run takes it in; the same bytes again have no effect"
                  .formatted(Deliveries.otherName(name, earlier.fileName()))
              : Deliveries.alreadyKnown(scope.definitions(), asOf, source, name, earlier));
    }
    try {
      var said = read(scope, asOf, source, name, file, marked);
      return said.outcome() == Outcome.TO_CONFIRM
              && earlier != null
              && earlier.state() == Delivery.State.HELD
          ? as(
              Outcome.KNOWN,
              said,
              "is held already%s, as delivery %d; a person decides on it, and the same bytes again have no effect"
                  .formatted(Deliveries.otherName(name, earlier.fileName()), earlier.number()))
          : said;
    } catch (UnreadableFile | Unusable e) {
      return Upload.of(Outcome.REFUSED, name, source.id(), String.valueOf(e.getMessage()));
    }
  }

  private Upload read(
      Scope scope, LocalDate asOf, Source source, String name, Path file, Marked marked)
      throws UnreadableFile, Unusable {
    Intake.refuseUnfit(source, file, marked);
    var seen = new Seen();
    var mapping =
        new SheetMapping(
            scope.definitions(),
            source,
            nameOf(scope, marked, name),
            marked,
            asOf,
            Fault.english(),
            seen::row);
    TableReader.read(file, mapping.options(), mapping);
    mapping.finish();
    if (marked.template() != null && seen.rows == 0) {
      throw new Unusable(Refusal.of("empty_template"));
    }
    var breaches =
        marked.answer() != null
            ? List.<Gatekeeper.Breach>of()
            : gates.breaches(
                scope,
                source,
                new Gatekeeper.Subject(
                    asOf, asOf, seen.rows, seen.rejected, seen.unknown, mapping.tally()));
    var message =
        breaches.isEmpty()
            ? null
            : "would be held: "
                + breaches.stream().map(Gatekeeper.Breach::says).collect(Collectors.joining("; "));
    return new Upload(
        message == null ? Outcome.STORED : Outcome.TO_CONFIRM,
        name,
        source.id(),
        message,
        seen.rows,
        seen.rejected,
        List.copyOf(seen.faults));
  }

  /** A file that comes back mended is of the period that the name of the first one tells. */
  private String nameOf(Scope scope, Marked marked, String name) {
    return deliveries
        .answered(scope, marked)
        .filter(Delivery::isTaken)
        .map(deliveries::nameOf)
        .orElse(name);
  }

  /** What the rows of a file are like. */
  private static final class Seen {
    private long rows;
    private long rejected;
    private long unknown;
    private final List<String> faults = new ArrayList<>();

    private void row(ParsedRow row) {
      rows++;
      if (row.faults().isEmpty()) {
        return;
      }
      rejected++;
      if (row.saysUnknownWord()) {
        unknown++;
      }
      for (var fault : row.faults()) {
        if (faults.size() < Upload.FAULTS) {
          faults.add(
              "row %d%s: %s"
                  .formatted(
                      row.rowNumber(),
                      fault.column() == null
                          ? ""
                          : ", column " + TableReader.columnName(fault.column()),
                      fault.fault().message()));
        }
      }
    }
  }
}
