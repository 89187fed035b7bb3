package org.keyroll.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.keyroll.database.Lines;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Run;
import org.keyroll.definition.Source;
import org.keyroll.intake.Delivery.Counts;
import org.keyroll.intake.Headings.Place;
import org.keyroll.intake.ParsedRow.CellFault;
import org.keyroll.table.Area;
import org.keyroll.table.ReadOptions;
import org.keyroll.table.Row;
import org.keyroll.table.RowSink;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Goes through the rows of one delivery and decides what each of them is. */
final class RowsOfDelivery implements RowSink {
  private static final int PROGRESS = 5_000;

  private final Run run;
  private final Source source;
  private final Delivery delivery;
  private final int sourceId;
  private final KnownRows known;
  private final @Nullable Correction correction;
  private final Rejections rejections;
  private final LongConsumer progress;
  private final Phrases phrases;
  private final SheetMapping mapping;
  private final Map<Long, Contradiction> contradictions = new LinkedHashMap<>();
  private final List<Long> noted = new ArrayList<>();
  private final Map<Long, Amendments.Deletion> deleted = new LinkedHashMap<>();
  private @Nullable Lines lines;
  private long read;
  private long rejected;
  private long duplicate;
  private long added;
  private long changed;
  private long unchanged;
  private long unknown;

  /** Rows that say different things under one key; none of them is taken. */
  private record Contradiction(String key, List<RowPlace> rows) {}

  /** A row: its ordinal in the delivery, the sheet it is on, its number there. */
  private record RowPlace(long ordinal, int sheet, int rowNumber) {
    long packed() {
      return ordinal << 36 | (long) sheet << 26 | rowNumber;
    }

    static RowPlace of(long packed) {
      return new RowPlace(packed >>> 36, (int) (packed >>> 26) & 0x3FF, (int) packed & 0x3FFFFFF);
    }
  }

  RowsOfDelivery(
      Run run,
      Source source,
      Delivery delivery,
      String fileName,
      int sourceId,
      KnownRows known,
      Marked marked,
      @Nullable Correction correction,
      Rejections rejections,
      LongConsumer progress) {
    this.run = run;
    this.source = source;
    this.delivery = delivery;
    this.sourceId = sourceId;
    this.known = known;
    this.correction = correction;
    this.rejections = rejections;
    this.progress = progress;
    this.phrases = Fault.phrases(run.definitions().programme());
    this.mapping =
        new SheetMapping(run.definitions(), source, fileName, marked, run.asOf(), this::take);
  }

  void into(Lines to) {
    lines = to;
  }

  @Override
  public void sheet(String name) {
    mapping.sheet(name);
  }

  @Override
  public boolean hiddenSheet(String name) {
    return mapping.hiddenSheet(name);
  }

  @Override
  public void merged(Area area) {
    mapping.merged(area);
  }

  @Override
  public boolean row(Row row) {
    return mapping.row(row);
  }

  /** Call once after the last row. */
  void finish() throws Unusable {
    mapping.finish();
  }

  /** How the file is to be read. */
  ReadOptions options() {
    return mapping.options();
  }

  private void take(ParsedRow parsed) {
    long ordinal = ++read;
    if (read % PROGRESS == 0) {
      progress.accept(read);
    }
    var place = new RowPlace(ordinal, mapping.sheets().size() - 1, parsed.rowNumber());
    long key = Hash.of(parsed.key());
    if (!parsed.faults().isEmpty()) {
      if (!parsed.key().isEmpty()) {
        known.keep(key);
      }
      if (parsed.saysUnknownWord()) {
        unknown++;
      }
      reject(place, parsed.faults());
      return;
    }
    long content = content(source, parsed);
    var earlier = contradictions.get(key);
    var meaning =
        earlier != null ? KnownRows.Meaning.CONTRADICTED : meaning(key, content, place.packed());
    switch (meaning) {
      case ADDED -> {
        added++;
        write(place, parsed, key, content);
      }
      case CHANGED -> {
        if (source.supplies() == Source.Supplies.DELETIONS) {
          deleted.put(
              key,
              new Amendments.Deletion(
                  ordinal,
                  Objects.requireNonNull(cut(mapping.sheets().get(place.sheet()), 64)),
                  parsed.rowNumber()));
        } else {
          changed++;
          write(place, parsed, key, content);
        }
      }
      case UNCHANGED -> unchanged++;
      case REPEATED -> duplicate++;
      case CONTRADICTED -> contradict(place, parsed.key(), key, earlier);
      case UNKNOWN ->
          reject(
              place,
              List.of(
                  new CellFault(
                      null,
                      null,
                      null,
                      parsed.key(),
                      new Fault(
                          "no_such_record",
                          phrases.say("no_such_record", source.recordsOf(), parsed.key())))));
    }
  }

