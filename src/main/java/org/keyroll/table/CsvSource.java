package org.keyroll.table;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.table.UnreadableFile.Reason;

/** Reads csv, streaming and with strict quoting. */
final class CsvSource implements RowSource {

  private static final int HINT_PREFIX = "sep=".length();
  private static final String END_OF_TEXT = "\u001A";

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
    var head = encoding.head(file);
    var hint = CsvDelimiter.hint(head);
    if (hint != null) {
      head = head.substring(hint.length());
    }
    char quote = options.quote() == null ? '"' : options.quote();
    char delimiter =
        options.delimiter() != null
            ? options.delimiter()
            : hint != null ? hint.charAt(HINT_PREFIX) : CsvDelimiter.detect(head, quote);
    var rows = new CsvRows(CsvDelimiter.widest(head, delimiter, quote));
    var characters = new InputStreamReader(encoding.open(file), encoding.charset().newDecoder());
    if (hint != null) {
      for (int i = 0; i < hint.length(); i++) {
        characters.read();
      }
    }
    var reader =
        CsvReader.builder()
            .fieldSeparator(delimiter)
            .quoteCharacter(quote)
            .skipEmptyLines(false)
            // Titles and notes have fewer values than the rows of the table.
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            // On by default: the rest of the file would silently become one value.
            .allowUnclosedQuote(false)
            .build(rows, characters);
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
  public boolean isHidden() {
    return false;
  }

  @Override
  public List<Area> merged() {
    return List.of();
  }

  @Override
  public @Nullable Row nextRow() throws UnreadableFile {
    try {
      while (records.hasNext()) {
        var row = records.next();
        if (!records.hasNext()) {
          row = withoutEndOfText(row);
        }
        if (!row.cells().isEmpty()) {
          return row;
        }
      }
      return null;
    } catch (CsvParseException e) {
      throw new UnreadableFile(
          Reason.CORRUPT,
          "The csv cannot be read from line %s on (%s); look there for a quotation mark that is not closed or not doubled, or for a separator within a value that needs quotation marks."
              .formatted(rows.line(), e.getMessage()),
          e);
    }
  }

  /** The last row without the Control-Z with which DOS ends a text. */
  private static Row withoutEndOfText(Row row) {
    int last = row.cells().size() - 1;
    if (last < 0 || !row.cell(last).text().endsWith(END_OF_TEXT)) {
      return row;
    }
    var text = row.cell(last).text();
    var cells = new ArrayList<>(row.cells());
    cells.set(last, Cell.text(text.substring(0, text.length() - END_OF_TEXT.length())));
    while (!cells.isEmpty() && cells.get(cells.size() - 1).kind() == Cell.Kind.BLANK) {
      cells.remove(cells.size() - 1);
    }
    return new Row(row.number(), cells);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
