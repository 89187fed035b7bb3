package org.keyroll.table;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Writes one table as csv. */
final class CsvTable {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private CsvTable() {}

  static long write(OutputStream out, SheetContent sheet) throws IOException {
    var characters = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    characters.write(BYTE_ORDER_MARK);
    var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(characters);
    csv.writeRecord(sheet.columns().stream().map(column -> text(column.heading())).toList());
    long rows = 0;
    for (var row : sheet.rows()) {
      Values.refuseWide(sheet, row);
      var fields = new ArrayList<String>(sheet.columns().size());
      for (var value : row) {
        fields.add(field(value));
      }
      while (fields.size() < sheet.columns().size()) {
        fields.add("");
      }
      csv.writeRecord(fields);
      rows++;
    }
    csv.flush();
    return rows;
  }

  private static String field(@Nullable Object value) {
    if (value == null) {
      return "";
    } else if (value instanceof String s) {
      return text(s);
    } else if (value instanceof CellLink link) {
      return text(link.text());
    } else if (value instanceof Number n) {
      return Values.plain(n);
    } else if (value instanceof LocalDate d) {
      return d.toString();
    } else if (value instanceof Boolean b) {
      return b ? "TRUE" : "FALSE";
    }
    throw Values.unknown(value);
  }

  private static String text(String text) {
    return Values.looksLikeFormula(text) ? "'" + text : text;
  }
}
