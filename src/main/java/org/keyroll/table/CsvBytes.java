package org.keyroll.table;

import com.ibm.icu.text.CharsetDetector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a text beyond ASCII look like.
 *
 * @param utf8Sequences characters of several bytes, if it is UTF-8
 * @param common characters of two bytes, if it is GB18030, that the older GB 2312 has, too
 * @param frequent those of them that are among its 3,755 frequent ones
 * @param pairs all characters of two bytes, if it is GB18030
 * @param likeliestGb18030 whether no other charset is likelier by what is frequent in it
 */
record CsvBytes(
    long utf8Sequences, long common, long frequent, long pairs, boolean likeliestGb18030) {

  private static final int SAMPLE = 8000;
  private static final int FEW = 10;
  private static final Set<String> EAST_ASIAN = Set.of("Big5", "EUC-KR", "EUC-JP", "Shift_JIS");

  static CsvBytes of(Path file) throws IOException {
    long sequences = 0;
    long common = 0;
    long frequent = 0;
    long pairs = 0;
    var sample = new ByteArrayOutputStream(SAMPLE);
    int lead = 0;
    int skip = 0;
    var block = new byte[1 << 16];
    try (var in = Files.newInputStream(file)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        for (int i = 0; i < n; i++) {
          int b = block[i] & 0xFF;
          sequences += b >= 0xC2 && b <= 0xF4 ? 1 : 0;
          if ((b >= 0x80 || sample.size() > 0) && sample.size() < SAMPLE) {
            sample.write(b);
          }
          if (skip > 0) {
            skip--;
          } else if (lead == 0) {
            lead = b > 0x80 ? b : 0;
          } else {
            if (b >= '0' && b <= '9') {
              // One of four bytes.
              skip = 2;
            } else {
              pairs++;
              boolean gb2312 = b >= 0xA1 && ((lead >= 0xB0 && lead <= 0xF7) || isSign(lead));
              common += gb2312 ? 1 : 0;
              frequent += gb2312 && lead <= 0xD7 ? 1 : 0;
            }
            lead = 0;
          }
        }
      }
    }
    boolean likeliest = isLikeliestGb18030(sample.toByteArray(), pairs);
    return new CsvBytes(sequences, common, frequent, pairs, likeliest);
  }

  private static boolean isSign(int lead) {
    return lead >= 0xA1 && lead <= 0xA9;
  }

  /**
   * Chinese text in GB18030 hardly has characters that GB 2312 lacks, and few that are rare there.
   * In the charsets of Europe the second byte is often ASCII, or the character rare; other charsets
   * of East Asia differ in which characters are frequent, which is what ICU looks at.
   */
  boolean isPlainlyGb18030() {
    return pairs > 0
        && pairs - common <= Math.max(1, pairs / 10)
        && frequent >= 0.6 * pairs
        && likeliestGb18030;
  }

  private static boolean isLikeliestGb18030(byte[] sample, long pairs) {
    var detector = new CharsetDetector();
    detector.setText(sample);
    int other = 0;
    int gb18030 = 0;
    for (var match : detector.detectAll()) {
      if (match.getName().equals("GB18030")) {
        gb18030 = match.getConfidence();
      } else if (gb18030 == 0) {
        // Of a few characters it can only tell that they would be valid.
        boolean counts = EAST_ASIAN.contains(match.getName()) || pairs > FEW;
        other = Math.max(other, counts ? match.getConfidence() : 0);
      }
    }
    return gb18030 > 0 && gb18030 >= other;
  }

  /**
   * UTF-16 of either order without a mark: some characters of a csv are ASCII, of which one half is
   * zero and the other no control character, and there are ends of lines.
   */
  static @Nullable Charset utf16(byte[] head) {
    for (int high = 1; high >= 0; high--) {
      int ascii = 0;
      boolean lines = false;
      boolean possible = true;
      for (int i = 0; i + 1 < head.length && possible; i += 2) {
        int low = head[i + 1 - high] & 0xFF;
        if (head[i + high] == 0) {
          ascii++;
          lines |= low == '\n' || low == '\r';
          possible = low >= ' ' || low == '\n' || low == '\r' || low == '\t';
        } else {
          possible = low != 0;
        }
      }
      if (possible && lines && ascii > head.length / 40) {
        return high == 1 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
      }
    }
    return null;
  }
}
