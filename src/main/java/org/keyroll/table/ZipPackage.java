package org.keyroll.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.keyroll.table.UnreadableFile.Reason;

/**
 * The zip container of a workbook, guarded against bombs. Ten full sheets of 1,048,576 rows and 10
 * columns inflate to about 6 GiB at a ratio of about 12 and pass; sizes are counted while reading,
 * since the directory may lie.
 */
final class ZipPackage implements Closeable {

  /** Bytes inflated from one part at most. */
  static final long MAX_PART = 8L << 30;

  /** Bytes inflated from all parts at most. */
  static final long MAX_TOTAL = 32L << 30;

  /** Parts at most; a workbook of a thousand sheets has some three thousand. */
  static final int MAX_PARTS = 20_000;

  /** Inflated to deflated bytes at most. Real sheets reach 50; deflate itself ends at 1032. */
  static final int MAX_RATIO = 200;

  /** A part this small may have any ratio. */
  static final long ALWAYS_ALLOWED = 16L << 20;

  /** Bytes before the name of a part. */
  private static final int LOCAL_HEADER = 30;

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new HashMap<>();

  private ZipPackage(ZipFile zip) throws UnreadableFile {
    this.zip = zip;
    if (zip.size() > MAX_PARTS) {
      throw tooLarge("it has " + zip.size() + " parts");
    }
    long total = 0;
    for (var all = zip.entries(); all.hasMoreElements(); ) {
      var entry = all.nextElement();
      total += Math.max(0, entry.getSize());
      refuseBomb(entry, entry.getSize());
      var key = key(entry.getName());
      if (("/" + key + "/").contains("/../")) {
        throw damaged("its part " + entry.getName() + " leads out of it");
      }
      if (!entry.isDirectory() && entries.put(key, entry) != null) {
        throw damaged("it has its part " + entry.getName() + " twice");
      }
    }
    if (total > MAX_TOTAL) {
      throw tooLarge("it unpacks to " + (total >> 30) + " GiB");
    }
  }

  static ZipPackage open(Path file) throws IOException, UnreadableFile {
    refuseOverlaps(file);
    var zip = new ZipFile(file.toFile());
    try {
      return new ZipPackage(zip);
    } catch (UnreadableFile | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /** Parts that share bytes are how a small file is made to unpack to any size. */
  private static void refuseOverlaps(Path file) throws IOException, UnreadableFile {
    try (var zip =
        org.apache.commons.compress.archivers.zip.ZipFile.builder().setPath(file).get()) {
      long end = 0;
      for (var all = zip.getEntriesInPhysicalOrder(); all.hasMoreElements(); ) {
        var entry = all.nextElement();
        if (entry.getDataOffset() - LOCAL_HEADER - entry.getRawName().length < end) {
          throw damaged("its part " + entry.getName() + " overlaps another one");
        }
        end = entry.getDataOffset() + entry.getCompressedSize();
      }
    }
  }

  boolean has(String part) {
    return entries.containsKey(key(part));
  }

  /** Opens a part by its name, compared without regard to case as the standard wants. */
  XmlPart xml(String part) throws IOException, UnreadableFile {
    return new XmlPart(part, open(part));
  }

  /** As above, for a part of an xlsb. */
  RecordPart records(String part) throws IOException, UnreadableFile {
    return new RecordPart(part, open(part));
  }

  private GuardedStream open(String part) throws IOException, UnreadableFile {
    var entry = entries.get(key(part));
    if (entry == null) {
      throw damaged("its part " + part + " is missing");
    }
    return new GuardedStream(zip.getInputStream(entry), entry);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  static void refuseBomb(ZipEntry entry, long inflated) throws UnreadableFile {
    if (inflated > MAX_PART) {
      throw tooLarge("its part " + entry.getName() + " unpacks to over 8 GiB");
    }
    if (inflated > ALWAYS_ALLOWED && inflated / MAX_RATIO > entry.getCompressedSize()) {
      throw tooLarge(
          "its part %s unpacks to over %s times its size".formatted(entry.getName(), MAX_RATIO));
    }
  }

  static UnreadableFile tooLarge(String what) {
    return new UnreadableFile(
        Reason.TOO_LARGE,
        "The workbook is too large to be read safely (%s); split it or send it as csv."
            .formatted(what));
  }

  static UnreadableFile damaged(String what) {
    return new UnreadableFile(
        Reason.CORRUPT,
        "The workbook is damaged (%s); open it in a spreadsheet program, save it again and resend it."
            .formatted(what));
  }

  private static String key(String part) {
    var name = part.replace('\\', '/').toLowerCase(Locale.ROOT);
    return name.startsWith("/") ? name.substring(1) : name;
  }
}
