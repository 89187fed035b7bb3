package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Stands at every door: asks what the person may at this moment, and lets nobody through one that
 * has no rule. To a department what is not its own does not exist.
 */
@Component
class Doorkeeper implements HandlerInterceptor {
  static final String PERSON = "keyroll.person";

  /** However busy somebody is, they sign in again after this time. */
  private static final Duration LONGEST = Duration.ofHours(8);

  private final People people;
  private final Clock clock;

  Doorkeeper(People people, Clock clock) {
    this.people = people;
    this.clock = clock;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws Exception {
    if (handler instanceof ResourceHttpRequestHandler) {
      return true; // the filters let only files of ours be asked for without a person
    }
    if (!(handler instanceof HandlerMethod method)) {
      throw new NotFound();
    }
    var person = person(request, response);
    if (person != null) {
      request.setAttribute(PERSON, person);
    }
    if (method.hasMethodAnnotation(Open.class)) {
      return true;
    }
    if (person == null) {
      if (!response.isCommitted()) {
        response.sendRedirect(Security.SIGN_IN + "?ended");
      }
      return false;
    }
    var door = method.getMethodAnnotation(Door.class);
    if (door == null) {
      throw new NotFound();
    }
    check(person, door.value());
    belongs(person, request);
    return true;
  }

  private @Nullable Person person(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null || !(authentication.getPrincipal() instanceof SignedIn who)) {
      return null;
    }
    var session = request.getSession(false);
    boolean over =
        session != null
            && Instant.ofEpochMilli(session.getCreationTime())
                .plus(LONGEST)
                .isBefore(clock.instant());
    var now = people.now(who.person());
    if (over || now.isEmpty()) {
      request.logout(); // the session goes with it
      response.sendRedirect(Security.SIGN_IN + "?ended");
      return null;
    }
    return now.get();
  }

  private void check(Person person, Right[] rights) throws NotAllowed {
    if (rights.length > 0 && Arrays.stream(rights).noneMatch(person::may)) {
      if (person.department() != null) {
        throw new NotFound();
      }
      people.require(person, rights[0]);
    }
  }

  private static void belongs(Person person, HttpServletRequest request) {
    var department = person.department();
    if (department != null
        && request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE)
            instanceof Map<?, ?> path) {
      var programme = path.get("programme");
      var named = path.get("department");
      if (programme != null && !programme.equals(department.programme())
          || named != null && !named.equals(department.id())) {
        throw new NotFound();
      }
    }
  }
}
