package org.keyroll.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a file says, sheet by sheet, in the form that {@code src/test/spreadsheets/README.md}
 * defines: a line for each cell that is not blank, summed up.
 */
final class Canonical implements RowSink {

  private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_UP);

  private final Map<String, Sheet> sheets = new LinkedHashMap<>();
  private Sheet sheet = new Sheet();

  /** Counts and checksum of a sheet. */
  record Sum(int rows, int cells, String checksum) {}

  private static final class Sheet {
    private final MessageDigest digest = sha256();
    private int rows;
    private int cells;

    Sum sum() {
      var all = HexFormat.of().formatHex(digest.digest());
      return new Sum(rows, cells, all.substring(0, 32));
    }
  }

  /** The sums of the visible sheets by name, in order. */
  static Map<String, Sum> of(Path file, ReadOptions options) throws UnreadableFile {
    var canonical = new Canonical();
    TableReader.read(file, options, canonical);
    var sums = new LinkedHashMap<String, Sum>();
    canonical.sheets.forEach((name, sheet) -> sums.put(name, sheet.sum()));
    return sums;
  }

  @Override
  public void sheet(String name) {
    sheet = new Sheet();
    sheets.put(name, sheet);
  }

  @Override
  public boolean row(Row row) {
    sheet.rows++;
    for (int c = 0; c < row.cells().size(); c++) {
      var cell = row.cell(c);
      if (cell.kind() != Cell.Kind.BLANK) {
        sheet.cells++;
        var line =
            "%d\t%s\t%s\t%s\n"
                .formatted(row.number(), TableReader.columnName(c), cell.kind(), text(cell));
        sheet.digest.update(line.getBytes(UTF_8));
      }
    }
    return true;
  }

  private static String text(Cell cell) {
    return switch (cell.kind()) {
      case NUMBER -> number(Double.parseDouble(cell.text()));
      case TEXT ->
          cell.text()
              .replace("\r\n", "\n")
              .replace("\r", "\n")
              .replace("\\", "\\\\")
              .replace("\t", "\\t")
              .replace("\n", "\\n");
      default -> cell.text();
    };
  }

  private static String number(double value) {
    var shown = new BigDecimal(value).round(SHOWN);
    return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
