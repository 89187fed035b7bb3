package org.keyroll.console;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** There is no such thing, or none that the person may know of. */
@ResponseStatus(HttpStatus.NOT_FOUND)
final class NotFound extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotFound() {
    super("there is no such page");
  }
}
