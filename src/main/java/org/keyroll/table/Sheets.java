package org.keyroll.table;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.table.UnreadableFile.Reason;

/** Chooses the sheets to be read. */
final class Sheets {

  private static final int MOST_NAMED = 50;

  private Sheets() {}

  /** The sheet named {@code wanted}, hidden or not; all visible ones where it is null. */
  static <S> List<S> chosen(
      List<S> sheets, Function<S, String> name, Predicate<S> visible, @Nullable String wanted)
      throws UnreadableFile {
    if (wanted == null) {
      return sheets.stream().filter(visible).toList();
    }
    for (var sheet : sheets) {
      if (name.apply(sheet).strip().equalsIgnoreCase(wanted.strip())) {
        return List.of(sheet);
      }
    }
    throw missing(wanted, sheets.stream().map(name).toList());
  }

  static UnreadableFile missing(String wanted, List<String> there) {
    return new UnreadableFile(
        Reason.NO_SUCH_SHEET,
        "The workbook has no sheet '%s' (it has %s); rename the sheet or name another in the definition."
            .formatted(
                wanted,
                there.stream().limit(MOST_NAMED).collect(Collectors.joining("', '", "'", "'"))));
  }
}
