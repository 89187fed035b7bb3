package org.keyroll.table;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules on written values that xlsx and csv share. */
final class Values {

  private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

  private Values() {}

  /** Whether a spreadsheet program may take the text for a formula when it is typed or imported. */
  static boolean looksLikeFormula(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
  }

  /** A number as plain digits, exact: no exponent, no grouping. */
  static String plain(Number number) {
    finite(number);
    var digits = new BigDecimal(number.toString());
    return digits.signum() == 0 ? "0" : digits.toPlainString();
  }

  /** The number as a spreadsheet keeps it. */
  static double finite(Number number) {
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(number + " is no number a table can hold.");
    }
    return value;
  }

  static void refuseWide(SheetContent sheet, List<? extends @Nullable Object> row) {
    if (row.size() > sheet.columns().size()) {
      throw new IllegalArgumentException(
          "A row of the sheet '%s' has %s values for %s columns."
              .formatted(sheet.name(), row.size(), sheet.columns().size()));
    }
  }

  static IllegalArgumentException unknown(Object value) {
    return new IllegalArgumentException(
        "A " + value.getClass().getName() + " cannot be written into a table.");
  }
}
