package org.keyroll.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.jspecify.annotations.Nullable;
import org.keyroll.table.UnreadableFile.Reason;

/** Tells a file's kind by its first bytes, and says of kinds that are not read what to do. */
final class Signature {

  private static final int HEAD = 8192;

  /** Where the first entry of a zip says whether it is encrypted. */
  private static final int ZIP_FLAGS = 6;

  /** First bytes in hex of well-known files that are sent by mistake, and what they are. */
  private static final List<String[]> FOREIGN =
      List.of(
          new String[] {"25504446", "a PDF document"},
          new String[] {"1F8B", "a gzip archive"},
          new String[] {"377ABCAF271C", "a 7z archive"},
          new String[] {"526172211A07", "a rar archive"},
          new String[] {"89504E47", "a picture"},
          new String[] {"FFD8FF", "a picture"},
          new String[] {"7B5C727466", "an RTF document"},
          new String[] {"49443B50", "a SYLK file"},
          new String[] {"09000400", "a workbook of Excel 2"},
          new String[] {"09020600", "a workbook of Excel 3"},
          new String[] {"09040600", "a workbook of Excel 4"},
          new String[] {"09080800", "a workbook of Excel 5"},
          new String[] {"0000020006040600", "a worksheet of Lotus 1-2-3"},
          new String[] {"00001A000010", "a worksheet of Lotus 1-2-3"},
          new String[] {"FF00020004040554", "a spreadsheet of Microsoft Works"});

  private static final Pattern WEB_PAGE =
      Pattern.compile("<(!doctype html|html|head|body|table|tr|meta|style)\\b");

  /** The root of a document, with or without a prefix, that names its namespace. */
  private static final Pattern XML_ROOT = Pattern.compile("<[a-z][a-z0-9:._-]*\\s[^>]*\\bxmlns\\b");

  private static final String SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet";

  private Signature() {}

  static FileKind kindOf(Path file) throws IOException, UnreadableFile {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    if (head.length == 0) {
      throw new UnreadableFile(Reason.EMPTY, "The file is empty; send it again.");
    }
    var hex = HexFormat.of().withUpperCase().formatHex(head, 0, Math.min(16, head.length));
    if (hex.startsWith("504B0304") || hex.startsWith("504B0506")) {
      if (head.length > ZIP_FLAGS && (head[ZIP_FLAGS] & 1) != 0) {
        throw encrypted(null);
      }
      return kindOfZip(file);
    }
    if (hex.startsWith("D0CF11E0A1B11AE1")) {
      return kindOfOle2(file);
    }
    for (var foreign : FOREIGN) {
      if (hex.startsWith(foreign[0])) {
        throw unsupported(foreign[1]);
      }
    }
    return kindOfText(head);
  }

  private static FileKind kindOfZip(Path file) throws IOException, UnreadableFile {
    try (var zip = new ZipFile(file.toFile())) {
      boolean workbook = false;
      boolean binary = false;
      boolean openDocument = false;
      for (var entries = zip.entries(); entries.hasMoreElements(); ) {
        var name = entries.nextElement().getName().toLowerCase(Locale.ROOT).replace('\\', '/');
        if (name.startsWith("xl/workbook") && name.endsWith(".bin")) {
          binary = true;
        } else if (name.startsWith("xl/workbook") && name.endsWith(".xml")) {
          workbook = true;
        } else if (name.equals("word/document.xml")) {
          throw unsupported("a Word document");
        } else if (name.equals("ppt/presentation.xml")) {
          throw unsupported("a PowerPoint presentation");
        } else if (name.equals("meta-inf/manifest.xml")) {
          openDocument = true;
        } else if (name.equals("index/document.iwa")) {
          throw unsupported("a Numbers document");
        }
      }
      if (openDocument && !workbook && !binary) {
        return kindOfOpenDocument(zip);
      }
      if (binary && !workbook) {
        return FileKind.XLSB;
      }
      if (workbook || declaresWorkbook(zip)) {
        return FileKind.XLSX;
      }
    }
    throw new UnreadableFile(
        Reason.UNKNOWN_FORMAT,
        "The file is a zip archive without a workbook; unpack it and send the spreadsheets.");
  }

