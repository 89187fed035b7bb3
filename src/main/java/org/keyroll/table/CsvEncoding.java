package org.keyroll.table;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
          "\u00FE\u00FF", new CsvEncoding(UTF_16BE, 2));

  /** By the byte order mark, else as declared, else strict UTF-8, else strict GB18030. */
  static CsvEncoding of(Path file, @Nullable Charset declared) throws IOException, UnreadableFile {
    var candidates = candidates(file, declared);
    long first = -1;
    for (var candidate : candidates) {
      long malformed = candidate.firstMalformed(file);
      if (malformed < 0) {
        return candidate;
      }
      first = first < 0 ? malformed : first;
    }
    var names = candidates.stream().map(c -> c.charset.name()).toList();
    throw new UnreadableFile(
        Reason.ENCODING,
        "Line %s of the csv is no text in %s; save it as UTF-8 or name its charset in the definition."
            .formatted(candidates.get(0).line(file, first), String.join(" or ", names)));
  }

  private static List<CsvEncoding> candidates(Path file, @Nullable Charset declared)
      throws IOException {
    try (var in = Files.newInputStream(file)) {
      var start = new String(in.readNBytes(3), java.nio.charset.StandardCharsets.ISO_8859_1);
      for (var mark : MARKS.entrySet()) {
        if (start.startsWith(mark.getKey())) {
          return List.of(mark.getValue());
        }
      }
    }
    return declared != null
        ? List.of(new CsvEncoding(declared, 0))
        : List.of(new CsvEncoding(UTF_8, 0), new CsvEncoding(GB18030, 0));
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
        var result = decoder.decode(bytes, chars.clear(), end);
        if (result.isError()) {
          return channel.position() - bytes.remaining();
        }
        if (end && !result.isOverflow()) {
          return -1;
        }
        bytes.compact();
      }
    }
  }

  /** The line, from 1, of an offset. Right for all charsets that keep ASCII; near for UTF-16. */
  private long line(Path file, long offset) throws IOException {
    long line = 1;
    try (var in = new java.io.BufferedInputStream(Files.newInputStream(file))) {
      for (long i = 0; i < offset; i++) {
        line += in.read() == '\n' ? 1 : 0;
      }
    }
    return line;
  }
}
