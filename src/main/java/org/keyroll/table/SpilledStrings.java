package org.keyroll.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Strings by index in a temporary file that is mapped, not read: written once, then looked up in
 * any order. Blocks of 16 strings, each its length in bytes and its UTF-8; no block crosses a
 * segment.
 */
final class SpilledStrings implements Closeable {

  private static final int BLOCK = 16;
  private static final long SEGMENT = 1L << 29;

  private final Path file;
  private final FileChannel channel;
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private final List<ByteBuffer> segments = new ArrayList<>();
  private long[] starts = new long[1024];
  private long end;
  private int size;

  SpilledStrings() throws IOException {
    file = Files.createTempFile("keyroll-strings", ".tmp");
    channel = FileChannel.open(file, READ, WRITE, DELETE_ON_CLOSE);
  }

  void add(String text) throws IOException {
    var bytes = text.getBytes(UTF_8);
    var out = new DataOutputStream(block);
    out.writeInt(bytes.length);
    out.write(bytes);
    size++;
    if (size % BLOCK == 0) {
      writeBlock();
    }
  }

  private void writeBlock() throws IOException {
    if (end / SEGMENT != (end + block.size()) / SEGMENT) {
      end = (end / SEGMENT + 1) * SEGMENT;
    }
    int index = (size - 1) / BLOCK;
    if (index == starts.length) {
      starts = Arrays.copyOf(starts, 2 * index);
    }
    starts[index] = end;
    var bytes = ByteBuffer.wrap(block.toByteArray());
    while (bytes.hasRemaining()) {
      end += channel.write(bytes, end);
    }
    block.reset();
  }

  /** Ends the writing. */
  void seal() throws IOException {
    if (block.size() > 0) {
      writeBlock();
    }
    for (long from = 0; from < end; from += SEGMENT) {
      segments.add(channel.map(MapMode.READ_ONLY, from, Math.min(SEGMENT, end - from)));
    }
  }

  int size() {
    return size;
  }

  /** The string added as number {@code index} from 0. */
  String get(int index) {
    long start = starts[index / BLOCK];
    var segment = segments.get((int) (start / SEGMENT));
    int at = (int) (start % SEGMENT);
    for (int i = index % BLOCK; i > 0; i--) {
      at += Integer.BYTES + segment.getInt(at);
    }
    var bytes = new byte[segment.getInt(at)];
    segment.get(at + Integer.BYTES, bytes);
    return new String(bytes, UTF_8);
  }

  @Override
  public void close() throws IOException {
    segments.clear();
    channel.close();
    Files.deleteIfExists(file);
  }
}
