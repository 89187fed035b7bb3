package org.keyroll.publication;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.adjustment.Entry;

/**
 * A list for programs: ids and canonical values, where the workbook has words. A line a unit, in
 * the order of the list.
 */
final class ListJson {
  private ListJson() {}

  /**
   * A unit on the list.
   *
   * @param tier id
   * @param score 0 to 1, rounded to four decimals; null when only a trigger lists the unit
   * @param departments ids
   * @param enteredOn ISO 8601
   * @param facts name to canonical value
   * @param status {@code confirmed}, or why it is listed although it would not enter now
   */
  private record Line(
      String unit,
      String name,
      @Nullable String identifier,
      String tier,
      @Nullable Double score,
      List<String> departments,
      String enteredOn,
      String reason,
      String legalBasis,
      Map<String, String> facts,
      String status) {

    static Line of(Entry entry) {
      return new Line(
          entry.unit(),
          entry.name(),
          entry.identifier(),
          entry.tier(),
          entry.score(),
          entry.departments(),
          entry.enteredOn().toString(),
          entry.reason(),
          entry.legalBasis(),
          entry.facts(),
          Entry.statusId(entry.status()));
    }
  }

  /**
   * What the list is of.
   *
   * @param asOf business date, ISO 8601
   * @param audience department it is for
   * @param rows units on it
   */
  record Head(String programme, long revision, String asOf, String audience, int rows) {}

  /** Writes a list, leaves {@code out} open, and returns how many units it has. */
  static long write(OutputStream out, Head head, List<Entry> list) throws IOException {
    var text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    var begin = Json.line(head);
    text.write(begin.substring(0, begin.length() - 1));
    text.write(",\"units\":[");
    long units = 0;
    for (var entry : list) {
      text.write(units == 0 ? "\n" : ",\n");
      text.write(Json.line(Line.of(entry)));
      units++;
    }
    text.write("\n]}\n");
    text.flush();
    return units;
  }
}
