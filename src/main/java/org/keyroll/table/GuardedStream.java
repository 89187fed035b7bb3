package org.keyroll.table;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** Counts what a zip entry inflates to, and compares its checksum, which ZipFile does not. */
final class GuardedStream extends FilterInputStream {

  /** Bytes of a tag, whose attributes a parser keeps in memory. */
  private static final long MAX_TOKEN = 16L << 20;

  private final ZipEntry entry;
  private final CRC32 crc = new CRC32();
  private long count;
  private long progress;

  GuardedStream(InputStream in, ZipEntry entry) {
    super(in);
    this.entry = entry;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = in.read(buffer, offset, length);
    if (n > 0) {
      count += n;
      crc.update(buffer, offset, n);
      try {
        ZipPackage.refuseBomb(entry, count);
        if (count - progress > MAX_TOKEN) {
          throw ZipPackage.tooLarge("one tag of its part " + entry.getName() + " is over 16 MiB");
        }
      } catch (UnreadableFile e) {
        throw new Refusal(e);
      }
    }
    return n;
  }

  /** Says that a parser has made something of what it read. */
  void progressed() {
    progress = count;
  }

  /** Reads what is left and refuses the part where its bytes are not those that were packed. */
  void finish() throws IOException, UnreadableFile {
    var rest = new byte[8192];
    while (read(rest, 0, rest.length) >= 0) {
      progressed();
    }
    if (entry.getCrc() >= 0 && entry.getCrc() != crc.getValue()) {
      throw ZipPackage.damaged("the checksum of its part " + entry.getName() + " is wrong");
    }
  }

  /** Carries a refusal through a parser that knows only I/O errors. */
  static final class Refusal extends IOException {

    final UnreadableFile reason;

    Refusal(UnreadableFile reason) {
      super(reason);
      this.reason = reason;
    }
  }
}
