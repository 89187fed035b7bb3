package org.keyroll.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.savedrequest.SimpleSavedRequest;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Looks at a form with a file before any of the file is read: nobody who has not signed in fills
 * the disk, and one that is too large is turned away at once.
 */
final class UploadGate extends OncePerRequestFilter {
  /** What a request has beside its file. */
  private static final long REST = 64 << 10;

  /** The attribute in which Spring Security keeps where somebody goes once they have signed in. */
  private static final String THEN = "SPRING_SECURITY_SAVED_REQUEST";

  /** What the address that takes the files of a page ends with. */
  private static final String FILES = "/files";

  private final long largest;

  /**
   * @param largest bytes of a file at most
   */
  UploadGate(long largest) {
    this.largest = largest;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    var type = request.getContentType();
    return type == null || !type.startsWith("multipart/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var who = SecurityContextHolder.getContext().getAuthentication();
    var path = request.getServletPath();
    if (who == null) {
      if (path.endsWith(FILES)) {
        var page = path.substring(0, path.length() - FILES.length());
        request.getSession().setAttribute(THEN, new SimpleSavedRequest(page + "?again"));
      }
      response.sendRedirect(Security.SIGN_IN + "?unsent");
      return;
    }
    var fault =
        request.getContentLengthLong() > largest + REST
            ? HttpStatus.CONTENT_TOO_LARGE
            : read(request);
    if (fault == null) {
      chain.doFilter(request, response);
    } else {
      request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, fault.value());
      request.getRequestDispatcher("/error").forward(new WithoutBody(request), response);
    }
  }

  /** Reads the form; null where it could be read. */
  private static @Nullable HttpStatus read(HttpServletRequest request) throws IOException {
    try {
      request.getParts();
      return null;
    } catch (IllegalStateException e) {
      return HttpStatus.CONTENT_TOO_LARGE;
    } catch (ServletException e) {
      return HttpStatus.BAD_REQUEST;
    }
  }

  /** What is left of a request whose form is not read: nobody who answers it asks for it again. */
  private static final class WithoutBody extends HttpServletRequestWrapper {
    WithoutBody(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getMethod() {
      return "GET";
    }

    @Override
    public @Nullable String getContentType() {
      return null;
    }

    @Override
    public @Nullable String getParameter(String name) {
      return null;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      return Map.of();
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.emptyEnumeration();
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
      return null;
    }
  }
}
