package org.keyroll.scoring;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Ascending numbers as {@link Ranks#comparable} leaves them, packed: the bits of each but the last
 * twelve, which are 0, less those of the one before, seven at a time, the lowest first, and the
 * eighth bit where more follow. Negative ones have their bits turned, so that bits ascend as well.
 */
final class PackedColumn {
  private static final int DROPPED = 12;
  private static final long LAST = (1L << DROPPED) - 1;
  private static final int MORE = 0x80;

  private PackedColumn() {}

  /** The bytes; null where numbers are not of this kind. */
  static byte @Nullable [] pack(double[] numbers) {
    var bytes = new byte[Math.max(16, numbers.length * 4)];
    int size = 0;
    long before = 0;
    for (int i = 0; i < numbers.length; i++) {
      long bits = kept(numbers[i]);
      long difference = bits - before;
      if (Double.doubleToRawLongBits(number(bits)) != Double.doubleToRawLongBits(numbers[i])
          || i > 0 && difference < 0) {
        return null;
      }
      if (size + 10 > bytes.length) {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
      // The first may be below 0: the sign goes last.
      long rest = i > 0 ? difference : difference << 1 ^ difference >> 63;
      while (rest >>> 7 != 0) {
        bytes[size++] = (byte) (rest | MORE);
        rest >>>= 7;
      }
      bytes[size++] = (byte) rest;
      before = bits;
    }
    return Arrays.copyOf(bytes, size);
  }

  /** The numbers again, bit by bit. */
  static double[] unpack(byte[] bytes) {
    int count = 0;
    for (byte b : bytes) {
      count += b >= 0 ? 1 : 0;
    }
    var numbers = new double[count];
    long bits = 0;
    int at = 0;
    for (int i = 0; i < count; i++) {
      long difference = 0;
      int shift = 0;
      while (bytes[at] < 0) {
        difference |= (long) (bytes[at++] & (MORE - 1)) << shift;
        shift += 7;
      }
      difference |= (long) bytes[at++] << shift;
      bits += i > 0 ? difference : difference >>> 1 ^ -(difference & 1);
      numbers[i] = number(bits);
    }
    return numbers;
  }

  private static long kept(double number) {
    long bits = Double.doubleToRawLongBits(number);
    return (bits >= 0 ? bits : bits ^ Long.MAX_VALUE) >> DROPPED;
  }

  private static double number(long kept) {
    long bits = kept << DROPPED;
    return Double.longBitsToDouble(kept >= 0 ? bits : (bits | LAST) ^ Long.MAX_VALUE);
  }
}
