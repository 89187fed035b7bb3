package org.keyroll.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The API does not do what it was asked; the sentences say why, and what to do. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final List<String> sentences;
  private final transient @Nullable Object now;

  Refusal(HttpStatus status, String sentence) {
    this(status, List.of(sentence), null);
  }

  /**
   * @param now how what it is about stands; null where that does not help
   */
  Refusal(HttpStatus status, List<String> sentences, @Nullable Object now) {
    super(String.join(" ", sentences));
    this.status = status;
    this.sentences = List.copyOf(sentences);
    this.now = now;
  }

  HttpStatus status() {
    return status;
  }

  List<String> sentences() {
    return sentences;
  }

  @Nullable Object now() {
    return now;
  }
}
