package org.keyroll.table;

import java.util.EnumMap;
import java.util.Map;
import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.FontScheme;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.DefaultIndexedColorMap;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * The look of a table that is written, each style made once.
 *
 * <p>The font is Microsoft YaHei: every Windows has it and every Office for Mac, it holds both
 * Chinese and Latin, and elsewhere a spreadsheet program puts its own Chinese sans serif (Noto Sans
 * CJK, PingFang) in its place.
 */
final class TableStyling {

  static final String FONT = "Microsoft YaHei";

  private final Workbook workbook;
  private final Font normal;
  private final Map<SheetColumn.Format, CellStyle> plain = new EnumMap<>(SheetColumn.Format.class);
  private final Map<SheetColumn.Format, CellStyle> quoted = new EnumMap<>(SheetColumn.Format.class);
  final CellStyle title;
  final CellStyle note;
  final CellStyle heading;
  final CellStyle logical;
  final CellStyle link;

  /** A colour, and the nearest one of the fixed ones that xls has. */
  private enum Ink {
    TEXT(0x1F2A37, IndexedColors.AUTOMATIC),
    MUTED(0x59636E, IndexedColors.GREY_50_PERCENT),
    HEADER(0x1F3A5F, IndexedColors.DARK_BLUE),
    ON_HEADER(0xFFFFFF, IndexedColors.WHITE),
    LINE(0xC5CCD3, IndexedColors.GREY_25_PERCENT),
    LINK(0x0B57A4, IndexedColors.BLUE);

    private final int rgb;
    final short index;

    Ink(int rgb, IndexedColors nearest) {
      this.rgb = rgb;
      this.index = nearest.index;
    }

    XSSFColor color() {
      return TableStyling.color(rgb);
    }
  }

  /** The look of a workbook of our own. */
  TableStyling(XSSFWorkbook workbook) {
    this(workbook, normal(workbook));
  }

  /** The look of a sheet of ours in a workbook of others, whose own look stays as it is. */
  static TableStyling besideOthers(Workbook workbook) {
    return new TableStyling(workbook, font(workbook, 10, false, Ink.TEXT));
  }

  private TableStyling(Workbook workbook, Font normal) {
    this.workbook = workbook;
    this.normal = normal;
    title = banner(font(workbook, 15, true, Ink.TEXT));
    note = banner(font(workbook, 9, false, Ink.MUTED));
    heading = workbook.createCellStyle();
    heading.setFont(font(workbook, 10, true, Ink.ON_HEADER));
    fill(heading, Ink.HEADER.color(), Ink.HEADER.index);
    heading.setAlignment(HorizontalAlignment.CENTER);
    heading.setVerticalAlignment(VerticalAlignment.CENTER);
    heading.setWrapText(true);
    heading.setDataFormat(workbook.createDataFormat().getFormat("@"));
    border(heading);
    logical = create(SheetColumn.Format.DATE, false);
    logical.setDataFormat((short) 0);
    link = create(SheetColumn.Format.TEXT, false);
    var underlined = font(workbook, 10, false, Ink.LINK);
    underlined.setUnderline(Font.U_SINGLE);
    link.setFont(underlined);
  }

  /** Font 0 sets the width of a character and the height of an empty row for a whole workbook. */
  private static Font normal(XSSFWorkbook workbook) {
    var normal = workbook.getFontAt(0);
    // A font of the theme would be used whatever its name says.
    normal.setScheme(FontScheme.NONE);
    normal.setFontName(FONT);
    normal.setFontHeightInPoints((short) 10);
    normal.setColor(Ink.TEXT.color());
    return normal;
  }

  /** The style of a cell; {@code quote} keeps its text a text even when a person edits it. */
  CellStyle of(SheetColumn.Format format, boolean quote) {
    var styles = quote ? quoted : plain;
    var style = styles.get(format);
    if (style == null) {
      style = create(format, quote);
      styles.put(format, style);
    }
    return style;
  }

  private CellStyle create(SheetColumn.Format format, boolean quote) {
    var style = workbook.createCellStyle();
    style.setFont(normal);
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

  private CellStyle banner(Font font) {
    var style = workbook.createCellStyle();
    style.setFont(font);
    style.setVerticalAlignment(VerticalAlignment.CENTER);
    style.setWrapText(true);
    style.setQuotePrefixed(true);
    return style;
  }

  private static Font font(Workbook workbook, int points, boolean bold, Ink ink) {
    var font = workbook.createFont();
    font.setFontName(FONT);
    font.setFontHeightInPoints((short) points);
    font.setBold(bold);
    if (font instanceof XSSFFont xlsx) {
      xlsx.setColor(ink.color());
    } else {
      font.setColor(ink == Ink.TEXT ? Font.COLOR_NORMAL : ink.index);
    }
    return font;
  }

  /** Fills a cell with one colour: the first in xlsx, the second in xls. */
  static void fill(CellStyle style, XSSFColor rgb, short index) {
    if (style instanceof XSSFCellStyle xlsx) {
      xlsx.setFillForegroundColor(rgb);
    } else {
      style.setFillForegroundColor(index);
    }
    style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
  }

  private static void border(CellStyle style) {
    style.setBorderTop(BorderStyle.THIN);
    style.setBorderBottom(BorderStyle.THIN);
    style.setBorderLeft(BorderStyle.THIN);
    style.setBorderRight(BorderStyle.THIN);
    if (style instanceof XSSFCellStyle xlsx) {
      xlsx.setTopBorderColor(Ink.LINE.color());
      xlsx.setBottomBorderColor(Ink.LINE.color());
      xlsx.setLeftBorderColor(Ink.LINE.color());
      xlsx.setRightBorderColor(Ink.LINE.color());
    } else {
      style.setTopBorderColor(Ink.LINE.index);
      style.setBottomBorderColor(Ink.LINE.index);
      style.setLeftBorderColor(Ink.LINE.index);
      style.setRightBorderColor(Ink.LINE.index);
    }
  }

  /** A colour of the form 0xRRGGBB. */
  static XSSFColor color(int rgb) {
    return new XSSFColor(
        new byte[] {(byte) 0xFF, (byte) (rgb >> 16), (byte) (rgb >> 8), (byte) rgb},
        new DefaultIndexedColorMap());
  }
}
