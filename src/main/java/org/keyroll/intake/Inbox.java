package org.keyroll.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder with received files, which is never changed.
 *
 * @param marker what the name of a file ends with whose presence says that the file beside it is
 *     complete; null: none is waited for
 */
record Inbox(Path folder, @Nullable String marker) {
  /** In bytes, with room for a marker behind it. */
  private static final int LONGEST_NAME = 240;

  /** Hidden files, and the locks that Excel and LibreOffice leave beside an open workbook. */
  private static final Pattern NO_FILE = Pattern.compile("(\\.|~\\$).*");

  /** What transfers call a file until they have written all of it. */
  private static final Pattern UNFINISHED =
      Pattern.compile("(?i).+\\.(part|partial|filepart|tmp|temp|crdownload|download|upload)");

  /**
   * The files in it, by name; those that mark others left out.
   *
   * @throws InboxUnreadable when the folder is not there or cannot be listed
   */
  List<Path> files() {
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> !NO_FILE.matcher(name(f)).matches() && !marksAnother(f))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InboxUnreadable(
          "The inbox %s cannot be listed (%s); name an existing folder with --inbox."
              .formatted(folder, e.getClass().getSimpleName()),
          e);
    }
  }

  /** Whether a file may be called so here, and would be looked at. */
  static boolean isName(String name) {
    return !name.isBlank()
        && !NO_FILE.matcher(name).matches()
        && !UNFINISHED.matcher(name).matches()
        && name.chars().noneMatch(c -> c < ' ' || c == '/' || c == '\\' || c == 0x7F)
        && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
  }

  private boolean marksAnother(Path file) {
    return marker != null
        && name(file).endsWith(marker)
        && Files.exists(
            folder.resolve(name(file).substring(0, name(file).length() - marker.length())));
  }

  /** Why a file is not complete yet, and what would say that it is; null where it is complete. */
  @Nullable String arriving(Path file) {
    if (UNFINISHED.matcher(name(file)).matches()) {
      return "is still arriving, as its name says; the next run looks for it under its final name";
    }
    if (marker == null || Files.exists(folder.resolve(name(file) + marker))) {
      return null;
    }
    return name(file).endsWith(marker)
        ? "says that a file is complete which is not there; send that file"
        : "is taken for still arriving until %s%s lies beside it; the next run looks again"
            .formatted(name(file), marker);
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
