package org.keyroll.publication;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a revision consists of. It holds no time of the clock, so the same revision has the same
 * bytes wherever and whenever it is made.
 *
 * @param previous SHA-256 of the manifest of the revision before; null for the first
 * @param asOf business date, ISO 8601
 * @param definitions file to version
 * @param deliveries the delivery of each source that was in force
 * @param root of the {@link MerkleTree} over the files, in hexadecimal; null in one that was
 *     published before revisions were signed
 */
public record Manifest(
    String programme,
    long revision,
    @Nullable String previous,
    String asOf,
    long units,
    String policy,
    Map<String, String> definitions,
    List<DeliveryLine> deliveries,
    @Nullable String root,
    List<FileLine> files) {

  static final String NAME = "manifest.json";

  /**
   * A delivery: {@code read = accepted + rejected + duplicate}.
   *
   * @param received business date of the run that received it, ISO 8601
   * @param covers the day or period that it says it is of; null where it does not
   */
  public record DeliveryLine(
      String source,
      String file,
      String sha256,
      @Nullable String received,
      @Nullable String covers,
      long read,
      long accepted,
      long rejected,
      long duplicate) {}

  /**
   * A published file.
   *
   * @param path within the folder, with slashes
   * @param audience department it is for
   * @param rows data rows in it
   */
  public record FileLine(String path, long size, String sha256, String audience, long rows) {

    /** What stands for the file in the {@link MerkleTree}: UTF-8, with the path last. */
    byte[] leaf() {
      return "%d\n%s\n%d\n%s\n%s"
          .formatted(size, sha256, rows, audience, path)
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  byte[] bytes() {
    return Json.bytes(this);
  }

  static Manifest read(byte[] bytes) {
    return Json.read(bytes, Manifest.class);
  }
}
