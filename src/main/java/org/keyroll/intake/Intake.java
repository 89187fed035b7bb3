package org.keyroll.intake;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.keyroll.database.BulkLoad;
import org.keyroll.definition.Phrases;
import org.keyroll.definition.Run;
import org.keyroll.definition.Source;
import org.keyroll.intake.Delivery.Counts;
import org.keyroll.intake.Delivery.State;
import org.keyroll.table.FileKind;
import org.keyroll.table.TableReader;
import org.keyroll.table.UnreadableFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads deliveries into records. New and changed rows go straight into {@code record} while the
 * file is being parsed; rows that are in force already cost one look into {@link KnownRows}. All of
 * one delivery, its counters included, is one transaction, the caller's.
 */
@Service
public class Intake {
  /** Records of one delivery are numbered from {@code delivery << 25}. */
  private static final int ORDINAL_BITS = 25;

  private static final List<String> COLUMNS =
      List.of(
          "record_id",
          "source_id",
          "since_run",
          "key_hash",
          "content_hash",
          "record_key",
          "sheet",
          "row_no",
          "identifier",
          "full_name",
          "brief_name",
          "former_name",
          "payload",
          "raw");

  private final JdbcClient db;
  private final DataSource dataSource;
  private final Deliveries deliveries;
  private final GateCheck gates;
  private final Standings standings;
  private final Amendments amendments;
  private final JsonMapper json = new JsonMapper();

  Intake(
      JdbcClient db,
      DataSource dataSource,
      Deliveries deliveries,
      GateCheck gates,
      Standings standings,
      Amendments amendments) {
    this.db = db;
    this.dataSource = dataSource;
    this.deliveries = deliveries;
    this.gates = gates;
    this.standings = standings;
    this.amendments = amendments;
  }

  /** The first number of the records of a delivery. */
  public static long firstRecord(long delivery) {
    return delivery << ORDINAL_BITS;
  }

  /** The delivery that a record came with. */
  public static long deliveryOf(long record) {
    return record >>> ORDINAL_BITS;
  }

