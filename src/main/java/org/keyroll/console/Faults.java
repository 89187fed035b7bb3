package org.keyroll.console;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.keyroll.definition.DefinitionErrors;
import org.keyroll.intake.Reception;
import org.keyroll.people.NotAllowed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;

/** What a person sees instead of what they asked for: why, and what to do. */
@Page
@ControllerAdvice(annotations = Page.class)
class Faults implements ErrorController {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private final Frame frame;
  private final Reception reception;
  private final Problems problems;

  Faults(Frame frame, Reception reception, Problems problems) {
    this.frame = frame;
    this.reception = reception;
    this.problems = problems;
  }

  @ExceptionHandler(NotFound.class)
  String notFound(Model model, HttpServletRequest request, HttpServletResponse response)
      throws DefinitionErrors {
    return page(model, request, response, HttpStatus.NOT_FOUND, List.of());
  }

  /** A number that is none, or a form of which something is missing. */
  @ExceptionHandler({
    MethodArgumentTypeMismatchException.class,
    MissingServletRequestParameterException.class,
    MultipartException.class
  })
  String badRequest(Model model, HttpServletRequest request, HttpServletResponse response)
      throws DefinitionErrors {
    return page(model, request, response, HttpStatus.BAD_REQUEST, List.of());
  }

  @ExceptionHandler({Reception.TooLarge.class, MaxUploadSizeExceededException.class})
  String tooLarge(Model model, HttpServletRequest request, HttpServletResponse response)
      throws DefinitionErrors {
    return page(model, request, response, HttpStatus.CONTENT_TOO_LARGE, List.of());
  }

  @ExceptionHandler(NotAllowed.class)
  String notAllowed(
      NotAllowed e, Model model, HttpServletRequest request, HttpServletResponse response)
      throws DefinitionErrors {
    return page(
        model, request, response, HttpStatus.FORBIDDEN, List.of(String.valueOf(e.getMessage())));
  }

  @ExceptionHandler(DefinitionErrors.class)
  String undefined(
      DefinitionErrors e, Model model, HttpServletRequest request, HttpServletResponse response)
      throws DefinitionErrors {
    return page(
        model,
        request,
        response,
        HttpStatus.SERVICE_UNAVAILABLE,
        e.faults().stream().map(Object::toString).toList());
  }

  @ExceptionHandler(Exception.class)
  String unforeseen(
      Exception e, Model model, HttpServletRequest request, HttpServletResponse response)
      throws DefinitionErrors {
    LOG.error("{} {} failed", request.getMethod(), request.getServletPath(), e);
    return page(model, request, response, HttpStatus.INTERNAL_SERVER_ERROR, List.of());
  }

  /** What filters and the server itself turn away. */
  @Open
  @RequestMapping("/error")
  @Nullable String error(HttpServletRequest request, Model model, HttpServletResponse response)
      throws DefinitionErrors, IOException {
    var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    var known = code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
    var status = known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String address
        && address.startsWith("/api/")) {
      problems.send(request, response, address, status, List.of());
      return null;
    }
    return page(model, request, response, status, List.of());
  }

  private String page(
      Model model,
      HttpServletRequest request,
      HttpServletResponse response,
      HttpStatus status,
      List<String> details)
      throws DefinitionErrors {
    frame.fill(model, request);
    response.setStatus(status.value());
    model.addAttribute(
        "kind",
        switch (status) {
          case NOT_FOUND, METHOD_NOT_ALLOWED -> "gone";
          case CONTENT_TOO_LARGE, PAYLOAD_TOO_LARGE -> "large";
          case FORBIDDEN -> details.isEmpty() ? "stale" : "forbidden";
          case SERVICE_UNAVAILABLE -> "undefined";
          default -> status.is4xxClientError() ? "bad" : "unforeseen";
        });
    model.addAttribute("status", status.value());
    model.addAttribute("largest", reception.largest());
    model.addAttribute("details", details);
    return "fault";
  }
}
