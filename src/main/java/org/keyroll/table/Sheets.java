package org.keyroll.table;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keyroll.table.UnreadableFile.Reason;

/** Chooses the sheets to be read. */
final class Sheets {

  private static final int MOST_NAMED = 50;

  private Sheets() {}

  /** The sheet named {@code wanted}, hidden or not; all where it is null. */
  static <S> List<S> chosen(List<S> sheets, Function<S, String> name, @Nullable String wanted)
      throws UnreadableFile {
    if (wanted == null) {
      return sheets;
    }
    for (var sheet : sheets) {
      if (isNamed(name.apply(sheet), wanted)) {
        return List.of(sheet);
      }
    }
    throw missing(wanted, sheets.stream().map(name).toList());
  }

  static boolean isNamed(String name, String wanted) {
    return name.strip().equalsIgnoreCase(wanted.strip());
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
