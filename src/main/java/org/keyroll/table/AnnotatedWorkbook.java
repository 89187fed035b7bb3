package org.keyroll.table;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Gives a file back with what is to be said about it: as a copy in which nothing but colours,
 * comments and one more sheet is new, or, where that cannot be had, as a workbook that shows the
 * same rows in the same places. The same input gives the same bytes.
 */
public final class AnnotatedWorkbook {

  /**
   * Of a file of more bytes that is not copied, only the first rows and those with notes are shown.
   */
  public static final long MAX_WHOLE = 16L << 20;

  /** A workbook of this many bytes unpacked is copied; in memory it takes thirty times that. */
  static final long MAX_COPIED = 8L << 20;

  /** An xls of this many bytes is copied. */
  static final long MAX_COPIED_XLS = 8L << 20;

  private AnnotatedWorkbook() {}

  /** The form of what was written; the end of its file name. */
  public enum Form {
    XLSX,
    XLSM,
    XLS;

    /** Such as {@code .xlsx}. */
    public String extension() {
      return "." + name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Writes the annotated file and leaves {@code out} open.
   *
   * @param options as the rows were read with
   * @throws IOException where the disk fails; a file that cannot be read gives a workbook that
   *     holds the summary alone
   */
  public static Form write(
      Path original, ReadOptions options, Annotation annotation, OutputStream out)
      throws IOException {
    var whole = Files.createTempFile("keyroll", ".annotated");
    try {
      var form = copy(original, annotation, whole);
      if (form == null) {
        BuiltCopy.write(original, options, annotation, whole);
        Files.copy(whole, out);
        return Form.XLSX;
      }
      if (form == Form.XLS) {
        Files.copy(whole, out);
      } else {
        StableZip.copy(whole, out);
      }
      return form;
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /** The copy with its notes; null where the file is of another kind, too large, or damaged. */
  private static @org.jspecify.annotations.Nullable Form copy(
      Path original, Annotation annotation, Path to) throws IOException {
    try {
      return switch (TableReader.kindOf(original)) {
        case XLSX -> unpacked(original) > MAX_COPIED ? null : xlsx(original, annotation, to);
        case XLS -> Files.size(original) > MAX_COPIED_XLS ? null : xls(original, annotation, to);
        default -> null;
      };
    } catch (UnreadableFile | RuntimeException e) {
      // A file that we read may still be one that the library cannot write again.
      return null;
    }
  }

  private static long unpacked(Path file) throws IOException {
    try (var zip = new ZipFile(file.toFile())) {
      return zip.stream().mapToLong(e -> Math.max(0, e.getSize())).sum();
    }
  }

  private static Form xlsx(Path original, Annotation annotation, Path to) throws IOException {
    try (var in = Files.newInputStream(original);
        var workbook = new XSSFWorkbook(in)) {
      // The library dates what has no date yet.
      var core = workbook.getProperties().getCoreProperties();
      if (core.getCreated() == null) {
        core.setCreated(java.util.Optional.of(java.util.Date.from(annotation.info().created())));
      }
      annotate(workbook, annotation, to);
      return workbook.isMacroEnabled() ? Form.XLSM : Form.XLSX;
    }
  }

  private static Form xls(Path original, Annotation annotation, Path to) throws IOException {
    try (var ole2 = new POIFSFileSystem(original.toFile(), true);
        var workbook = new HSSFWorkbook(ole2.getRoot(), ole2, true)) {
      annotate(workbook, annotation, to);
      return Form.XLS;
    }
  }

  private static void annotate(Workbook workbook, Annotation annotation, Path to)
      throws IOException {
    var notes = new CellNotes(workbook);
    notes.removeEarlier();
    notes.add(annotation.cells());
    Summary.add(workbook, annotation.summary(), TableStyling.besideOthers(workbook));
    try (var out = Files.newOutputStream(to)) {
      workbook.write(out);
    }
  }
}
