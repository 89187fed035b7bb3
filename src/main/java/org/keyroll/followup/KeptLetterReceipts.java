package org.keyroll.followup;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.keyroll.definition.Scope;
import org.keyroll.unit.UnitId;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** LetterReceipts as they are kept. */
@Component
class KeptLetterReceipts {
  private static final RowMapper<LetterReceipt> RECEIPT =
      (row, n) ->
          new LetterReceipt(
              row.getLong("revision"),
              new UnitId(row.getLong("unit_id")),
              row.getObject("received_on", LocalDate.class),
              row.getObject("recorded_on", LocalDate.class),
              row.getString("recorded_by"));

  private final JdbcClient db;

  KeptLetterReceipts(JdbcClient db) {
    this.db = db;
  }

  /** The days on which units have received their letter of a revision, by unit number. */
  Map<Long, LocalDate> of(Scope scope, long revision) {
    var receipts = new TreeMap<Long, LocalDate>();
    db.sql("SELECT * FROM letter_receipt WHERE programme_id = ? AND revision = ?")
        .params(scope.programmeId(), revision)
        .query(RECEIPT)
        .list()
        .forEach(r -> receipts.put(r.unit().number(), r.receivedOn()));
    return receipts;
  }

  Optional<LetterReceipt> find(Scope scope, long revision, UnitId unit) {
    return db.sql(
            "SELECT * FROM letter_receipt WHERE programme_id = ? AND revision = ? AND unit_id = ?")
        .params(scope.programmeId(), revision, unit.number())
        .query(RECEIPT)
        .optional();
  }

  long count(Scope scope) {
    return db.sql("SELECT COUNT(*) FROM letter_receipt WHERE programme_id = ?")
        .param(scope.programmeId())
        .query(Long.class)
        .single();
  }

  void add(Scope scope, LetterReceipt receipt) {
    db.sql(
            "INSERT INTO letter_receipt (programme_id, revision, unit_id, received_on, recorded_on,"
                + " recorded_by) VALUES (?, ?, ?, ?, ?, ?)")
        .params(
            scope.programmeId(),
            receipt.revision(),
            receipt.unit().number(),
            receipt.receivedOn(),
            receipt.recordedOn(),
            receipt.recordedBy())
        .update();
  }
}
