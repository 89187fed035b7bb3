package org.keyroll.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keyroll.audit.Trail;
import org.keyroll.people.NotAllowed;
import org.keyroll.people.People;
import org.keyroll.people.Person;
import org.keyroll.people.Right;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
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

  private static final List<String> READING = List.of("GET", "HEAD");

  private final People people;
  private final Trail trail;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Doorkeeper(People people, Trail trail, TransactionTemplate transaction, Clock clock) {
    this.people = people;
    this.trail = trail;
    this.transaction = transaction;
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
    if (method.getBeanType().isAnnotationPresent(Api.class)) {
      return enter(request, method);
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

  /** Lets a program through, whose token or key the filters have looked at with this request. */
  private boolean enter(HttpServletRequest request, HandlerMethod method) throws NotAllowed {
    if (method.hasMethodAnnotation(Open.class)) {
      return true;
    }
    var caller = Caller.of(request);
    if (caller == null) {
      throw new Unauthenticated("Send a token: Authorization: Bearer keyroll_…");
    }
    var door = method.getMethodAnnotation(Door.class);
    if (door == null) {
      throw new NotFound();
    }
    check(caller.person(), door.value());
    belongs(caller.person(), request);
    var token = caller.token();
    if (method.hasMethodAnnotation(Proven.class) != (token == null)) {
      throw new Unauthenticated(
          token == null
              ? "This takes a token, not a key or a password: Authorization: Bearer keyroll_…"
              : "No token does this: send your name and your key or password, Authorization: Basic.");
    }
    if (token != null && !token.acts() && !READING.contains(request.getMethod())) {
      throw new NotAllowed(
          "The token %s only reads; make one that acts with keyroll tokens add --acts."
              .formatted(token.id()));
    }
    request.setAttribute(PERSON, caller.person());
    return true;
  }

  /** Writes down what was done with a token; whoever did it stands in the line of the act too. */
  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception failed) {
    var caller = Caller.of(request);
    if (caller != null
        && caller.token() != null
        && !READING.contains(request.getMethod())
        && response.getStatus() < HttpServletResponse.SC_BAD_REQUEST) {
      var token = caller.token().id();
      transaction.executeWithoutResult(
          status ->
              trail.append(
                  caller.person().name(),
                  "use token",
                  "token " + token,
                  request.getMethod() + " " + request.getServletPath()));
    }
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