  /** By the media type in the archive; without one, the content itself will tell. */
  private static FileKind kindOfOpenDocument(ZipFile zip) throws IOException, UnreadableFile {
    var entry = zip.getEntry("mimetype");
    if (entry != null) {
      try (InputStream in = zip.getInputStream(entry)) {
        var type = new String(in.readNBytes(200), StandardCharsets.US_ASCII).strip();
        if (!type.startsWith(SPREADSHEET) && !type.isEmpty()) {
          throw unsupported("an OpenDocument file that is no spreadsheet");
        }
      }
    }
    return FileKind.ODS;
  }

  /** Whether the list of contents names a workbook, wherever in the archive it is. */
  private static boolean declaresWorkbook(ZipFile zip) throws IOException {
    var types = zip.getEntry("[Content_Types].xml");
    if (types == null) {
      return false;
    }
    try (InputStream in = zip.getInputStream(types)) {
      var text = new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8);
      return text.contains("spreadsheetml.sheet.main+xml")
          || text.contains("spreadsheetml.template.main+xml")
          || text.contains("ms-excel.sheet.macroEnabled.main+xml");
    }
  }

  private static FileKind kindOfOle2(Path file) throws IOException, UnreadableFile {
    try (var ole2 = new POIFSFileSystem(file.toFile(), true)) {
      var root = ole2.getRoot();
      if (root.hasEntryCaseInsensitive("EncryptedPackage")) {
        throw encrypted(null);
      }
      if (root.hasEntryCaseInsensitive("Workbook")) {
        return FileKind.XLS;
      }
      if (root.hasEntryCaseInsensitive("Book")) {
        throw unsupported("a workbook of Excel 5 or 95");
      }
      if (root.hasEntryCaseInsensitive("WordDocument")) {
        throw unsupported("a Word document");
      }
    }
    throw new UnreadableFile(
        Reason.UNKNOWN_FORMAT,
        "The file is an Office file without a workbook; save the table as xlsx and resend it.");
  }

  private static FileKind kindOfText(byte[] head) throws UnreadableFile {
    var ascii = new String(head, StandardCharsets.ISO_8859_1);
    boolean utf16 =
        (ascii.startsWith("\u00FF\u00FE") && !ascii.startsWith("\u00FF\u00FE\0\0"))
            || ascii.startsWith("\u00FE\u00FF")
            || CsvBytes.utf16(head) != null;
    if (!utf16 && ascii.indexOf('\0') >= 0) {
      throw new UnreadableFile(
          Reason.UNKNOWN_FORMAT,
          "The file is neither a spreadsheet nor text; save the table as xlsx and resend it.");
    }
    // Only the names of tags are looked at, which are ASCII in every charset.
    var start =
        ascii
            .replaceAll("[\\x00\u00EF\u00BB\u00BF\u00FF\u00FE]", "")
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    if (start.startsWith("<?xml")
        || start.startsWith("<office:document")
        || (XML_ROOT.matcher(start).lookingAt() && !start.startsWith("<html"))) {
      throw unsupported(
          start.contains("urn:schemas-microsoft-com:office")
              ? "an XML spreadsheet of Excel 2003"
              : start.contains("opendocument.spreadsheet")
                  ? "a flat OpenDocument spreadsheet (fods)"
                  : start.contains("<html") ? "a web page" : "an XML document");
    }
    if (start.startsWith("<") && WEB_PAGE.matcher(start).find()) {
      throw unsupported("a web page, whatever its name says");
    }
    if (start.startsWith("mime-version:")) {
      throw unsupported("a saved web page (mht)");
    }
    return FileKind.CSV;
  }

  static UnreadableFile encrypted(@Nullable Throwable cause) {
    var message = "The workbook is protected by a password; remove the password and resend it.";
    return cause == null
        ? new UnreadableFile(Reason.ENCRYPTED, message)
        : new UnreadableFile(Reason.ENCRYPTED, message, cause);
  }

  static UnreadableFile unsupported(String what) {
    return new UnreadableFile(
        Reason.UNSUPPORTED_FORMAT,
        "The file is %s, which is not read; save the table as xlsx and resend it.".formatted(what));
  }
}
