package org.keyroll.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.NotAuthenticated;
import org.keyroll.people.SignIns;
import org.keyroll.people.Tokens;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out whose program asks, with every request anew: by a token, or by name and key or password
 * where {@link Proven} wants that. Cookies count for nothing here.
 */
class ApiEntry extends OncePerRequestFilter {
  private static final int LONGEST = 400;

  private final Tokens tokens;
  private final SignIns signIns;
  private final Throttle throttle;
  private final Pace pace;
  private final Problems problems;

  ApiEntry(Tokens tokens, SignIns signIns, Throttle throttle, Pace pace, Problems problems) {
    this.tokens = tokens;
    this.signIns = signIns;
    this.throttle = throttle;
    this.pace = pace;
    this.problems = problems;
  }

  /** Tries of it are counted under the name. */
  private record Secret(String name, String text, boolean token) {}

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      var secret = header.length() > LONGEST ? null : secret(header.strip());
      var address = request.getRemoteAddr();
      if (secret == null) {
        refuse(request, response, HttpStatus.UNAUTHORIZED, List.of());
        return;
      }
      if (!throttle.lets(secret.name(), address)) {
        later(request, response, Throttle.WHILE, List.of());
        return;
      }
      try {
        var caller = caller(secret);
        throttle.succeeded(secret.name(), address);
        if (!pace.lets(secret.name())) {
          later(
              request,
              response,
              Pace.WHILE,
              List.of("%,d requests a minute are enough; wait a minute.".formatted(Pace.MOST)));
          return;
        }
        caller.enter(request);
        SecurityContextHolder.getContext()
            .setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(
                    new SignedIn(caller.person()), null, List.of()));
      } catch (NotAuthenticated e) {
        throttle.failed(secret.name(), address);
        refuse(request, response, HttpStatus.UNAUTHORIZED, List.of(String.valueOf(e.getMessage())));
        return;
      } catch (NotAllowed e) {
        refuse(request, response, HttpStatus.UNAUTHORIZED, List.of(String.valueOf(e.getMessage())));
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private Caller caller(Secret secret) throws NotAuthenticated, NotAllowed {
    if (secret.token()) {
      var bearer = tokens.authenticate(secret.text());
      return new Caller(bearer.person(), bearer.token());
    }
    return new Caller(signIns.prove(secret.name(), secret.text()), null);
  }

  private static @Nullable Secret secret(String header) {
    int space = header.indexOf(' ');
    if (space < 0) {
      return null;
    }
    var text = header.substring(space + 1).strip();
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> new Secret("token " + Tokens.idIn(text), text, true);
      case "basic" -> {
        try {
          var pair = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
          int colon = pair.indexOf(':');
          yield colon < 0
              ? null
              : new Secret(pair.substring(0, colon).strip(), pair.substring(colon + 1), false);
        } catch (IllegalArgumentException e) {
          yield null;
        }
      }
      default -> null;
    };
  }

  private void later(
      HttpServletRequest request,
      HttpServletResponse response,
      Duration time,
      List<String> sentences)
      throws IOException {
    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(time.toSeconds()));
    refuse(request, response, HttpStatus.TOO_MANY_REQUESTS, sentences);
  }

  private void refuse(
      HttpServletRequest request,
      HttpServletResponse response,
      HttpStatus status,
      List<String> sentences)
      throws IOException {
    problems.send(request, response, request.getRequestURI(), status, sentences);
  }
}
