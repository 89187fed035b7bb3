package org.keyroll.intake;

import java.util.List;
import java.util.regex.Pattern;
import org.keyroll.definition.Source;
import org.keyroll.table.TableReader;
import org.keyroll.unit.Spelling;

/** Tells by their names which sheets hold rows. */
final class SheetNames {
  private final List<Pattern> read;
  private final List<Pattern> skip;
  private final List<String> one;

  SheetNames(Source source) {
    var sheet = source.format().sheet();
    this.read = source.sheets().read().stream().map(Labels::wildcards).toList();
    this.skip = source.sheets().skip().stream().map(Labels::wildcards).toList();
    this.one = sheet == null ? List.of() : List.of(Spelling.comparable(sheet));
  }

  /**
   * Whether a sheet holds rows.
   *
   * @throws Unusable where the source does not know it
   */
  boolean holdsRows(String name) throws Unusable {
    var comparable = Spelling.comparable(name);
    if (name.equals(TableReader.CSV_SHEET) || read.isEmpty()) {
      return one.isEmpty() || name.equals(TableReader.CSV_SHEET) || one.contains(comparable);
    }
    if (matches(read, comparable)) {
      return true;
    }
    if (matches(skip, comparable)) {
      return false;
    }
    throw new Unusable(Refusal.of("unknown_sheet"));
  }

  /** Whether the source names this sheet as the one to be read. */
  boolean isTheOne(String name) {
    return one.contains(Spelling.comparable(name));
  }

  /**
   * Says that a sheet has no headings.
   *
   * @throws Unusable where it must have them
   */
  void lacksHeadings(String name) throws Unusable {
    if (matches(read, Spelling.comparable(name))) {
      throw new Unusable(Refusal.of("no_headings.sheet"));
    }
  }

  private static boolean matches(List<Pattern> patterns, String name) {
    return patterns.stream().anyMatch(p -> p.matcher(name).matches());
  }
}
