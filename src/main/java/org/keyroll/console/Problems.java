package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;
import tools.jackson.databind.json.JsonMapper;

/** Puts problems into words and answers. */
@Component
class Problems {
  private final MessageSource words;
  private final LocaleResolver languages;
  private final JsonMapper json;

  Problems(MessageSource words, LocaleResolver languages, JsonMapper json) {
    this.words = words;
    this.languages = languages;
    this.json = json;
  }

  /**
   * A problem.
   *
   * @param sentences what is wrong; empty: what its status says in general
   */
  Problem of(
      HttpServletRequest request,
      String address,
      HttpStatus status,
      List<String> sentences,
      @Nullable Object now) {
    var language = languages.resolveLocale(request);
    var key = "api." + (status.is5xxServerError() && status.value() != 503 ? 500 : status.value());
    return new Problem(
        "about:blank",
        String.valueOf(words.getMessage(key + ".title", null, status.getReasonPhrase(), language)),
        status.value(),
        sentences.isEmpty()
            ? String.valueOf(words.getMessage(key, null, status.getReasonPhrase(), language))
            : String.join(" ", sentences),
        address,
        sentences.size() > 1 ? sentences : null,
        now);
  }

  /** Answers from where no handler is at work. */
  void send(
      HttpServletRequest request,
      HttpServletResponse response,
      String address,
      HttpStatus status,
      List<String> sentences)
      throws IOException {
    response.setStatus(status.value());
    if (status == HttpStatus.UNAUTHORIZED) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"keyroll\"");
    }
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response
        .getOutputStream()
        .write(json.writeValueAsBytes(of(request, address, status, sentences, null)));
  }
}
