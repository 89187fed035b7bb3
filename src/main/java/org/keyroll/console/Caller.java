package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.keyroll.people.Person;
import org.keyroll.people.Tokens.Token;

/**
 * Who asks the API.
 *
 * @param token null where the person has proved with key or password who they are
 */
record Caller(Person person, @Nullable Token token) {
  private static final String ATTRIBUTE = "keyroll.caller";

  void enter(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  static @Nullable Caller of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? caller : null;
  }
}