  /** What tells rows with one key apart; of deletions, nothing does. */
  static long content(Source source, ParsedRow row) {
    return Hash.of(source.supplies() == Source.Supplies.DELETIONS ? row.key() : row.payload());
  }

  /** Of a file that comes back mended, rows that had been accepted are as they were. */
  private KnownRows.Meaning meaning(long key, long content, long place) {
    if (correction != null) {
      var since = correction.accepted().delivered(key, content, place);
      if (since != KnownRows.Meaning.ADDED && since != KnownRows.Meaning.CHANGED) {
        return since;
      }
    }
    return source.corrects() != null && !known.isInForce(key)
        ? KnownRows.Meaning.UNKNOWN
        : known.delivered(key, content, place);
  }

  private void contradict(
      RowPlace place, String key, long keyHash, @Nullable Contradiction earlier) {
    var contradiction = earlier;
    if (contradiction == null) {
      contradiction = new Contradiction(key, new ArrayList<>());
      var seen = correction == null ? known : correction.accepted();
      contradiction.rows().add(RowPlace.of(seen.firstPlace(keyHash)));
      contradictions.put(keyHash, contradiction);
    }
    contradiction.rows().add(place);
  }

  private void write(RowPlace place, ParsedRow row, long key, long content) {
    var keys = row.matchKeys();
    if (keys.noted()) {
      noted.add(Intake.firstRecord(delivery.id()) + place.ordinal());
    }
    try {
      Objects.requireNonNull(lines)
          .add(Intake.firstRecord(delivery.id()) + place.ordinal())
          .add(sourceId)
          .add(run.id())
          .add(key)
          .add(content)
          .add(row.key())
          .add(cut(mapping.sheets().get(place.sheet()), 64))
          .add(row.rowNumber())
          .add(keys.identifier())
          .add(cut(keys.fullName(), 191))
          .add(cut(keys.briefName(), 191))
          .add(cut(keys.formerName(), 191))
          .add(row.payload())
          .add(row.raw())
          .end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while loading " + delivery.fileName(), e);
    }
  }

  private static @Nullable String cut(@Nullable String text, int length) {
    return text == null || text.length() <= length ? text : text.substring(0, length);
  }

  private void reject(RowPlace place, List<CellFault> faults) {
    rejected++;
    try {
      var sheet = mapping.sheets().get(place.sheet());
      rejections.add(
          place.ordinal(),
          sheet.length() <= 64 ? sheet : sheet.substring(0, 64),
          place.rowNumber(),
          faults);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot note rejected rows in the temporary folder", e);
    }
  }

  /** Takes rows that contradict each other out again and rejects all of them. */
  void withdrawContradicted(JdbcClient db) {
    for (var entry : contradictions.entrySet()) {
      var rows = entry.getValue().rows();
      var numbers = rows.stream().map(r -> Integer.toString(r.rowNumber())).toList();
      var fault =
          new CellFault(
              null,
              null,
              null,
              entry.getValue().key(),
              new Fault(
                  "contradiction",
                  phrases.say(
                      "contradiction", String.join(", ", numbers), entry.getValue().key())));
      rows.forEach(place -> reject(place, List.of(fault)));
      boolean wasInForce = known.isInForce(entry.getKey());
      known.withdraw(entry.getKey());
      int stored =
          db.sql("DELETE FROM record WHERE record_id = ?")
              .param(Intake.firstRecord(delivery.id()) + rows.get(0).ordinal())
              .update();
      if (stored == 0) {
        unchanged--;
      } else if (wasInForce) {
        changed--;
      } else {
        added--;
      }
    }
  }

  /** Records that tell of a former name or of the end of a unit. */
  List<Long> noted() {
    return noted;
  }

  long read() {
    return read;
  }

  /** Hash of a key to the row that closes its record; empty where they are not deletions. */
  Map<Long, Amendments.Deletion> deleted() {
    return deleted;
  }

  /** Rejected rows with a word that the source does not know. */
  long unknown() {
    return unknown;
  }

  /** What the delivery holds, and says of itself. */
  Tally tally() {
    return mapping.tally();
  }

  /** Sheet to field to place, for the sheets that held data. */
  Map<String, Map<String, Place>> columns() {
    return mapping.columns();
  }

  Counts counts(long closed) {
    return new Counts(
        read,
        added + changed + unchanged + deleted.size(),
        rejected,
        duplicate,
        added,
        changed,
        closed,
        unchanged);
  }
}
