package org.keyroll.scoring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The facts of all units of a programme as columns in a file of the home: where a policy looks at
 * the population, a night on which few units change takes the others from here and not from their
 * records. Whatever is wrong with the file, it is as if there were none.
 *
 * <p>Little-endian: a magic number, the name that it counts under, rows, facts; the units; the day
 * on which time alone changes a fact of each; the counted ones as a bit set; each fact that needs
 * no other units, numbers as doubles, texts as words and codes; a CRC-32C of all that.
 */
final class KeptFacts {
  private static final long MAGIC = 0x3153544341464C4BL;
  private static final int BUFFER = 1 << 20;
  private static final int LONGEST = 1 << 16;

  private final Path folder;
  private final Path file;

  /**
   * @param folder of such files, made where there is none
   */
  KeptFacts(Path folder, String programme) {
    this.folder = folder;
    this.file = folder.resolve("facts-" + programme + ".bin");
  }

  /**
   * Puts the facts into an empty matrix.
   *
   * @param facts numbers of those that were kept
   * @return the day, counted from 1970, on which time alone changes a fact of each row; null where
   *     there is no such file, and the matrix is to be cleared
   */
  long @Nullable [] load(String name, int[] facts, Matrix matrix, int capacity) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new In(channel).load(name, facts, matrix, capacity);
    } catch (IOException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  /** Keeps the facts of a matrix under a name, in place of what was kept before. */
  void store(String name, int[] facts, Matrix matrix, long[] recheck) throws IOException {
    Files.createDirectories(folder);
    var part = file.resolveSibling(file.getFileName() + ".part");
    try (var channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      new Out(channel).store(name, facts, matrix, recheck);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static final class Out {
    private final FileChannel channel;
    private final ByteBuffer buffer =
        ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C sum = new CRC32C();

    Out(FileChannel channel) {
      this.channel = channel;
    }

    void store(String name, int[] facts, Matrix matrix, long[] recheck) throws IOException {
      int rows = matrix.size();
      one(MAGIC);
      text(name);
      one(rows);
      one(facts.length);
      longs(matrix.units(), rows);
      longs(recheck, rows);
      var counted = matrix.counted().toLongArray();
      one(counted.length);
      longs(counted, counted.length);
      for (int fact : facts) {
        if (matrix.isNumber(fact)) {
          doubles(matrix.numbers(fact), rows);
        } else {
          one(matrix.words(fact).size());
          for (var word : matrix.words(fact)) {
            text(word);
          }
          ints(matrix.codes(fact), rows);
        }
      }
      flush();
      one(sum.getValue());
      flush();
    }

    private void one(long value) throws IOException {
      room(Long.BYTES);
      buffer.putLong(value);
    }

    private void text(String text) throws IOException {
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      one(bytes.length);
      for (byte b : bytes) {
        room(1);
        buffer.put(b);
      }
    }

    private void longs(long[] values, int count) throws IOException {
      for (int at = 0; at < count; ) {
        int some = some(count - at, Long.BYTES);
        buffer.asLongBuffer().put(values, at, some);
        at = moved(at, some, Long.BYTES);
      }
    }

    private void doubles(double[] values, int count) throws IOException {
      for (int at = 0; at < count; ) {
        int some = some(count - at, Double.BYTES);
        buffer.asDoubleBuffer().put(values, at, some);
        at = moved(at, some, Double.BYTES);
      }
    }

    private void ints(int[] values, int count) throws IOException {
      for (int at = 0; at < count; ) {
        int some = some(count - at, Integer.BYTES);
        buffer.asIntBuffer().put(values, at, some);
        at = moved(at, some, Integer.BYTES);
      }
    }

    private int some(int left, int bytes) throws IOException {
      room(bytes);
      return Math.min(left, buffer.remaining() / bytes);
    }

    private int moved(int at, int some, int bytes) {
      buffer.position(buffer.position() + some * bytes);
      return at + some;
    }

    private void room(int bytes) throws IOException {
      if (buffer.remaining() < bytes) {
        flush();
      }
    }

    private void flush() throws IOException {
      buffer.flip();
      sum.update(buffer.duplicate());
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
    }
  }

  private static final class In {
    private final FileChannel channel;
    private final ByteBuffer buffer =
        ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private final CRC32C sum = new CRC32C();
    private int summed;

    In(FileChannel channel) {
      this.channel = channel;
    }

    long @Nullable [] load(String name, int[] facts, Matrix matrix, int capacity)
        throws IOException {
      if (one() != MAGIC || !name.equals(text())) {
        return null;
      }
      long rows = one();
      if (rows < 0 || rows > capacity || one() != facts.length) {
        return null;
      }
      int count = (int) rows;
      longs(matrix.take(count), count);
      var recheck = new long[capacity];
      longs(recheck, count);
      long words = one();
      if (words < 0 || words > count / Long.SIZE + 1) {
        return null;
      }
      var counted = new long[(int) words];
      longs(counted, counted.length);
      matrix.counted().or(BitSet.valueOf(counted));
      for (int fact : facts) {
        if (matrix.isNumber(fact)) {
          doubles(matrix.numbers(fact), count);
        } else {
          for (long left = one(); left > 0; left--) {
            matrix.learn(fact, text());
          }
          ints(matrix.codes(fact), count);
        }
      }
      sumUp();
      long is = sum.getValue();
      return one() == is ? recheck : null;
    }

    private long one() throws IOException {
      want(Long.BYTES);
      return buffer.getLong();
    }

    private String text() throws IOException {
      long length = one();
      if (length < 0 || length > LONGEST) {
        throw new IOException("no text");
      }
      var bytes = new byte[(int) length];
      want(bytes.length);
      buffer.get(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }

    private void longs(long[] values, int count) throws IOException {
      for (int at = 0; at < count; ) {
        int some = some(count - at, Long.BYTES);
        buffer.asLongBuffer().get(values, at, some);
        at = moved(at, some, Long.BYTES);
      }
    }

    private void doubles(double[] values, int count) throws IOException {
      for (int at = 0; at < count; ) {
        int some = some(count - at, Double.BYTES);
        buffer.asDoubleBuffer().get(values, at, some);
        at = moved(at, some, Double.BYTES);
      }
    }

    private void ints(int[] values, int count) throws IOException {
      for (int at = 0; at < count; ) {
        int some = some(count - at, Integer.BYTES);
        buffer.asIntBuffer().get(values, at, some);
        at = moved(at, some, Integer.BYTES);
      }
    }

    private int some(int left, int bytes) throws IOException {
      want(bytes);
      return Math.min(left, buffer.remaining() / bytes);
    }

    private int moved(int at, int some, int bytes) {
      buffer.position(buffer.position() + some * bytes);
      return at + some;
    }

    private void want(int bytes) throws IOException {
      if (buffer.remaining() >= bytes) {
        return;
      }
      sumUp();
      buffer.compact();
      summed = 0;
      while (buffer.position() < bytes) {
        if (channel.read(buffer) < 0) {
          throw new IOException("the file ends too early");
        }
      }
      buffer.flip();
    }

    /** Adds what has been taken out of the buffer since. */
    private void sumUp() {
      sum.update(buffer.duplicate().position(summed).limit(buffer.position()));
      summed = buffer.position();
    }
  }
}
