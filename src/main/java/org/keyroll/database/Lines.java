package org.keyroll.database;

import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way into {@code LOAD DATA}: one thread appends fields, another reads the bytes. At
 * most a few hundred kilobytes wait in between.
 */
public final class Lines {
  private static final int BLOCK = 1 << 16;
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> blocks = new ArrayBlockingQueue<>(8);
  private volatile boolean abandoned;
  private byte[] block = new byte[BLOCK];
  private int used;
  private boolean first = true;
  private long rows;

  Lines() {}

  /** Appends a text, or NULL. */
  public Lines add(@Nullable String text) {
    separate();
    if (text == null) {
      put('\\');
      put('N');
      return this;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        if (c == '\t' || c == '\n' || c == '\\') {
          put('\\');
        } else if (c == 0) {
          put('\\');
          c = '0';
        }
        put(c);
      } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | c & 0x3F);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int code = Character.toCodePoint(c, text.charAt(++i));
        put(0xF0 | code >> 18);
        put(0x80 | code >> 12 & 0x3F);
        put(0x80 | code >> 6 & 0x3F);
        put(0x80 | code & 0x3F);
      } else {
        char whole = Character.isSurrogate(c) ? '\uFFFD' : c;
        put(0xE0 | whole >> 12);
        put(0x80 | whole >> 6 & 0x3F);
        put(0x80 | whole & 0x3F);
      }
    }
    return this;
  }

  /** Appends a number. */
  public Lines add(long number) {
    return add(Long.toString(number));
  }

  /** Appends a number at full precision, or NULL. */
  public Lines add(@Nullable Double number) {
    return add(number == null ? null : number.toString());
  }

  /** Ends the row. */
  public void end() throws InterruptedException {
    put('\n');
    first = true;
    rows++;
    if (used > BLOCK - 4096) {
      flush();
    }
  }

  /** Rows ended so far. */
  public long rows() {
    return rows;
  }

  void finish() throws InterruptedException {
    flush();
    hand(END);
  }

  /** The reading side has gone; whatever is appended from now on is dropped. */
  void abandon() {
    abandoned = true;
    blocks.clear();
  }

  private void separate() {
    if (!first) {
      put('\t');
    }
    first = false;
  }

  private void put(int b) {
    if (used == block.length) {
      block = Arrays.copyOf(block, block.length * 2);
    }
    block[used++] = (byte) b;
  }

  private void flush() throws InterruptedException {
    if (used > 0) {
      hand(Arrays.copyOf(block, used));
      used = 0;
    }
  }

  private void hand(byte[] bytes) throws InterruptedException {
    while (!abandoned && !blocks.offer(bytes, 100, TimeUnit.MILLISECONDS)) {
      // the server is behind; offer again unless it has gone
    }
  }

  InputStream stream() {
    return new InputStream() {
      private byte[] current = END;
      private int at;
      private boolean ended;

      private boolean more() throws java.io.InterruptedIOException {
        while (at == current.length && !ended) {
          try {
            current = blocks.take();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while loading");
          }
          at = 0;
          ended = current.length == 0;
        }
        return !ended;
      }

      @Override
      public int read() throws java.io.IOException {
        return more() ? current[at++] & 0xFF : -1;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws java.io.IOException {
        if (!more()) {
          return -1;
        }
        int n = Math.min(length, current.length - at);
        System.arraycopy(current, at, target, offset, n);
        at += n;
        return n;
      }
    };
  }
}
