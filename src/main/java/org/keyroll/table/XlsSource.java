package org.keyroll.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.OldFileFormatException;
import org.apache.poi.hssf.record.aggregates.FormulaRecordAggregate;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.util.CellAddress;
import org.jspecify.annotations.Nullable;
import org.keyroll.table.UnreadableFile.Reason;

/** Reads xls. A sheet of that format ends at 65,536 rows, so the workbook may be held in memory. */
final class XlsSource implements RowSource {

  /** Bytes at most: in memory a workbook takes several times its size. */
  static final long MAX_SIZE = 50L << 20;

  private static final int BLOCK = 512;
  private static final int MAX_COLUMNS = 256;
  private static final int CALCULATE_ON_OPEN = 2;

  private final HSSFWorkbook workbook;
  private final SerialDates dates;
  private final Iterator<Integer> sheets;
  private Iterator<org.apache.poi.ss.usermodel.Row> rows =
      List.<org.apache.poi.ss.usermodel.Row>of().iterator();

  private Set<CellAddress> uncalculated = Set.of();
  private final ReadOptions options;
  private int present = -1;
  private @Nullable RowBuilder builder;
  private Areas areas = new Areas();

  private XlsSource(HSSFWorkbook workbook, ReadOptions options) throws UnreadableFile {
    this.workbook = workbook;
    this.options = options;
    dates = new SerialDates(workbook.getInternalWorkbook().isUsing1904DateWindowing());
    sheets =
        Sheets.chosen(
                IntStream.range(0, workbook.getNumberOfSheets()).boxed().toList(),
                workbook::getSheetName,
                options.sheet())
            .iterator();
  }

  static XlsSource open(Path file, ReadOptions options) throws IOException, UnreadableFile {
    if (Files.size(file) > MAX_SIZE) {
      throw new UnreadableFile(
          Reason.TOO_LARGE, "The xls file is over 50 MiB; save it as xlsx or csv and resend it.");
    }
    if (Files.size(file) % BLOCK != 0) {
      // POI would take what is missing for zeros.
      throw ZipPackage.damaged("its last block is cut off");
    }
    var ole2 = new POIFSFileSystem(file.toFile(), true);
    try {
      return new XlsSource(new HSSFWorkbook(ole2.getRoot(), ole2, false), options);
    } catch (EncryptedDocumentException e) {
      ole2.close();
      throw Signature.encrypted(e);
    } catch (OldFileFormatException e) {
      ole2.close();
      throw Signature.unsupported("a workbook of Excel 95 or older");
    } catch (IOException | UnreadableFile | RuntimeException e) {
      ole2.close();
      throw e;
    }
  }

  @Override
  public @Nullable String nextSheet() throws UnreadableFile {
    if (!sheets.hasNext()) {
      return null;
    }
    present = sheets.next();
    var sheet = workbook.getSheetAt(present);
    var name = workbook.getSheetName(present);
    uncalculated = uncalculated(sheet);
    rows = sheet.rowIterator();
    builder = new RowBuilder(name, options);
    for (int i = 0; i < MAX_COLUMNS; i++) {
      if (sheet.isColumnHidden(i)) {
        builder.hideColumns(i, i + 1);
      }
    }
    areas = new Areas();
    for (var merged : sheet.getMergedRegions()) {
      areas.add(Area.of(merged.formatAsString()));
    }
    return name;
  }

  @Override
  public boolean isHidden() {
    return options.sheet() == null
        && workbook.getSheetVisibility(present) != SheetVisibility.VISIBLE;
  }

  @Override
  public List<Area> merged() {
    return areas.take();
  }

  @Override
  public @Nullable Row nextRow() throws UnreadableFile {
    while (builder != null && rows.hasNext()) {
      var stored = rows.next();
      builder.start();
      for (var cell : stored) {
        builder.put(cell.getColumnIndex(), cell(cell));
      }
      var row = builder.row(stored.getRowNum() + 1, stored.getZeroHeight());
      if (row != null) {
        return row;
      }
    }
    return null;
  }

  /**
   * The formulas without a value: programs that cannot calculate write a zero or an empty text and
   * ask for it to be calculated when the workbook is opened, in a bit that Excel leaves empty.
   */
  private static Set<CellAddress> uncalculated(HSSFSheet sheet) {
    var found = new HashSet<CellAddress>();
    for (var all = sheet.getSheet().getCellValueIterator(); all.hasNext(); ) {
      if (all.next() instanceof FormulaRecordAggregate aggregate) {
        var formula = aggregate.getFormulaRecord();
        boolean empty =
            switch (formula.getCachedResultTypeEnum()) {
              case NUMERIC -> formula.getValue() == 0;
              case STRING -> String.valueOf(aggregate.getStringValue()).isEmpty();
              default -> false;
            };
        if (empty && (formula.getOptions() & CALCULATE_ON_OPEN) != 0) {
          found.add(new CellAddress(aggregate.getRow(), aggregate.getColumn()));
        }
      }
    }
    return found;
  }

  private Cell cell(org.apache.poi.ss.usermodel.Cell stored) throws UnreadableFile {
    var type = stored.getCellType();
    if (type == CellType.FORMULA) {
      if (uncalculated.contains(stored.getAddress())) {
        return Cell.NOT_CALCULATED;
      }
      type = stored.getCachedFormulaResultType();
    }
    return switch (type) {
      case STRING -> Cell.text(stored.getRichStringCellValue().getString());
      case NUMERIC -> {
        double value = stored.getNumericCellValue();
        var style = stored.getCellStyle();
        yield isDate(style.getDataFormat(), style.getDataFormatString())
            ? dates.cell(value)
            : new Cell(Cell.Kind.NUMBER, Numbers.text(value), digits(style.getDataFormatString()));
      }
      case BOOLEAN -> Cell.logical(stored.getBooleanCellValue());
      case ERROR ->
          new Cell(Cell.Kind.ERROR, FormulaError.forInt(stored.getErrorCellValue()).getString());
      case BLANK, _NONE -> Cell.BLANK;
      case FORMULA -> throw ZipPackage.damaged("a formula has no value");
    };
  }

  private static int digits(@Nullable String code) {
    return code == null ? 0 : DateFormats.digits(code);
  }

  /** POI gives the built-in East Asian dates a code of its own making, such as reserved-0x1f. */
  private static boolean isDate(short format, @Nullable String code) {
    if (code == null || code.startsWith("reserved-") || code.equals("General")) {
      return DateFormats.isBuiltInDate(format);
    }
    return DateFormats.isDate(code);
  }

  @Override
  public void close() throws IOException {
    workbook.close();
  }
}
