package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * A page of things.
 *
 * @param next address of the page that follows; null on the last one
 */
record Items<T>(List<T> items, @Nullable String next) {
  /** Things of a page that does not say how many it wants. */
  static final String LIMIT = "50";

  private static final int MOST = 500;

  /** As many as were asked for, and one more to see whether any follow. */
  static int andOneMore(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new Refusal(
          HttpStatus.BAD_REQUEST, "limit is from 1 to %d, not %d.".formatted(MOST, limit));
    }
    return limit + 1;
  }

  /**
   * A page.
   *
   * @param found one more than fit where others follow
   * @param parameter that says after what a page begins
   * @param place of a thing, as the parameter has it
   */
  static <T> ResponseEntity<Items<T>> of(
      HttpServletRequest request,
      List<T> found,
      int limit,
      String parameter,
      Function<T, Object> place) {
    boolean more = found.size() > limit;
    var shown = more ? found.subList(0, limit) : found;
    return page(
        new Items<>(
            List.copyOf(shown),
            more ? next(request, parameter, place.apply(shown.get(limit - 1))) : null));
  }

  private static <T> ResponseEntity<Items<T>> page(Items<T> items) {
    return linked(items.next()).body(items);
  }

  /** An answer with a link to the page that follows, as RFC 8288 has it. */
  static ResponseEntity.BodyBuilder linked(@Nullable String next) {
    var answer = ResponseEntity.ok();
    if (next != null) {
      answer.header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next));
    }
    return answer;
  }

  /** The address asked, with another place to begin after. */
  static String next(HttpServletRequest request, String parameter, Object place) {
    var uri =
        ServletUriComponentsBuilder.fromRequest(request)
            .replaceQueryParam(parameter, place)
            .build()
            .toUri();
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }
}
