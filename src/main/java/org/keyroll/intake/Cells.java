package org.keyroll.intake;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.table.TableReader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Leads from a value of a record back to the cell it was sent in. */
@Service
public class Cells {
  private static final TypeReference<Map<String, Map<String, Headings.Place>>> COLUMNS =
      new TypeReference<>() {};

  private final JdbcClient db;
  private final JsonMapper json = new JsonMapper();

  Cells(JdbcClient db) {
    this.db = db;
  }

  /**
   * A cell of a delivery.
   *
   * @param delivery its number
   * @param row as the sender sees it, 1 is the first
   * @param column letters, such as {@code AB}
   * @param text as sent
   * @param value canonical
   */
  public record SourceCell(
      String source,
      long delivery,
      String file,
      String sha256,
      String sheet,
      int row,
      @Nullable String column,
      @Nullable String heading,
      String text,
      String value) {

    /** The table it is in, for a person: {@code file.xlsx, sheet 名录}, or just the csv file. */
    public String table() {
      return sheet.equals(TableReader.CSV_SHEET) ? file : file + ", sheet " + sheet;
    }

    /** Where it is, for a person: {@code file.xlsx, sheet 名录, row 12, column C (行业)}. */
    public String where() {
      return "%s, row %d, column %s (%s)".formatted(table(), row, column, heading);
    }
  }

  /** Whether a sheet of a delivery that was taken in has a column for a field. */
  boolean hasColumn(Delivery delivery, String field) {
    var columns =
        db.sql("SELECT columns FROM delivery WHERE delivery_id = ?")
            .param(delivery.id())
            .query(String.class)
            .single();
    return json.readValue(columns, COLUMNS).values().stream()
        .flatMap(sheet -> sheet.keySet().stream())
        .anyMatch(name -> name.equals(field) || name.startsWith(field + "["));
  }

  /** The cell that a field of a record was read from. */
  public SourceCell of(long record, String field) {
    return db.sql(
            """
            SELECT s.source, d.number, d.file_name, d.sha256, d.columns, r.sheet, r.row_no,
                r.payload, r.raw
            FROM record r JOIN delivery d ON d.delivery_id = ? JOIN source s
              ON s.source_id = d.source_id
            WHERE r.record_id = ?
            """)
        .params(Intake.deliveryOf(record), record)
        .query(
            (row, n) -> {
              var values = Payload.read(row.getString("payload"));
              var value = values.getOrDefault(field, "");
              var place = place(row.getString("columns"), row.getString("sheet"), field, values);
              return new SourceCell(
                  row.getString("source"),
                  row.getLong("number"),
                  row.getString("file_name"),
                  row.getString("sha256"),
                  row.getString("sheet"),
                  row.getInt("row_no"),
                  place == null ? null : TableReader.columnName(place.column()),
                  place == null ? null : place.heading(),
                  Payload.read(row.getString("raw")).getOrDefault(field, value),
                  value);
            })
        .single();
  }

  private Headings.@Nullable Place place(
      String columns, String sheet, String field, Map<String, String> values) {
    var fields = json.readValue(columns, COLUMNS).get(sheet);
    if (fields == null || fields.containsKey(field)) {
      return fields == null ? null : fields.get(field);
    }
    // One of several columns: field[name=value].
    return fields.entrySet().stream()
        .filter(place -> place.getKey().startsWith(field + "["))
        .filter(
            place -> {
              var told = place.getKey().substring(field.length() + 1, place.getKey().length() - 1);
              int equals = told.indexOf('=');
              return told.substring(equals + 1).equals(values.get(told.substring(0, equals)));
            })
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }
}
