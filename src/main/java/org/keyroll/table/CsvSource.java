package org.keyroll.table;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.keyroll.table.UnreadableFile.Reason;

/** Reads csv, streaming and with strict quoting. */
final class CsvSource implements RowSource {

  private final CsvReader<Row> reader;
  private final CloseableIterator<Row> records;
  private final CsvRows rows;
  private boolean begun;

  private CsvSource(CsvReader<Row> reader, CsvRows rows) {
    this.reader = reader;
    this.records = reader.iterator();
    this.rows = rows;
  }

  static CsvSource open(Path file, ReadOptions options) throws IOException, UnreadableFile {
    var encoding = CsvEncoding.of(file, options.charset());
    var delimiter =
        options.delimiter() == null
            ? CsvDelimiter.detect(encoding.head(file))
            : (char) options.delimiter();
    var rows = new CsvRows();
    var reader =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .skipEmptyLines(false)
            // A title has one value; whether a row has too many, the headings tell.
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            // On by default: the rest of the file would silently become one value.
            .allowUnclosedQuote(false)
            .build(
                rows, new InputStreamReader(encoding.open(file), encoding.charset().newDecoder()));
    return new CsvSource(reader, rows);
  }

  @Override
  public @Nullable String nextSheet() {
    if (begun) {
      return null;
    }
    begun = true;
    return TableReader.CSV_SHEET;
  }

  @Override
  public @Nullable Row nextRow() throws UnreadableFile {
    try {
      while (records.hasNext()) {
        var row = records.next();
        if (!row.cells().isEmpty()) {
          return row;
        }
      }
      return null;
    } catch (CsvParseException e) {
      throw new UnreadableFile(
          Reason.CORRUPT,
          "The csv cannot be read from line %s on (%s); look for a quotation mark that is not closed or not doubled there."
              .formatted(rows.line(), e.getMessage()),
          e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
