package org.keyroll.console;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells by the tag of what somebody has seen whether it is still so. */
@Component
class Tags {
  private static final int BYTES = 16;

  private final JsonMapper json;

  Tags(JsonMapper json) {
    this.json = json;
  }

  /** An answer with its tag. */
  <T> ResponseEntity<T> tagged(T body) {
    return ResponseEntity.ok().eTag(of(body)).body(body);
  }

  /**
   * Refuses to change what is not any more as somebody has seen it.
   *
   * @param seen tags as {@code If-Match} gives them; null: whatever it is like
   * @param now what it is like
   * @param sentence how it stands, for a person
   */
  void match(@Nullable String seen, Object now, String sentence) {
    if (seen != null
        && Arrays.stream(seen.split(",", -1))
            .map(String::strip)
            .noneMatch(tag -> tag.equals("*") || tag.equals(of(now)))) {
      throw new Refusal(
          HttpStatus.PRECONDITION_FAILED,
          List.of(
              "It has changed since you looked: " + sentence + " Look at it again, then decide."),
          now);
    }
  }

  private String of(Object body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(body));
      return '"' + HexFormat.of().formatHex(digest, 0, BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
