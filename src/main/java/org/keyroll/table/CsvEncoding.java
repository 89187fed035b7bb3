package org.keyroll.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.table.UnreadableFile.Reason;

/**
 * The charset of a csv, with all its bytes proven to be text in it before the first row is read.
 *
 * @param skip bytes of the byte order mark
 */
record CsvEncoding(Charset charset, int skip) {

  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final int HEAD = 1 << 16;

  private static final Map<String, CsvEncoding> MARKS =
      Map.of(
          "\u00EF\u00BB\u00BF", new CsvEncoding(UTF_8, 3),
          "\u00FF\u00FE", new CsvEncoding(UTF_16LE, 2),
          "\u00FE\u00FF", new CsvEncoding(UTF_16BE, 2),
          "\u00841\u00953", new CsvEncoding(GB18030, 4));

  /**
   * By the byte order mark; else as declared, unless the bytes say otherwise; else UTF-16 where
   * every other byte is zero, strict UTF-8, or what is plainly GB18030. Bytes of other charsets are
   * often valid GB18030, too, and would become Chinese characters that nobody wrote.
   */
  static CsvEncoding of(Path file, @Nullable Charset declared) throws IOException, UnreadableFile {
    var marked = marked(file);
    if (marked != null) {
      return marked.checked(file);
    }
    if (declared != null) {
      var encoding = new CsvEncoding(declared, 0).checked(file);
      encoding.refuseUtf8(file);
      return encoding;
    }
    var wide = CsvBytes.utf16(firstBytes(file));
    if (wide != null) {
      return new CsvEncoding(wide, 0).checked(file);
    }
    var utf8 = new CsvEncoding(UTF_8, 0);
    long malformed = utf8.firstMalformed(file);
    if (malformed < 0) {
      return utf8;
    }
    var gb = new CsvEncoding(GB18030, 0);
    if (gb.firstMalformed(file) < 0 && CsvBytes.of(file).isPlainlyGb18030()) {
      return gb;
    }
    throw new UnreadableFile(
        Reason.ENCODING,
        "%s is no text in UTF-8, nor is the csv plainly GB18030; save it as UTF-8 or name its charset in the definition."
            .formatted(utf8.where(file, malformed)));
  }

  private static @Nullable CsvEncoding marked(Path file) throws IOException {
    var start = new String(firstBytes(file), ISO_8859_1);
    for (var mark : MARKS.entrySet()) {
      if (start.startsWith(mark.getKey())) {
        return mark.getValue();
      }
    }
    return null;
  }

  private static byte[] firstBytes(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(HEAD);
    }
  }

  private CsvEncoding checked(Path file) throws IOException, UnreadableFile {
    long malformed = firstMalformed(file);
    if (malformed >= 0) {
      throw new UnreadableFile(
          Reason.ENCODING,
          "%s is no text in %s; save the csv as UTF-8 or name its charset in the definition."
              .formatted(where(file, malformed), charset.name()));
    }
    return this;
  }

  /** Refuses what is declared in another charset but is UTF-8: its text would be garbled. */
  private void refuseUtf8(Path file) throws IOException, UnreadableFile {
    if (charset.equals(UTF_8) || charset.name().startsWith("UTF-")) {
      return;
    }
    int certain = charset.newEncoder().maxBytesPerChar() <= 1 ? 1 : 4;
    if (new CsvEncoding(UTF_8, 0).firstMalformed(file) < 0
        && CsvBytes.of(file).utf8Sequences() >= certain) {
      throw new UnreadableFile(
          Reason.ENCODING,
          "The csv is in UTF-8, but its definition says %s; name UTF-8 there or save the csv as %s."
              .formatted(charset.name(), charset.name()));
    }
  }

  /** The file's bytes behind the mark. */
  InputStream open(Path file) throws IOException {
    var in = Files.newInputStream(file);
    in.skipNBytes(skip);
    return in;
  }

  /** The first characters of the file. */
  String head(Path file) throws IOException {
    try (var in = open(file)) {
      return new String(in.readNBytes(HEAD), charset);
    }
  }

  /** Offset of the first bytes that are no text in this charset, -1 where all are. */
  private long firstMalformed(Path file) throws IOException {
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var bytes = ByteBuffer.allocate(HEAD);
    var chars = CharBuffer.allocate(HEAD);
    try (var channel = FileChannel.open(file)) {
      channel.position(skip);
      while (true) {
        boolean end = channel.read(bytes) < 0;
        bytes.flip();
        long before = channel.position() - bytes.remaining();
        var result = decoder.decode(bytes, chars.clear(), end);
        if (result.isError()) {
          return channel.position() - bytes.remaining();
        }
        int nul = indexOfNul(chars.flip());
        if (nul >= 0) {
          return before + new String(chars.array(), 0, nul).getBytes(charset).length;
        }
        if (end && !result.isOverflow()) {
          return -1;
        }
        bytes.compact();
      }
    }
  }

  /** No text has it; what is taken for one charset and is another may. */
  private static int indexOfNul(CharBuffer chars) {
    var array = chars.array();
    for (int i = 0; i < chars.limit(); i++) {
      if (array[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Line, from 1, and bytes at an offset; near for UTF-16. */
  private String where(Path file, long offset) throws IOException {
    long line = 1;
    try (var in = new BufferedInputStream(Files.newInputStream(file))) {
      for (long i = 0; i < offset; i++) {
        line += in.read() == '\n' ? 1 : 0;
      }
      return "Line %d of the csv, byte %d of the file (%s),"
          .formatted(line, offset + 1, HexFormat.of().withUpperCase().formatHex(in.readNBytes(2)));
    }
  }
}