  /**
   * Takes in one delivery; does nothing when that has been done. A file that cannot be read is
   * refused and one that does not keep to the gates held: both leave everything as it was and say
   * why.
   *
   * @param progress told the rows read so far, from time to time
   */
  public Delivery ingest(Run run, long deliveryId, LongConsumer progress) throws Exception {
    var delivery = deliveries.get(deliveryId);
    if (delivery.state() != State.RECEIVED) {
      return delivery;
    }
    var source = run.definitions().source(delivery.source());
    var marked = Marked.of(deliveries.original(delivery), run.definitions().programme());
    var answered = deliveries.answered(run.scope(), marked).orElse(null);
    if (answered != null && answered.source().equals(delivery.source())) {
      deliveries.corrects(delivery, answered);
    }
    var connection = DataSourceUtils.getConnection(dataSource);
    try (var rejections = new Rejections()) {
      // What a delivery has brought before it turns out unusable is undone, not the step.
      var before = connection.setSavepoint();
      try {
        read(run, source, delivery, marked, answered, rejections, connection, progress);
      } catch (UnreadableFile e) {
        connection.rollback(before);
        refuse(deliveryId, Refusal.of(e));
      } catch (Unusable e) {
        connection.rollback(before);
        refuse(deliveryId, e.refusal().since(changes(run, source, delivery, marked)));
      } catch (Held e) {
        connection.rollback(before);
        settle(deliveryId, State.HELD, e.says(delivery.number(), rejections.rows()));
        gates.note(deliveryId, e);
        // None of its rows counts, but who decides on it, and its sender, see what is wrong.
        rejections.load(connection, deliveryId);
      }
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
    return deliveries.get(deliveryId);
  }

  private void read(
      Run run,
      Source source,
      Delivery delivery,
      Marked marked,
      @Nullable Delivery answered,
      Rejections rejections,
      Connection connection,
      LongConsumer progress)
      throws Exception {
    var correction = correction(run, source, marked, answered);
    int sourceId = run.scope().sourceId(source.recordsOf());
    var known = inForce(connection, sourceId);
    boolean first = known.isEmpty();
    var original = deliveries.original(delivery);
    refuseUnfit(source, original, marked);
    var rows =
        new RowsOfDelivery(
            run,
            source,
            delivery,
            correction == null ? delivery.fileName() : deliveries.nameOf(correction.answered()),
            sourceId,
            known,
            marked,
            correction,
            rejections,
            progress);
    BulkLoad.into(
        connection,
        "record",
        COLUMNS,
        lines -> {
          rows.into(lines);
          TableReader.read(original, rows.options(), rows);
          rows.finish();
        });
    if (marked.template() != null && rows.read() == 0) {
      throw new Unusable(Refusal.of("empty_template"));
    }
    rows.withdrawContradicted(db);
    if (correction == null) {
      gates.pass(run, source, delivery, rows);
    }
    rejections.load(connection, delivery.id());
    BulkLoad.into(
        connection,
        "noted",
        List.of("record_id"),
        lines -> {
          for (var record : rows.noted()) {
            lines.add(record).end();
          }
        });
    boolean whole = source.supplies() == Source.Supplies.SNAPSHOT && correction == null;
    if (source.corrects() != null) {
      amendments.note(connection, sourceId, delivery, rows.deleted());
    }
    long closed =
        first
            ? 0
            : close(run, whole, sourceId, delivery, known, connection)
                + amendments.delete(run, delivery, rows.deleted());
    var counts = rows.counts(closed);
    var covers = rows.tally().covers();
    db.sql(
            "UPDATE delivery SET state = 'ingested', message = ?, columns = ?, sound = ?, read_rows = ?, accepted = ?,"
                + " rejected = ?, duplicate = ?, added = ?, changed = ?, closed = ?,"
                + " unchanged = ?, deleted = ?, covers_from = ?, covers_to = ?"
                + " WHERE delivery_id = ?")
        .param(
            remark(amendments.remark(delivery), correction, changes(run, source, delivery, marked)))
        .params(
            json.writeValueAsString(rows.columns()),
            rows.tally().sound(),
            counts.read(),
            counts.accepted(),
            counts.rejected(),
            counts.duplicate(),
            counts.added(),
            counts.changed(),
            counts.closed(),
            counts.unchanged(),
            rows.deleted().size())
        .param(covers == null ? null : covers.from())
        .param(covers == null ? null : covers.to())
        .param(delivery.id())
        .update();
    BulkLoad.into(
        connection,
        "delivery_field",
        List.of("delivery_id", "field", "filled"),
        lines -> {
          for (var field : rows.tally().filled().entrySet()) {
            lines.add(delivery.id()).add(field.getKey()).add(field.getValue()).end();
          }
        });
    if (!first) {
      standings.note(connection, whole, sourceId, delivery, known);
    }
    long stay = known.inForceAfterwards(whole) - rows.deleted().size();
    check(sourceId, delivery, stay, counts);
  }

  /** What a file that was answered and has come back mends; null for any other. */
  private @Nullable Correction correction(
      Run run, Source source, Marked marked, @Nullable Delivery answered)
      throws UnreadableFile, Unusable {
    var mark = marked.answer();
    if (mark != null && !mark.source().equals(source.id())) {
      throw new Unusable(Refusal.of("other_source", mark.source(), source.id()));
    }
    // The answer to a file that was not taken in comes back as a whole.
    if (answered == null || !answered.isTaken()) {
      return null;
    }
    if (source.supplies() == Source.Supplies.SNAPSHOT) {
      var since = deliveries.supersedes(run.scope(), answered).orElse(null);
      if (since != null) {
        throw new Unusable(Refusal.of("overtaken", answered.fileName(), since.fileName()));
      }
    }
    return Correction.of(run, source, answered, deliveries);
  }

  /**
   * Cells of a workbook have types and those of a csv none: a source is written for one of them. A
   * csv comes back from us as a workbook, though, in which each text is a text.
   */
  static void refuseUnfit(Source source, Path file, Marked marked) throws UnreadableFile, Unusable {
    boolean csvDeclared = source.format().kind() == Source.FileFormat.CSV;
    if (marked.sheets().isEmpty() && csvDeclared != (TableReader.kindOf(file) == FileKind.CSV)) {
      throw new Unusable(
          Refusal.of(csvDeclared ? "other_kind.csv" : "other_kind.workbook", source.title()));
    }
  }

  /** The rows of a source that are in force, by the hashes of key and content. */
  private static KnownRows inForce(Connection connection, int sourceId) throws SQLException {
    var known = new KnownRows();
    try (var statement =
        connection.prepareStatement(
            "SELECT key_hash, content_hash FROM record WHERE source_id = ? AND until_run = ?")) {
      statement.setFetchSize(50_000);
      statement.setInt(1, sourceId);
      statement.setLong(2, Run.STILL);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          known.inForce(rows.getLong(1), rows.getLong(2));
        }
      }
    }
    return known;
  }

  /** Ends the versions that this delivery replaces and, where it is the whole, those it lacks. */
  private long close(
      Run run,
      boolean whole,
      int sourceId,
      Delivery delivery,
      KnownRows known,
      Connection connection)
      throws Exception {
    db.sql(
            """
            UPDATE record newer
              STRAIGHT_JOIN record older FORCE INDEX (in_force)
                ON older.source_id = newer.source_id AND older.until_run = newer.until_run
                AND older.key_hash = newer.key_hash AND older.record_key = newer.record_key
            SET older.until_run = ?
            WHERE newer.record_id BETWEEN ? AND ? AND older.record_id < ?
            """)
        .params(
            run.id(),
            firstRecord(delivery.id()),
            firstRecord(delivery.id() + 1) - 1,
            firstRecord(delivery.id()))
        .update();
    if (!whole) {
      return 0;
    }
    KeyTable.load(db, connection, "gone", known::gone);
    int closed =
        db.sql(
                """
                UPDATE gone STRAIGHT_JOIN record FORCE INDEX (in_force)
                  ON record.source_id = ? AND record.until_run = ?
                  AND record.key_hash = gone.key_hash
                SET record.until_run = ?
                """)
            .params(sourceId, Run.STILL, run.id())
            .update();
    KeyTable.drop(db, "gone");
    return closed;
  }

  /** The books must balance in the database itself, or the step fails and nothing has happened. */
  private void check(int sourceId, Delivery delivery, long stay, Counts counts) {
    long rejected =
        db.sql("SELECT COUNT(DISTINCT ordinal) FROM rejection WHERE delivery_id = ?")
            .param(delivery.id())
            .query(Long.class)
            .single();
    long inForce =
        db.sql("SELECT COUNT(*) FROM record WHERE source_id = ? AND until_run = ?")
            .params(sourceId, Run.STILL)
            .query(Long.class)
            .single();
    // How many rows were stored, the load itself has checked.
    if (rejected != counts.rejected() || inForce != stay) {
      throw new IllegalStateException(
          "The books of delivery %s do not balance: %s, but %d rejected rows and %d rows in force are stored. Nothing of it was taken in."
              .formatted(delivery.fileName(), counts, rejected, inForce));
    }
  }

  private static @Nullable String remark(
      @Nullable String amended,
      @Nullable Correction correction,
      @Nullable TemplateChanges changes) {
    var says =
        Stream.of(
                correction == null ? null : correction.remark(),
                amended,
                changes == null ? null : changes.say(Phrases.english(Refusal.PHRASES)))
            .filter(Objects::nonNull)
            .collect(Collectors.joining("; "));
    return says.isEmpty() ? null : says;
  }

  /** What has changed since the template that a file was filled in on. */
  private @Nullable TemplateChanges changes(
      Run run, Source source, Delivery delivery, Marked marked) {
    try {
      return TemplateChanges.since(
          run.definitions(), source, deliveries.original(delivery), marked.template());
    } catch (UnreadableFile e) {
      // The guide that would tell is gone; what is wrong with the file is said all the same.
      return null;
    }
  }

  private void refuse(long delivery, Refusal refusal) {
    // In English, for those who keep the list; the sender is told in the language of the programme.
    settle(delivery, State.REFUSED, refusal.say(Phrases.english(Refusal.PHRASES)));
    db.sql("UPDATE delivery SET refusal = ? WHERE delivery_id = ?")
        .params(json.writeValueAsString(refusal), delivery)
        .update();
  }

  private void settle(long delivery, State state, String message) {
    db.sql("UPDATE delivery SET state = ?, message = ? WHERE delivery_id = ?")
        .params(state.name().toLowerCase(java.util.Locale.ROOT), message, delivery)
        .update();
  }
}
