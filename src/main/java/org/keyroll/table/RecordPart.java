package org.keyroll.table;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The records of one part of an xlsb, read forward. A record is its type and its length, seven bits
 * a byte, and its content: [MS-XLSB] 2.1.4. Only content that is asked for is kept.
 */
final class RecordPart implements Closeable {

  /** The records that matter here: [MS-XLSB] 2.3. */
  static final int ROW = 0;

  static final int CELL_BLANK = 1;
  static final int CELL_RK = 2;
  static final int CELL_ERROR = 3;
  static final int CELL_BOOLEAN = 4;
  static final int CELL_REAL = 5;
  static final int CELL_TEXT = 6;
  static final int CELL_SHARED = 7;
  static final int FORMULA_TEXT = 8;
  static final int FORMULA_REAL = 9;
  static final int FORMULA_BOOLEAN = 10;
  static final int FORMULA_ERROR = 11;
  static final int SHORT_BLANK = 12;
  static final int SHORT_RK = 13;
  static final int SHORT_ERROR = 14;
  static final int SHORT_BOOLEAN = 15;
  static final int SHORT_REAL = 16;
  static final int SHORT_TEXT = 17;
  static final int SHORT_SHARED = 18;
  static final int SHARED_ITEM = 19;
  static final int FORMAT = 44;
  static final int CELL_FORMAT = 47;
  static final int COLUMN = 60;
  static final int CELL_RICH_TEXT = 62;
  static final int SHEET_DATA_END = 146;
  static final int MERGED = 176;
  static final int WORKBOOK_PROPERTIES = 153;
  static final int BUNDLED_SHEET = 156;
  static final int SHARED_END = 160;
  static final int CELL_FORMATS_BEGIN = 617;
  static final int CELL_FORMATS_END = 618;

  /** Bytes of a record that is kept: a text of a million characters and its formats. */
  private static final int MAX_KEPT = 4 << 20;

  private static final int NULL_TEXT = -1;

  private final String name;
  private final GuardedStream guarded;
  private final InputStream in;
  private byte[] content = new byte[256];
  private int type;
  private int length;
  private int at;
  private boolean loaded;

  RecordPart(String name, GuardedStream guarded) {
    this.name = name;
    this.guarded = guarded;
    this.in = new BufferedInputStream(guarded, 1 << 16);
  }

  /** Moves to the next record; false at the end of the part. */
  boolean next() throws IOException, UnreadableFile {
    if (!loaded) {
      skipContent();
    }
    guarded.progressed();
    int first = in.read();
    if (first < 0) {
      return false;
    }
    type = first & 0x7F;
    if (first > 0x7F) {
      type |= (byteOfHeader() & 0x7F) << 7;
    }
    length = 0;
    int part;
    int shift = 0;
    do {
      part = byteOfHeader();
      length |= (part & 0x7F) << shift;
      shift += 7;
    } while (part > 0x7F && shift < 28);
    loaded = false;
    return true;
  }

  private int byteOfHeader() throws IOException, UnreadableFile {
    int value = in.read();
    if (value < 0) {
      throw endsEarly();
    }
    return value;
  }

  private void skipContent() throws IOException, UnreadableFile {
    while (length > 0) {
      int n = in.read(content, 0, Math.min(length, content.length));
      if (n < 0) {
        throw endsEarly();
      }
      length -= n;
    }
  }

  int type() {
    return type;
  }

  /** Keeps the content of the present record, to be read from its start. */
  RecordPart load() throws IOException, UnreadableFile {
    if (length > MAX_KEPT) {
      throw ZipPackage.tooLarge("a record of its part " + name + " is longer than any cell");
    }
    if (length > content.length) {
      content = new byte[Math.min(MAX_KEPT, 2 * length)];
    }
    if (in.readNBytes(content, 0, length) < length) {
      throw endsEarly();
    }
    loaded = true;
    at = 0;
    return this;
  }

  private UnreadableFile endsEarly() {
    return ZipPackage.damaged("its part " + name + " ends within a record");
  }

  private int take(int bytes) throws UnreadableFile {
    if (bytes > length - at) {
      throw ZipPackage.damaged("a record of its part " + name + " is too short");
    }
    int from = at;
    at += bytes;
    return from;
  }

  void skip(int bytes) throws UnreadableFile {
    take(bytes);
  }

  int int8() throws UnreadableFile {
    return content[take(1)] & 0xFF;
  }

  int int16() throws UnreadableFile {
    int from = take(2);
    return (content[from] & 0xFF) | (content[from + 1] & 0xFF) << 8;
  }

  int int32() throws UnreadableFile {
    return int16() | int16() << 16;
  }

  double real() throws UnreadableFile {
    return Double.longBitsToDouble((int32() & 0xFFFF_FFFFL) | (long) int32() << 32);
  }

  /** A number in 30 bits, whole or the upper half of a double, or its hundredth: 2.5.123. */
  double rk() throws UnreadableFile {
    int bits = int32();
    double value =
        (bits & 2) != 0 ? bits >> 2 : Double.longBitsToDouble((bits & 0xFFFF_FFFCL) << 32);
    return (bits & 1) != 0 ? value / 100 : value;
  }

  String text() throws UnreadableFile {
    return characters(int32());
  }

  @Nullable String nullableText() throws UnreadableFile {
    int count = int32();
    return count == NULL_TEXT ? null : characters(count);
  }

  private String characters(int count) throws UnreadableFile {
    if (count < 0 || count > length) {
      throw ZipPackage.damaged("a text in its part " + name + " is longer than its record");
    }
    return new String(content, take(2 * count), 2 * count, StandardCharsets.UTF_16LE);
  }

  /** Checks what is left of the part, once all that is wanted of it has been read. */
  void finish() throws IOException, UnreadableFile {
    guarded.finish();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
