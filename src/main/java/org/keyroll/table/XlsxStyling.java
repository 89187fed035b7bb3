package org.keyroll.table;

import java.util.EnumMap;
import java.util.Map;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.FontScheme;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.xssf.usermodel.DefaultIndexedColorMap;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * The look of a written workbook, each style made once.
 *
 * <p>The font is Microsoft YaHei: every Windows has it and every Office for Mac, it holds both
 * Chinese and Latin, and elsewhere a spreadsheet program puts its own Chinese sans serif (Noto Sans
 * CJK, PingFang) in its place.
 */
final class XlsxStyling {

  static final String FONT = "Microsoft YaHei";

  private static final XSSFColor INK = color(0x1F, 0x2A, 0x37);
  private static final XSSFColor MUTED = color(0x59, 0x63, 0x6E);
  private static final XSSFColor HEADER = color(0x1F, 0x3A, 0x5F);
  private static final XSSFColor LINE = color(0xC5, 0xCC, 0xD3);

  private final XSSFWorkbook workbook;
  private final Map<SheetColumn.Format, XSSFCellStyle> plain =
      new EnumMap<>(SheetColumn.Format.class);
  private final Map<SheetColumn.Format, XSSFCellStyle> quoted =
      new EnumMap<>(SheetColumn.Format.class);
  final XSSFCellStyle title;
  final XSSFCellStyle note;
  final XSSFCellStyle heading;
  final XSSFCellStyle logical;

  XlsxStyling(XSSFWorkbook workbook) {
    this.workbook = workbook;
    // Font 0 sets the width of a character and the height of an empty row for the whole workbook.
    var normal = workbook.getFontAt(0);
    // A font of the theme would be used whatever its name says.
    normal.setScheme(FontScheme.NONE);
    normal.setFontName(FONT);
    normal.setFontHeightInPoints((short) 10);
    normal.setColor(INK);
    title = banner(font(15, true, INK));
    note = banner(font(9, false, MUTED));
    heading = workbook.createCellStyle();
    heading.setFont(font(10, true, color(0xFF, 0xFF, 0xFF)));
    heading.setFillForegroundColor(HEADER);
    heading.setFillPattern(FillPatternType.SOLID_FOREGROUND);
    heading.setAlignment(HorizontalAlignment.CENTER);
    heading.setVerticalAlignment(VerticalAlignment.CENTER);
    heading.setWrapText(true);
    heading.setDataFormat(workbook.createDataFormat().getFormat("@"));
    border(heading);
    logical = create(SheetColumn.Format.DATE, false);
    logical.setDataFormat((short) 0);
  }

  /** The style of a cell; {@code quote} keeps its text a text even when a person edits it. */
  XSSFCellStyle of(SheetColumn.Format format, boolean quote) {
    var styles = quote ? quoted : plain;
    var style = styles.get(format);
    if (style == null) {
      style = create(format, quote);
      styles.put(format, style);
    }
    return style;
  }

  private XSSFCellStyle create(SheetColumn.Format format, boolean quote) {
    var style = workbook.createCellStyle();
    style.setFont(workbook.getFontAt(0));
    style.setDataFormat(workbook.createDataFormat().getFormat(code(format)));
    style.setVerticalAlignment(VerticalAlignment.CENTER);
    style.setWrapText(format == SheetColumn.Format.WRAPPED);
    style.setQuotePrefixed(quote);
    style.setAlignment(
        switch (format) {
          case TEXT, WRAPPED -> HorizontalAlignment.LEFT;
          case DATE -> HorizontalAlignment.CENTER;
          case INTEGER, DECIMAL, FRACTION, PERCENT -> HorizontalAlignment.RIGHT;
        });
    // Text that touches its border is hard to read.
    style.setIndention((short) (format == SheetColumn.Format.DATE ? 0 : 1));
    border(style);
    return style;
  }

  private static String code(SheetColumn.Format format) {
    return switch (format) {
      case TEXT, WRAPPED -> "@";
      case DATE -> "yyyy\\-mm\\-dd";
      case INTEGER -> "#,##0";
      case DECIMAL -> "#,##0.00";
      case FRACTION -> "0.0000";
      case PERCENT -> "0.0%";
    };
  }

  private XSSFCellStyle banner(XSSFFont font) {
    var style = workbook.createCellStyle();
    style.setFont(font);
    style.setVerticalAlignment(VerticalAlignment.CENTER);
    style.setWrapText(true);
    style.setQuotePrefixed(true);
    return style;
  }

  private XSSFFont font(int points, boolean bold, XSSFColor color) {
    var font = workbook.createFont();
    font.setFontName(FONT);
    font.setFontHeightInPoints((short) points);
    font.setBold(bold);
    font.setColor(color);
    return font;
  }

  private static void border(XSSFCellStyle style) {
    style.setBorderTop(BorderStyle.THIN);
    style.setBorderBottom(BorderStyle.THIN);
    style.setBorderLeft(BorderStyle.THIN);
    style.setBorderRight(BorderStyle.THIN);
    style.setTopBorderColor(LINE);
    style.setBottomBorderColor(LINE);
    style.setLeftBorderColor(LINE);
    style.setRightBorderColor(LINE);
  }

  private static XSSFColor color(int red, int green, int blue) {
    return new XSSFColor(
        new byte[] {(byte) 0xFF, (byte) red, (byte) green, (byte) blue},
        new DefaultIndexedColorMap());
  }
}
