package org.keyroll.intake;

import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.MurmurHash3;

/** 64 bits that stand for a text where equality is checked again on the text itself. */
final class Hash {
  private Hash() {}

  static long of(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return MurmurHash3.hash128x64(bytes, 0, bytes.length, 0)[0];
  }
}
