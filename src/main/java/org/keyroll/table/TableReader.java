package org.keyroll.table;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.keyroll.table.UnreadableFile.Reason;

/** Reads spreadsheets row by row, in memory that does not grow with the number of rows. */
public final class TableReader {

  /** The sheet name given for a csv, whatever the file is called. */
  public static final String CSV_SHEET = "csv";

  private TableReader() {}

  /** The kind by the first bytes, not by the name. */
  public static FileKind kindOf(Path file) throws UnreadableFile {
    return parsing(file, () -> Signature.kindOf(file));
  }

  /**
   * Reads every row that is not wholly blank into {@code sink}; blank rows count in the numbering.
   * Formulas give the value they had when the file was saved.
   *
   * @throws UnreadableFile also after rows have been passed on: they are then to be discarded
   */
  public static void read(Path file, ReadOptions options, RowSink sink) throws UnreadableFile {
    var kind = kindOf(file);
    var source = parsing(file, () -> open(file, kind, options));
    try {
      for (var sheet = parsing(file, source::nextSheet);
          sheet != null;
          sheet = parsing(file, source::nextSheet)) {
        if (source.isHidden() && !sink.hiddenSheet(sheet)) {
          continue;
        }
        sink.sheet(sheet);
        Row row;
        do {
          row = parsing(file, source::nextRow);
          source.merged().forEach(sink::merged);
        } while (row != null && sink.row(row));
      }
    } finally {
      parsing(
          file,
          () -> {
            source.close();
            return null;
          });
    }
  }

  /** The names of the visible sheets, in order, without reading their rows; none for a csv. */
  public static List<String> sheetNames(Path file) throws UnreadableFile {
    var kind = kindOf(file);
    return parsing(
        file,
        () ->
            switch (kind) {
              case XLSX, XLSB -> SheetList.xlsx(file);
              case ODS -> SheetList.ods(file);
              case XLS -> SheetList.xls(file);
              case CSV -> List.of();
            });
  }

  /** The letters of a column: 0 → A, 25 → Z, 26 → AA. */
  public static String columnName(int index) {
    var name = new StringBuilder();
    for (int rest = index; rest >= 0; rest = rest / 26 - 1) {
      name.insert(0, (char) ('A' + rest % 26));
    }
    return name.toString();
  }

  private static RowSource open(Path file, FileKind kind, ReadOptions options) throws Exception {
    return switch (kind) {
      case XLSX, XLSB -> XlsxSource.open(file, options);
      case ODS -> OdsSource.open(file, options);
      case XLS -> XlsSource.open(file, options);
      case CSV -> CsvSource.open(file, options);
    };
  }

  /**
   * Runs one step of a parser and says of whatever it throws what it means for the file. Parsers
   * fed with damaged bytes throw nearly anything, so nearly anything means a damaged file.
   */
  private static <T extends @Nullable Object> T parsing(Path file, Callable<T> step)
      throws UnreadableFile {
    try {
      return step.call();
    } catch (UnreadableFile e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw new UnreadableFile(
          Reason.CORRUPT, "The file %s does not exist; send it again.".formatted(file), e);
    } catch (ZipException | EOFException e) {
      throw corrupt(e);
    } catch (IOException e) {
      refuse(e);
      throw new UnreadableFile(
          Reason.CORRUPT,
          "The file could not be read to its end (%s); check the disk and send it again."
              .formatted(firstLine(e)),
          e);
    } catch (Exception | StackOverflowError e) {
      refuse(e);
      throw corrupt(e);
    }
  }

  /** Throws the refusal that a parser was given instead of bytes and has wrapped. */
  private static void refuse(Throwable thrown) throws UnreadableFile {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof GuardedStream.Refusal refusal) {
        throw refusal.reason;
      }
    }
  }

  private static UnreadableFile corrupt(Throwable cause) {
    return new UnreadableFile(
        Reason.CORRUPT,
        "The file is damaged (%s); open it in a spreadsheet program, save it again and resend it."
            .formatted(firstLine(cause)),
        cause);
  }

  static String firstLine(Throwable cause) {
    var message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
